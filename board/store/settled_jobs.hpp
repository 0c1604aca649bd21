// Reading the table of settled jobs, beside a running daemon if need be. Every read ends before its function returns:
// an open read would keep the writer's log from being copied back, and slow every later commit.
#pragma once

#include "board/reports/tally.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::store {

/// One job of a count. The texts are valid during the call only.
struct CountedJob {
    std::string_view advisor, type;
    reports::Counted counted;
};
/// One technician of one job.
struct CountedWork {
    std::string_view technician;
    std::int64_t job = 0;
    reports::Counted counted;
};

class SettledJobs {
public:
    /// Opens a connection of its own that only reads. Throws std::runtime_error.
    static std::unique_ptr<SettledJobs> open(const std::string& path);
    virtual ~SettledJobs() = default;

    // Days from `from` to the day before `to`, in the order of the days. All throw std::runtime_error.
    virtual void count(reports::Day from, reports::Day to, const std::function<void(const CountedJob&)>& each) = 0;
    virtual void count_work(reports::Day from, reports::Day to,
                            const std::function<void(const CountedWork&)>& each) = 0;
    /// Whole rows, in the order of settling.
    virtual void read(reports::Day from, reports::Day to,
                      const std::function<void(const reports::SettledJob&)>& each) = 0;
    /// Jobs late by the clock whose excuse nobody has decided, in the order of settling, whatever their day.
    virtual void read_pending(const std::function<void(const reports::SettledJob&)>& each) = 0;
    virtual std::optional<reports::SettledJob> find(std::string_view order) = 0;
    virtual std::int64_t size() = 0;
};

}  // namespace baytime::store
