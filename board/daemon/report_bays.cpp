// The report of bays (rule §7): which cars stood in them, and for how long. From the board's jobs and their events.
#include "board/daemon/report_desk.hpp"

#include <algorithm>

namespace baytime::daemon {

namespace {

namespace json = protocol::json;

/// Most events of one job that are followed through its bays.
constexpr std::size_t max_stay_events = 1000;

/// When a job stood in which bay, from its events in order: a board of this one job follows them.
struct Stay {
    std::string bay;
    Instant from{}, to{};
};
std::vector<Stay> stays_of(const std::vector<Event>& events, Instant now) {
    Board board;
    std::map<std::uint64_t, std::uint64_t> numbers;  // an undo names an event by its number in the journal
    std::vector<Stay> out;
    std::string bay;
    for (Event event : events) {
        const auto number = board.seq + 1;
        numbers[event.seq] = number;
        event.seq = number;
        if (auto* undone = std::get_if<Undone>(&event.fact)) {
            const auto first = numbers.find(undone->first);
            if (first == numbers.end() || !board.before.contains(first->second)) return out;  // began with another job
            undone->first = first->second;
        }
        apply(board, event);
        const Job* job = board.find(event.order);
        const std::string next = job != nullptr && holds_bay(*job) ? job->bay : std::string{};
        if (next == bay) continue;
        if (!bay.empty()) out.back().to = event.at;
        if (!next.empty()) out.push_back({.bay = next, .from = event.at, .to = now});
        bay = next;
    }
    return out;
}

/// The open minutes that each car stood in a bay.
struct BaySum {
    std::map<std::string, std::int64_t> cars;
};

/// The figures of so many bays over the period.
struct BayRatio {
    std::optional<std::int64_t> days{}, open{};  ///< nothing: the shop has no opening hours

    void put(json::object& row, std::int64_t cars, std::int64_t occupied, std::int64_t bays) const {
        const auto of_all = [bays](std::optional<std::int64_t> one) { return one ? std::optional(*one * bays) : one; };
        const auto bay_days = of_all(days), minutes = of_all(open);
        const bool any_day = bay_days.value_or(0) > 0;
        row["cars"] = cars;
        row["working_days"] = reports::or_null(days);
        row["cars_a_day_x100"] = reports::or_null(any_day ? std::optional(cars * 100 / *bay_days) : std::nullopt);
        row["occupied_minutes"] = occupied;
        row["open_minutes"] = reports::or_null(minutes);
        row["occupied_bp"] = reports::or_null(minutes ? reports::share_bp(occupied, *minutes) : std::nullopt);
    }
};

std::optional<std::int64_t> working_days(const Calendar& calendar, const reports::Period& period, reports::Day today) {
    if (calendar.always_open()) return std::nullopt;
    std::int64_t count = 0;
    for (auto day = period.from; day < period.to && day <= today; day += std::chrono::days{1})
        count += calendar.open_minutes_of_day(day).count() > 0;
    return count;
}

}  // namespace

protocol::Result report_bays(const House& house, const ReportAsk& ask, store::SettledJobs&) {
    const Span span = span_of(house, ask);
    const auto& calendar = house.workshop.shop().calendar;
    std::map<std::string, BaySum> sums;
    for (const auto& bay : house.workshop.shop().bays) sums[bay.id];
    for (const auto& [order, job] : house.workshop.board().jobs) {
        if (job.newest_at < span.from || !job.arrived_at || *job.arrived_at >= span.to) continue;
        for (const auto& stay : stays_of(house.workshop.journal().history(order, max_stay_events), span.to)) {
            if (stay.to <= span.from || stay.from >= span.to) continue;
            sums[stay.bay].cars[order] +=
                calendar.working_minutes(std::max(stay.from, span.from), std::min(stay.to, span.to)).count();
        }
    }
    auto result = rows_result(ask);
    Opened opened(ask);
    const BayRatio ratio{.days = working_days(calendar, ask.period, house.workshop.zone().day_of(house.clock.now())),
                         .open = open_minutes(house, span)};
    std::int64_t cars = 0, occupied = 0;
    for (const auto& [bay, sum] : sums) {
        const Bay* known = house.workshop.shop().bay(bay);
        json::object row{{"key", bay}, {"name", known == nullptr ? "" : known->label}};
        std::int64_t minutes = 0;
        for (const auto& [order, in_bay] : sum.cars) {
            minutes += in_bay;
            if (opened.wanted()) opened.add(bay, {{"order", order}, {"cars", 1}, {"occupied_minutes", in_bay}});
        }
        const auto count = static_cast<std::int64_t>(sum.cars.size());
        ratio.put(row, count, minutes, 1);
        cars += count;
        occupied += minutes;
        opened.put(bay, row);
        result.lines.push_back(std::move(row));
    }
    const auto bays = static_cast<std::int64_t>(sums.size());
    json::object total{{"bays", bays}};
    ratio.put(total, cars, occupied, bays);
    result.members["total"] = std::move(total);
    opened.finish(result);
    return result;
}

}  // namespace baytime::daemon
