#include "board/reports/figures.hpp"

#include "protocol/times.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace baytime::reports {

namespace {

using namespace std::chrono;

std::optional<local_days> first_day(const std::string& date) {
    const auto read = protocol::read_local(date + "T00:00");
    if (!read || read->east) return std::nullopt;
    return floor<days>(read->minute);
}

std::string month_text(Day first) {
    const year_month_day date(first);
    return fmt::format("{:04}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()));
}

Day months_later(Day first, int count) {
    const year_month_day date(first);
    return local_days{(date.year() / date.month() + months{count}) / 1};
}

}  // namespace

std::string text_of(Day day) {
    const year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::optional<Period> day_period(std::string_view text) {
    const auto day = first_day(std::string(text));
    if (!day) return std::nullopt;
    return Period{.from = *day, .to = *day + days{1}, .text = std::string(text)};
}

std::optional<Period> month_period(std::string_view text) {
    const auto first = first_day(std::string(text) + "-01");
    if (!first) return std::nullopt;
    return Period{.from = *first, .to = months_later(*first, 1), .text = std::string(text)};
}

std::optional<Period> year_period(std::string_view text) {
    const auto first = first_day(std::string(text) + "-01-01");
    if (!first) return std::nullopt;
    return Period{.from = *first, .to = months_later(*first, 12), .text = std::string(text)};
}

std::vector<Period> months_until(const Period& last, int count) {
    std::vector<Period> out;
    for (int back = count - 1; back >= 0; --back) {
        const Day first = months_later(last.from, -back);
        out.push_back({.from = first, .to = months_later(first, 1), .text = month_text(first)});
    }
    return out;
}

json::value or_null(std::optional<std::int64_t> number) {
    return number ? json::value(*number) : json::value(nullptr);
}

json::object figures(std::string_view key, const Tally& tally, std::int64_t target_bp) {
    return {{"key", key},
            {"settled", tally.settled},
            {"on_time", tally.on_time()},
            {"late", tally.late},
            {"excused", tally.excused},
            {"rate_bp", or_null(on_time_bp(tally))},
            {"strict_bp", or_null(strict_bp(tally))},
            {"target_bp", target_bp},
            {"deduction", deduction(tally, target_bp)},
            {"late_flagged_in_time", tally.late_flagged_in_time},
            {"returns", tally.returns},
            {"inspection_failed", tally.inspection_failed}};
}

json::object counted_line(const SettledJob& job, const ShopZone& zone) {
    Tally one;
    add(one, counted(job));
    return {{"order", job.order},
            {"plate", job.plate},
            {"promise", iso_local(job.promise, zone)},
            {"settled_at", iso_local(job.settled, zone)},
            {"why", name(ruling(job).why)},
            {"settled", one.settled},
            {"on_time", one.on_time()},
            {"late", one.late},
            {"excused", one.excused},
            {"late_flagged_in_time", one.late_flagged_in_time},
            {"returns", one.returns},
            {"inspection_failed", one.inspection_failed}};
}

std::string iso_local(Instant at, const ShopZone& zone) {
    const auto local = zone.to_local(at);
    const auto east = duration_cast<minutes>(local.time_since_epoch() - at.time_since_epoch()).count();
    const auto day = floor<days>(local);
    const hh_mm_ss clock(floor<seconds>(local - day));
    return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}", text_of(day), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), east < 0 ? '-' : '+', std::abs(east) / 60,
                       std::abs(east) % 60);
}

json::object job_line(const SettledJob& job, const ShopZone& zone) {
    json::array people;
    for (const auto& one : job.technicians) people.push_back(json::string(one));
    json::object out{{"order", job.order},
                     {"plate", job.plate},
                     {"type", name(job.type)},
                     {"advisor", job.advisor},
                     {"technicians", people},
                     {"original_promise", iso_local(job.original_promise, zone)},
                     {"promise", iso_local(job.promise, zone)},
                     {"settled_at", iso_local(job.settled, zone)},
                     {"minutes_late", minutes_late(job)},
                     {"verdict", name(verdict(job))},
                     {"why", name(ruling(job).why)},
                     {"cause", job.cause},
                     {"return_of", job.return_of},
                     {"flagged_at", nullptr},
                     {"notice", job.notice ? name(*job.notice) : ""},
                     {"amount_cents", or_null(job.amount)}};
    if (job.flagged) out["flagged_at"] = iso_local(*job.flagged, zone);
    return out;
}

std::optional<std::int64_t> percentile(std::vector<std::int64_t> values, int percent) {
    if (values.empty()) return std::nullopt;
    std::ranges::sort(values);
    const auto rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;
    return values[std::max<std::size_t>(rank, 1) - 1];
}

std::optional<std::int64_t> median(std::vector<std::int64_t> values) {
    return percentile(std::move(values), 50);
}

}  // namespace baytime::reports
