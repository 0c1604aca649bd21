// Random settled orders, the file another system would write of them, and the month's figures counted a second time,
// straight from the rules and without the product's code.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace baytime::support {

/// Seconds since 1970, UTC.
using Second = std::int64_t;
/// Seconds that a shop's clocks are ahead of UTC at a moment.
using East = std::function<Second(Second)>;

inline Second of_date(int year, unsigned month, unsigned day) {
    const std::chrono::sys_days date{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)};
    return date.time_since_epoch().count() * Second{86'400};
}
inline Second shanghai(Second) {
    return 8 * 3600;
}
/// Summer time of 2026: from 29 March to 25 October, 01:00 UTC.
inline Second berlin(Second at) {
    const bool summer = at >= of_date(2026, 3, 29) + 3600 && at < of_date(2026, 10, 25) + 3600;
    return summer ? 7200 : 3600;
}

struct RandomOrder {
    std::string number{}, plate{}, type{}, advisor{};
    std::vector<std::string> technicians{};
    Second received = 0, promised = 0;
    std::optional<Second> repromised{}, confirmed{}, settled{}, flagged{};
    std::string reason{}, cause{}, decision{}, call{}, return_of{}, delay_reason{};
    bool failed = false;
    std::optional<std::int64_t> cents{};
    int delay_minutes = 0;
};

/// Draws orders; the same seed gives the same ones on every machine.
class Draw {
public:
    explicit Draw(std::uint32_t seed) : random_(seed) {}
    int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint32_t>(limit)); }
    bool one_in(int chance) { return below(chance) == 0; }
    template <class List>
    auto of(const List& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    }

    /// Half of them are settled within two hours of the turn of a month, in shop time.
    RandomOrder order(int number, const East& east) {
        static const std::array<std::string, 5> types{"first_service", "maintenance", "repair", "accident", "warranty"};
        static const std::array<std::string, 4> advisors{"201", "202", "王芳", "A-9"};
        static const std::array<std::string, 9> people{"101", "102", "103", "111", "112", "121", "131", "T8", "老刘"};
        static const std::array<std::string, 3> reasons{"added_work", "added_work", "estimate"};
        static const std::array<std::string, 3> decisions{"", "accepted", "rejected"};
        static const std::array<std::string, 8> delays{"parts",     "added_work", "diagnosis", "labour",
                                                       "equipment", "rework",     "customer",  "other"};
        RandomOrder out{.number = "H" + std::to_string(100'000 + number), .plate = plate(), .type = of(types)};
        out.advisor = of(advisors);
        for (int i = below(4); i > 0; --i) out.technicians.push_back(of(people));  // nobody, and one twice, too
        const Second turn = of_date(2026, static_cast<unsigned>(10 + below(2)), 1);
        Second settled = one_in(2) ? turn + below(4 * 3600) - 7200 : turn + below(40 * 86'400) - 20 * 86'400;
        settled -= east(settled);
        // Close to the promise, so that the minute decides.
        out.promised = settled - (one_in(2) ? below(240) - 120 : below(14'400) - 7200);
        out.received = std::min(out.promised, settled) - below(20'000);
        if (!one_in(40)) out.settled = settled;
        if (one_in(3)) put_new_promise(out, of(reasons));
        if (one_in(4)) out.cause = "S-" + std::to_string(number);
        if (one_in(3)) out.decision = of(decisions);  // also without a signature, where it means nothing
        if (one_in(4)) out.call = one_in(2) ? "late" : "on_time";
        // Of an earlier order: the first one can be no return.
        if (one_in(9) && number > 0) out.return_of = "H" + std::to_string(100'000 + below(number));
        out.failed = one_in(7);
        if (!one_in(5)) out.cents = below(2'000'000);
        if (one_in(3)) {
            out.flagged = out.promised - (one_in(2) ? 1800 + below(200) - 100 : below(9000) - 3000);
            out.delay_minutes = below(200);
            out.delay_reason = of(delays);
        }
        return out;
    }

private:
    std::string plate() {
        std::string out = one_in(2) ? "沪A·" : "苏E";
        for (int i = 0; i < 5; ++i) out += static_cast<char>('0' + below(10));
        return one_in(30) ? out + ", \"临\"" : out;
    }
    void put_new_promise(RandomOrder& out, const std::string& reason) {
        out.repromised = out.promised + below(10'800) - 600;
        out.reason = reason;
        if (one_in(6)) return;  // nobody confirmed it
        out.confirmed = out.promised + (one_in(2) ? below(240) - 120 : below(7200) - 6000);
    }
    std::mt19937 random_;
};

inline Second minute(Second at) {
    return at >= 0 ? at / 60 : (at - 59) / 60;
}

/// `2026-10` of a moment in the shop.
inline std::string month_in_shop(Second at, const East& east) {
    const std::chrono::sys_seconds local{std::chrono::seconds{at + east(at)}};
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(local)};
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()));
    return text.data();
}

struct OracleRow {
    std::int64_t settled = 0, on_time = 0, late = 0, excused = 0, late_flagged = 0, returns = 0, failed = 0, cents = 0;

    /// As the test prints a row of the report: `settled on_time late excused rate strict deduction flagged returns ...`
    std::string text() const {
        const auto share = [this](std::int64_t part) {
            return settled == 0 ? "null" : std::to_string(part * 10'000 / settled);
        };
        const auto points = std::max(std::int64_t{0}, late - settled * 400 / 10'000);  // target 96 %
        std::string out;
        for (const auto& one : {std::to_string(settled), std::to_string(on_time), std::to_string(late),
                                std::to_string(excused), share(settled - late), share(on_time), std::to_string(points),
                                std::to_string(late_flagged), std::to_string(returns), std::to_string(failed)})
            out += " " + one;
        return out;
    }
};

inline void count(OracleRow& row, const RandomOrder& order) {
    // Rule §3: added work, confirmed, and no later than the minute of the promise that it replaces.
    const bool replaced = order.repromised && order.reason == "added_work" && order.confirmed &&
                          minute(*order.confirmed) <= minute(order.promised);
    const Second promise = replaced ? *order.repromised : order.promised;
    // Rule §4.
    const bool past = minute(*order.settled) > minute(promise);
    const bool excused = past && !order.cause.empty() && order.decision != "rejected" && order.call != "late";
    const bool late = order.call == "late" || (past && !excused);
    ++row.settled;
    row.late += late;
    row.excused += excused;
    row.on_time += !late && !excused;
    // Rule §5.
    row.late_flagged += late && order.flagged && minute(*order.flagged) + 30 <= minute(promise);
    row.returns += !order.return_of.empty();
    row.failed += order.failed;
    row.cents += order.cents.value_or(0);
}

/// The month's rows by key; `keys` says under which keys an order stands.
inline std::map<std::string, OracleRow> oracle(const std::vector<RandomOrder>& orders, const std::string& month,
                                               const East& east,
                                               const std::function<std::set<std::string>(const RandomOrder&)>& keys) {
    std::map<std::string, OracleRow> out;
    for (const RandomOrder& order : orders) {
        if (!order.settled || month_in_shop(*order.settled, east) != month) continue;
        for (const std::string& key : keys(order)) count(out[key], order);
    }
    return out;
}

}  // namespace baytime::support
