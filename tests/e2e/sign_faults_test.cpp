// Every fault of a line, for every family of signs, with the real programs: the glass is right again without a restart,
// and the health of the sign says what has happened.
#include "tests/support/sign_faults.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

using namespace baytime;
using namespace baytime::support;

namespace {

/// A silent sign is asked again after half a minute, then after a minute; a lost memory is noticed, or written over, in
/// half a minute.
constexpr std::chrono::seconds patience{240};

struct Case {
    std::string name{};
    const SignFamily& family;
    const LineFault& fault;
    std::string page{};  ///< what its glass shows in the end
    bool under_way = true;
};

std::vector<Case> all_cases() {
    std::vector<Case> out;
    for (const auto& family : sign_families) {
        for (const auto& fault : line_faults) {
            const auto name = std::string(family.name) + "-" + std::string(fault.name);
            out.push_back({name, family, fault, fault.changes ? "202" : "303", !fault.end.empty()});
        }
    }
    return out;
}

std::vector<HungSign> signs_of(const std::vector<Case>& cases) {
    std::vector<HungSign> out;
    for (const auto& one : cases) out.push_back(hung(one.family, one.name, one.fault.changes ? "1" : "2"));
    return out;
}

bool names_one_of(const std::string& errors, std::string_view kinds) {
    std::istringstream words{std::string(kinds)};
    for (std::string kind; words >> kind;) {
        if (errors.starts_with(kind + ":") || errors.find("," + kind + ":") != errors.npos) return true;
    }
    return false;
}

/// Whether the fault has been noticed, so that it may end.
bool noticed(const Case& one, const SignHall::Health& health) {
    return one.fault.kinds.empty() ? health.up_to_date : names_one_of(health.errors_by_kind, one.fault.kinds);
}

}  // namespace

TEST_CASE("after every fault of a line the glass is right again, and health names the fault", "[e2e][signs]") {
    auto cases = all_cases();
    SignHall hall(signs_of(cases));
    put_into_bay(hall, "1", "101", "", "101");
    put_into_bay(hall, "2", "303", "", "102");
    const auto shows = [&](const Case& one, const std::string& page) { return hall.glass(one.name) == page; };
    REQUIRE(hall.until(
        [&] {
            return std::ranges::all_of(
                cases, [&](const Case& one) { return shows(one, one.fault.changes ? "101" : one.page); });
        },
        patience));

    std::map<std::string, std::uint64_t> before;
    for (const auto& one : cases) {
        before[one.name] = hall.pages(one.name);
        hall.control(control_of(one.fault.begin, one.name));
    }
    CHECK(hall.until([&] {
        return std::ranges::all_of(cases, [&](const Case& one) {
            return one.fault.name != "power" || hall.pages(one.name) > before[one.name];
        });
    }));
    put_into_bay(hall, "1", "202", "101", "101");

    const bool right = hall.until(
        [&] {
            const auto health = hall.health();
            bool all = true;
            for (auto& one : cases) {
                const auto& own = health.at(one.name);
                if (one.under_way && noticed(one, own)) {
                    hall.control(control_of(one.fault.end, one.name));
                    one.under_way = false;
                }
                all = all && !one.under_way && shows(one, one.page) && own.state == "showing" && own.up_to_date;
            }
            return all;
        },
        patience);
    CHECK(right);
    for (const auto& [name, health] : hall.health()) {
        const auto& one = *std::ranges::find(cases, name, &Case::name);
        CAPTURE(name, health.state, health.errors_by_kind);
        CHECK(hall.glass(name) == one.page);
        CHECK(health.state == "showing");
        CHECK(health.up_to_date);
        CHECK(health.written);
        CHECK(health.replied);
        CHECK((one.fault.kinds.empty() || names_one_of(health.errors_by_kind, one.fault.kinds)));
    }
}
