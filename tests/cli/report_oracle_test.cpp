// Thousands of random orders through the real program and daemon, against figures counted a second time from the rules.
#include "tests/cli/demo_shop.hpp"
#include "tests/cli/order_oracle.hpp"
#include "tests/support/paths.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

namespace json = boost::json;
using namespace baytime::support;

namespace {

std::string clock_text(Second local, bool seconds) {
    const std::chrono::sys_seconds at{std::chrono::seconds{local}};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const auto rest = (at - day).count();
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d:%02d", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(rest / 3600),
                  static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
    const std::string out = text.data();
    return seconds ? out : out.substr(0, 16);
}

/// One of the spellings that mean this moment.
std::string moment(const std::optional<Second>& at, const East& east, Draw& draw) {
    if (!at) return "";
    const auto iso = [](std::string text, const std::string& offset) {
        text[10] = 'T';
        return text + offset;
    };
    const Second ahead = east(*at);
    const bool whole = *at % 60 == 0;
    // Of a local time that comes twice the first is meant; the second one needs an offset.
    const bool twice = east(*at - 3600) != ahead && *at - 3600 + east(*at - 3600) == *at + ahead;
    switch (draw.below(4)) {
        case 0: return iso(clock_text(*at, true), "Z");
        case 1: return iso(clock_text(*at - 5 * 3600, true), "-05:00");
        case 2: return iso(clock_text(*at + ahead, true), "+0" + std::to_string(ahead / 3600) + ":00");
        default: break;
    }
    return twice ? iso(clock_text(*at, true), "Z") : clock_text(*at + ahead, !whole);
}

std::string cell(const std::string& text, Draw& draw) {
    const bool must = text.find_first_of(",\"\r\n") != std::string::npos;
    if (!must && !draw.one_in(10)) return draw.one_in(10) ? " " + text + " " : text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string yuan(const std::optional<std::int64_t>& cents) {
    if (!cents) return "";
    const auto rest = *cents % 100;
    if (rest == 0) return std::to_string(*cents / 100);
    return std::to_string(*cents / 100) + "." + (rest < 10 ? "0" : "") + std::to_string(rest);
}

std::string people(const RandomOrder& order) {
    std::string out;
    for (const auto& one : order.technicians) out += (out.empty() ? "" : "|") + one;
    return out;
}

/// Columns in an order of their own, with two that nobody knows.
const std::vector<std::string> columns{"remark",
                                       "settled_at",
                                       "order_no",
                                       "amount",
                                       "plate",
                                       "repair_type",
                                       "advisor",
                                       "technicians",
                                       "received_at",
                                       "promised_at",
                                       "repromise_reason",
                                       "repromised_at",
                                       "customer_cause",
                                       "callback",
                                       "excuse_decision",
                                       "return_of",
                                       "inspection_failed",
                                       "repromise_confirmed_at",
                                       "delay_minutes",
                                       "delay_reason",
                                       "delay_flagged_at",
                                       "mileage"};

std::string value(const std::string& column, const RandomOrder& order, const East& east, Draw& draw) {
    const std::map<std::string, std::function<std::string()>> values{
        {"remark", [&] { return draw.one_in(8) ? std::string("two lines,\r\n\"quoted\"") : std::string(); }},
        {"mileage", [&] { return std::to_string(draw.below(200'000)); }},
        {"order_no", [&] { return order.number; }},
        {"plate", [&] { return order.plate; }},
        {"repair_type", [&] { return order.type; }},
        {"advisor", [&] { return order.advisor; }},
        {"technicians", [&] { return people(order); }},
        {"received_at", [&] { return moment(order.received, east, draw); }},
        {"promised_at", [&] { return moment(order.promised, east, draw); }},
        {"repromised_at", [&] { return moment(order.repromised, east, draw); }},
        {"repromise_confirmed_at", [&] { return moment(order.confirmed, east, draw); }},
        {"repromise_reason", [&] { return order.reason; }},
        {"settled_at", [&] { return moment(order.settled, east, draw); }},
        {"customer_cause", [&] { return order.cause; }},
        {"excuse_decision", [&] { return order.decision; }},
        {"callback", [&] { return order.call; }},
        {"inspection_failed", [&] { return std::string(order.failed ? "1" : "0"); }},
        {"return_of", [&] { return order.return_of; }},
        {"amount", [&] { return yuan(order.cents); }},
        {"delay_flagged_at", [&] { return moment(order.flagged, east, draw); }},
        {"delay_minutes", [&] { return order.flagged ? std::to_string(order.delay_minutes) : std::string(); }},
        {"delay_reason", [&] { return order.delay_reason; }},
    };
    return values.at(column)();
}

std::string file_of(const std::vector<RandomOrder>& orders, const East& east, Draw& draw, const std::string& end) {
    std::string out = "\xEF\xBB\xBF";
    for (const auto& column : columns) out += (column == columns.front() ? "" : ",") + column;
    out += end;
    for (const auto& order : orders) {
        std::string row;
        for (const auto& column : columns) {
            row += column == columns.front() ? "" : ",";
            row += cell(value(column, order, east, draw), draw);
        }
        out += row + end;
        if (draw.one_in(50)) out += row + end;  // the same row again is the same order
    }
    return out;
}

/// The rows of a report in the form of the oracle's.
std::map<std::string, std::string> reported(const DemoShop& shop, const std::string& month, const std::string& by) {
    const auto ran = shop.baytime({"report", "monthly", "--month", month, "--by", by, "--format", "json"});
    REQUIRE(ran.status == 0);
    std::map<std::string, std::string> out;
    const auto report = json::parse(ran.out);
    for (const auto& row : report.at("rows").as_array()) {
        std::string text;
        for (const char* member : {"settled", "on_time", "late", "excused", "rate_bp", "strict_bp", "deduction",
                                   "late_flagged_in_time", "returns", "inspection_failed"})
            text += " " + json::serialize(row.at(member));
        if (by == "repair_type")
            text += " " + json::serialize(row.at("visits")) + " " + json::serialize(row.at("turnover_cents"));
        out[std::string(row.at("key").as_string())] = text;
    }
    return out;
}

using Keys = std::function<std::set<std::string>(const RandomOrder&)>;

/// Who is in which team: config/demo.toml.
std::set<std::string> teams(const RandomOrder& order) {
    static const std::map<std::string, std::string> known{{"101", "A"}, {"102", "A"}, {"103", "A"}, {"111", "B"},
                                                          {"112", "B"}, {"121", "C"}, {"131", "D"}};
    std::set<std::string> out;
    for (const auto& one : order.technicians) {
        if (known.contains(one)) out.insert(known.at(one));
    }
    return out;
}

void compare(const DemoShop& shop, const std::vector<RandomOrder>& orders, const East& east) {
    const std::map<std::string, Keys> all{
        {"department", [](const RandomOrder&) { return std::set<std::string>{"department"}; }},
        {"advisor", [](const RandomOrder& order) { return std::set{order.advisor}; }},
        {"repair_type", [](const RandomOrder& order) { return std::set{order.type}; }},
        {"technician",
         [](const RandomOrder& order) { return std::set(order.technicians.begin(), order.technicians.end()); }},
        {"team", teams}};
    for (const std::string month : {"2026-09", "2026-10", "2026-11"}) {
        for (const auto& [by, keys] : all) {
            CAPTURE(month, by);
            std::map<std::string, std::string> expected;
            for (const auto& [key, row] : oracle(orders, month, east, keys))
                expected[key] =
                    row.text() +
                    (by == "repair_type" ? " " + std::to_string(row.settled) + " " + std::to_string(row.cents) : "");
            REQUIRE(expected.size() > 2 - (by == "department" ? 2 : 0));
            CHECK(reported(shop, month, by) == expected);
        }
    }
}

std::vector<RandomOrder> draw_orders(Draw& draw, int count, const East& east) {
    std::vector<RandomOrder> out;
    for (int i = 0; i < count; ++i) out.push_back(draw.order(i, east));
    return out;
}

std::string write(const DemoShop& shop, const std::string& name, const std::string& text) {
    std::ofstream(shop.path(name), std::ios::binary) << text;
    return shop.path(name).string();
}

}  // namespace

TEST_CASE("§3 §4 §5 §7 6000 random orders give the figures that the rules say, by everything", "[report][oracle]") {
    const DemoShop shop;
    Draw draw(20261);
    const auto orders = draw_orders(draw, 6000, shanghai);
    // Two files that overlap, with CRLF and LF.
    const std::vector<RandomOrder> first(orders.begin(), orders.begin() + 3500);
    const std::vector<RandomOrder> second(orders.begin() + 3000, orders.end());
    CHECK(shop.baytime({"import", "orders", write(shop, "1.csv", file_of(first, shanghai, draw, "\r\n"))}).status == 0);
    const auto other = shop.baytime({"import", "orders", write(shop, "2.csv", file_of(second, shanghai, draw, "\n"))});
    CAPTURE(other.out, other.error);
    CHECK(other.status == 0);
    compare(shop, orders, shanghai);
    // All of it once more, in other spellings, changes nothing.
    const auto again = shop.baytime({"import", "orders", write(shop, "3.csv", file_of(orders, shanghai, draw, "\n"))});
    CHECK(again.out.starts_with("imported 0 orders; "));
    compare(shop, orders, shanghai);
}

TEST_CASE("§4 a day is the shop's day, also where clocks change", "[report][oracle]") {
    const DemoShop shop("60", {{"zone = \"Asia/Shanghai\"", "zone = \"Europe/Berlin\""}});
    Draw draw(20262);
    auto orders = draw_orders(draw, 1500, berlin);
    // The night of 25 October, in which 02:00 to 03:00 comes twice.
    for (std::size_t i = 0; i < orders.size(); i += 5) {
        auto& one = orders[i];
        const Second moved = of_date(2026, 10, 25) - 3600 + draw.below(4 * 3600) - one.settled.value_or(one.promised);
        one.received += moved;
        one.promised += moved;
        for (auto* at : {&one.repromised, &one.confirmed, &one.settled, &one.flagged}) {
            if (*at) **at += moved;
        }
    }
    const auto done = shop.baytime({"import", "orders", write(shop, "b.csv", file_of(orders, berlin, draw, "\n"))});
    CAPTURE(done.out, done.error);
    CHECK(done.status == 0);
    compare(shop, orders, berlin);
    const auto gap = shop.baytime({"import", "orders",
                                   write(shop, "gap.csv",
                                         "order_no,repair_type,advisor,received_at,promised_at,settled_at\n"
                                         "G1,repair,201,2026-03-29 01:59,2026-03-29 02:30,2026-03-29 03:00\n")});
    CHECK(gap.status == 1);
    CHECK(gap.out.starts_with("line 2, order G1, promised_at \"2026-03-29 02:30\": must be a time that exists"));
}

TEST_CASE("without a daemon an import says what would work", "[report]") {
    const TempDir dir;
    const auto ran = DemoShop::run_plain({baytime::support::built("board/cli/baytime"), "--port", "1", "import",
                                          "orders", baytime::support::source("assets/standard-times.csv")},
                                         dir.path() / "stderr");
    CHECK(ran.status == 3);
    CHECK(ran.error.find("start the daemon") != std::string::npos);
}
