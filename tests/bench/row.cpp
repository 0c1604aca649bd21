#include "tests/bench/row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace baytime::bench {

namespace {

std::string figure(double value) {
    const double size = value < 0 ? -value : value;
    if (size >= 1000) return fmt::format("{:.0f}", value);
    return size >= 10 ? fmt::format("{:.1f}", value) : fmt::format("{:.3g}", value);
}

std::string goal_text(const Goal& goal) {
    if (goal.side == Goal::Side::none) return "-";
    return fmt::format("{} {:g}", goal.side == Goal::Side::at_most ? "<=" : ">=", goal.limit);
}

std::string met_text(const Goal& goal, double ratio) {
    if (goal.side == Goal::Side::none) return "-";
    return (goal.side == Goal::Side::at_most ? ratio <= goal.limit : ratio >= goal.limit) ? "yes" : "no";
}

void say(const std::string& line) {
    std::fputs((line + "\n").c_str(), stdout);
    std::fflush(stdout);
}

}  // namespace

double quantile(std::vector<double> figures, double share) {
    if (figures.empty()) return 0;
    std::ranges::sort(figures);
    const auto last = static_cast<double>(figures.size() - 1);
    return figures[static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * last)];
}

double median(std::vector<double> figures) {
    return quantile(std::move(figures), 0.5);
}

double ratio_of(const Row& row) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < std::min(row.ours.size(), row.theirs.size()); ++i) {
        if (row.theirs[i] > 0) ratios.push_back(row.ours[i] / row.theirs[i]);
    }
    return median(std::move(ratios));
}

void print_head() {
    say("name, ours, reference, ratio, goal, met");
}

void print(const Row& row) {
    const double ratio = ratio_of(row);
    const auto with_unit = [&](double value) { return figure(value) + (row.unit.empty() ? "" : " " + row.unit); };
    say(fmt::format("{}, {}, {} ({}), {}, {}, {}", row.name, with_unit(median(row.ours)), with_unit(median(row.theirs)),
                    row.reference, figure(ratio), goal_text(row.goal), met_text(row.goal, ratio)));
}

void print_missing(const std::string& name, const std::string& why) {
    say(fmt::format("# {}: {}", name, why));
}

}  // namespace baytime::bench
