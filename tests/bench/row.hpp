// One line of a benchmark's result, the same for every program below tests/bench:
//     name, ours, reference, ratio, goal, met
// Ours and the reference are measured in the same run, and the ratio is what counts: absolute figures belong to the
// machine. A benchmark never fails for its figures; it exits non-zero only when it could not measure.
#pragma once

#include <string>
#include <vector>

namespace baytime::bench {

/// What the ratio ours / reference should be.
struct Goal {
    double limit = 0;
    enum class Side { at_most, at_least, none } side = Side::at_most;
};

struct Row {
    std::string name{};       ///< `ack p50, 1 client`
    std::string unit{};       ///< of both figures: `us`, `updates/s`, `MB`, `bytes`
    std::string reference{};  ///< what it is held against: `raw 4 KiB overwrite + fdatasync`
    /// One pair for each round, taken side by side. The ratio is the median of the ratios of the rounds.
    std::vector<double> ours{}, theirs{};
    Goal goal{};
};

/// 0 for no figures.
double median(std::vector<double> figures);
/// The figure below which this share (0 to 1) lies; 0 for no figures.
double quantile(std::vector<double> figures, double share);
/// The median of ours[i] / theirs[i]; 0 when there is no round with a reference above 0.
double ratio_of(const Row& row);
/// The headline, once, before the first row.
void print_head();
/// Prints the row and flushes, so that a long run can be watched.
void print(const Row& row);
/// Why a row is missing, in the place of the row: `# name: LCDd is not installed`.
void print_missing(const std::string& name, const std::string& why);

}  // namespace baytime::bench
