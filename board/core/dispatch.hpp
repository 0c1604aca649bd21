// The order in which waiting jobs are suggested to the foreman (rule §2).
#pragma once

#include "board/core/job.hpp"

#include <tuple>

namespace baytime {

/// Less comes first: returns, then appointments, then the earliest promise, then arrival.
using DispatchKey = std::tuple<bool, bool, std::optional<Instant>, std::optional<Instant>, std::uint64_t>;

inline DispatchKey dispatch_key(const Job& job) {
    return {job.return_of.empty(), !job.appointment, job.promise, job.arrived_at, job.first_seq};
}

}  // namespace baytime
