// After each fault of a line, for each family: how long until the glass is right and the sign counts as good. All at
// once, each on a line of its own.
#include "tests/bench/row.hpp"
#include "tests/bench/signs/parts.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace baytime::bench {

using namespace support;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds patience{150};
/// A link asks its sign every so often whether all is well (LinkTiming::check), so unseen loss lasts so long.
constexpr double check_seconds = 30;

struct Case {
    std::string name{}, page{};
    const LineFault* fault = nullptr;
    Clock::time_point over{};  ///< the fault's end
    std::optional<double> took{};
    bool under_way = true;
};

std::vector<Case> cases() {
    std::vector<Case> out;
    for (const auto& family : sign_families) {
        for (const auto& fault : line_faults)
            out.push_back({.name = std::string(family.name) + "-" + std::string(fault.name),
                           .page = fault.changes ? "202" : "303",
                           .fault = &fault});
    }
    return out;
}

std::vector<HungSign> hung_signs() {
    std::vector<HungSign> out;
    for (const auto& family : sign_families) {
        for (const auto& fault : line_faults)
            out.push_back(
                hung(family, std::string(family.name) + "-" + std::string(fault.name), fault.changes ? "1" : "2"));
    }
    return out;
}

/// Ends what the daemon has noticed, and takes the time of what is right again. A slow sign is right while it is slow.
void look(SignHall& hall, Case& one, const SignHall::Health& health) {
    const bool shown = hall.glass(one.name) == one.page;
    const bool right = shown && health.state == "showing" && (one.took || health.up_to_date);
    const bool ends = !one.fault->end.empty(), seen = !one.fault->kinds.empty();
    if (one.under_way && ends) {
        if (seen ? health.errors == 0 : !right) return;
        hall.control(control_of(one.fault->end, one.name));
        if (seen) one.over = Clock::now();
        one.under_way = false;
    }
    if (right && !one.took) one.took = std::chrono::duration<double>(Clock::now() - one.over).count();
    if (!right) one.took.reset();
}

}  // namespace

void sign_recovery() {
    auto all = cases();
    SignHall hall(hung_signs());
    put_into_bay(hall, "1", "101", "", "101");
    put_into_bay(hall, "2", "303", "", "102");
    const bool ready = hall.until(
        [&] {
            return std::ranges::all_of(
                all, [&](const Case& one) { return hall.glass(one.name) == (one.fault->changes ? "101" : one.page); });
        },
        patience);
    if (!ready) throw std::runtime_error("the signs do not show their first page");
    std::map<std::string, std::uint64_t> before;
    for (auto& one : all) {
        before[one.name] = hall.pages(one.name);
        hall.control(control_of(one.fault->begin, one.name));
        // Cables come back by themselves; the time of that is taken as the fault's end.
        one.over = Clock::now() + std::chrono::seconds(one.fault->name == "unplug" ? 2 : 0);
    }
    hall.until([&] {
        return std::ranges::all_of(all, [&](const Case& one) {
            return one.fault->name != "power" || hall.pages(one.name) > before[one.name];
        });
    });
    put_into_bay(hall, "1", "202", "101", "101");
    hall.until(
        [&] {
            const auto health = hall.health();
            for (auto& one : all) look(hall, one, health.at(one.name));
            return std::ranges::all_of(all, [](const Case& one) { return one.took.has_value(); });
        },
        patience);
    for (const auto& one : all) {
        if (!one.took) {
            print_missing(one.name + ": right again", "not within the time of this benchmark");
            continue;
        }
        print({.name = one.name + ": right again after",
               .unit = "s",
               .reference = "one check of the sign",
               .ours = {std::max(*one.took, 0.0)},
               .theirs = {check_seconds},
               .goal = {.limit = 2.5}});
    }
}

}  // namespace baytime::bench
