// A history that can be replayed: cars that come in one after the other.
#pragma once

#include "tests/store/sample.hpp"

namespace baytime::support {

/// The events `first` to `last`, each of an order of its own.
inline std::vector<Event> cars(std::uint64_t first, std::uint64_t last) {
    std::vector<Event> out;
    for (auto seq = first; seq <= last; ++seq) {
        const Instant at = sample_event(seq).received;
        out.push_back({.seq = seq,
                       .at = at,
                       .received = at,
                       .who = "301",
                       .cause = "c" + std::to_string(seq),
                       .order = "R" + std::to_string(seq),
                       .fact = Received{.plate = "A" + std::to_string(10000 + seq), .model = "Lavida"}});
    }
    return out;
}

}  // namespace baytime::support
