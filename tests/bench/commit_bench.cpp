// One durable commit of one event, in this process, in turns with the least that a durable write can cost.
#include "board/store/journal.hpp"
#include "board/store/log_space.hpp"
#include "tests/bench/raw_disk.hpp"
#include "tests/bench/row.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <exception>

namespace {

using namespace baytime;
using namespace baytime::bench;
using Clock = std::chrono::steady_clock;

constexpr int rounds = 7, most_rounds = 10, commits = 300;

Event update(int n) {
    const Instant at{std::chrono::hours(24 * 365 * 55) + std::chrono::seconds(n)};
    return {.seq = static_cast<std::uint64_t>(n),
            .at = at,
            .received = at,
            .who = "301",
            .cause = fmt::format("c{}", n),
            .order = fmt::format("R{}", n % 60),
            .fact = Estimated{.to = at + std::chrono::hours(2)}};
}

double microseconds(Clock::time_point begin) {
    return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

void measure() {
    const support::TempDir directory;
    const auto journal = store::Journal::open((directory.path() / "journal.db").string(), "");
    store::lay_out_log((directory.path() / "journal.db").string());  // as the daemon does
    RawDisk disk((directory.path() / "raw").string());
    Row median_row{.name = "commit p50, 1 event, in turns",
                   .unit = "us",
                   .reference = "raw 4 KiB overwrite + fdatasync",
                   .goal = {.limit = 1.15}};
    Row slowest{.name = "commit p99, 1 event, in turns",
                .unit = "us",
                .reference = median_row.reference,
                .goal = {.limit = 1.40}};
    int seq = 0;
    for (int round = 0; round < most_rounds && median_row.ours.size() < rounds; ++round) {
        std::vector<double> ours, theirs;
        for (int i = 0; i < commits; ++i) {
            theirs.push_back(disk.overwrite());
            const std::array event{update(++seq)};
            const auto begin = Clock::now();
            journal->append(event, {});
            ours.push_back(microseconds(begin));
        }
        if (median(theirs) > slow_flush_us) continue;
        median_row.ours.push_back(median(ours));
        median_row.theirs.push_back(median(theirs));
        slowest.ours.push_back(quantile(ours, 0.99));
        slowest.theirs.push_back(quantile(theirs, 0.99));
    }
    if (median_row.ours.empty()) return print_missing("commit", "the disk was slow in every round");
    print(median_row);
    print(slowest);
}

}  // namespace

int main() {
    try {
        print_head();
        measure();
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "commit: %s\n", failure.what());
        return 1;
    }
}
