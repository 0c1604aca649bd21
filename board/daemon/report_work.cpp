// Reports of work done here: clocked time, bays and standard times (rules §6 and §7). From the board's jobs, because an
// imported order has no clocked time.
#include "board/daemon/report_desk.hpp"

#include <algorithm>

namespace baytime::daemon {

namespace {

namespace json = protocol::json;

/// Most events of one job that are followed through its bays.
constexpr std::size_t max_stay_events = 1000;

/// A period as moments, up to now.
struct Span {
    Instant from{}, to{};
};

Instant start_of(const House& house, reports::Day day) {
    // Where a clock change leaves midnight out, the day begins an hour later.
    const auto& zone = house.workshop.zone();
    for (int hour = 0; hour < 3; ++hour) {
        if (const auto at = zone.to_utc(day + std::chrono::hours{hour})) return *at;
    }
    return Instant{day.time_since_epoch()};
}

Span span_of(const House& house, const ReportAsk& ask) {
    const Instant end = std::min(start_of(house, ask.period.to), house.clock.now());
    return {.from = start_of(house, ask.period.from), .to = end};
}

std::int64_t working_within(Instant from, Instant to, const Span& span, const Calendar& calendar) {
    const Instant begin = std::max(from, span.from), end = std::min(to, span.to);
    return begin < end ? calendar.working_minutes(begin, end).count() : 0;
}

/// Working minutes of each technician on this job within the span: nights and breaks are no work, whoever stayed
/// clocked on over them.
std::map<std::string, std::int64_t> clocked(const Job& job, const Span& span, const Calendar& calendar) {
    std::map<std::string, std::int64_t> out;
    for (const auto& stretch : job.clockings)
        out[stretch.technician] += working_within(stretch.from, stretch.to.value_or(span.to), span, calendar);
    return out;
}

bool settled_in(const House& house, const Job& job, const reports::Period& period) {
    if (!job.settlement) return false;
    const auto day = house.workshop.zone().day_of(job.settlement->settled_at);
    return day >= period.from && day < period.to;
}

std::int64_t standard_minutes(const Job& job) {
    std::int64_t sum = 0;
    for (const auto& item : job.items) sum += item.consent == Consent::agreed ? item.minutes : 0;
    return sum;
}

/// `standard` in the proportion of clocked minutes, or evenly where none counts (work wholly in a break, or of
/// seconds); what rounding leaves goes to the first, so that no minute is lost.
std::map<std::string, std::int64_t> shared_out(std::int64_t standard,
                                               const std::map<std::string, std::int64_t>& clocked) {
    std::int64_t whole = 0, left = standard;
    for (const auto& [who, minutes] : clocked) whole += minutes;
    std::map<std::string, std::int64_t> out;
    for (const auto& [who, minutes] : clocked) {
        const auto people = static_cast<std::int64_t>(clocked.size());
        left -= out[who] = whole > 0 ? standard * minutes / whole : standard / people;
    }
    if (!out.empty()) out.begin()->second += left;
    return out;
}

/// The whole life of a job, for what is done on jobs that are settled.
constexpr Span always{.from = Instant::min(), .to = Instant::max()};

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
    std::int64_t days = 0, open = 0;

    void put(json::object& row, std::int64_t cars, std::int64_t occupied, std::int64_t bays) const {
        const auto bay_days = bays * days;
        row["cars"] = cars;
        row["working_days"] = days;
        row["cars_a_day_x100"] = reports::or_null(bay_days == 0 ? std::nullopt : std::optional(cars * 100 / bay_days));
        row["occupied_minutes"] = occupied;
        row["open_minutes"] = open * bays;
        row["occupied_bp"] = reports::or_null(reports::share_bp(occupied, open * bays));
    }
};

/// Whose attendance the calendar gives: those who work on cars.
bool clocks(Role role) {
    return role == Role::technician || role == Role::lead;
}

std::int64_t working_days(const Calendar& calendar, const reports::Period& period, reports::Day today) {
    std::int64_t count = 0;
    for (auto day = period.from; day < period.to && day <= today; day += std::chrono::days{1})
        count += calendar.open_minutes_of_day(day).count() > 0;
    return count;
}

}  // namespace

protocol::Result report_utilisation(const House& house, const ReportAsk& ask, store::SettledJobs&) {
    const Span span = span_of(house, ask);
    Opened opened(ask);
    std::map<std::string, std::int64_t> sums;
    for (const auto& person : house.workshop.shop().people) {
        if (clocks(person.role)) sums[person.id];  // who clocked nothing has a row as well
    }
    for (const auto& [order, job] : house.workshop.board().jobs) {
        for (const auto& [who, minutes] : clocked(job, span, house.workshop.shop().calendar)) {
            sums[who] += minutes;
            if (minutes > 0 && opened.wanted()) opened.add(who, {{"order", order}, {"clocked_minutes", minutes}});
        }
    }
    auto result = rows_result(ask);
    const auto& calendar = house.workshop.shop().calendar;
    const auto attendance = calendar.working_minutes(span.from, span.to).count();
    std::int64_t clocked_by_all = 0, people = 0;
    for (const auto& [who, minutes] : sums) {
        const Person* known = house.workshop.shop().person(who);
        if (minutes == 0 && (known == nullptr || !clocks(known->role))) continue;
        clocked_by_all += minutes;
        ++people;
        // A shop that never closes says nothing about anyone's attendance.
        const auto share = calendar.always_open() ? std::nullopt : reports::share_bp(minutes, attendance);
        json::object row{
            {"key", who},
            {"name", person_name(house, who)},
            {"clocked_minutes", minutes},
            {"attendance_minutes", calendar.always_open() ? json::value(nullptr) : json::value(attendance)},
            {"utilisation_bp", reports::or_null(share)},
            {"target_bp", house.settings->targets.utilisation}};
        opened.put(who, row);
        result.lines.push_back(std::move(row));
    }
    opened.finish(result);
    const bool open_hours = !calendar.always_open();
    result.members["total"] = json::object{
        {"clocked_minutes", clocked_by_all},
        {"attendance_minutes", open_hours ? json::value(attendance * people) : json::value(nullptr)},
        {"utilisation_bp",
         reports::or_null(open_hours ? reports::share_bp(clocked_by_all, attendance * people) : std::nullopt)},
        {"target_bp", house.settings->targets.utilisation}};
    return result;
}

protocol::Result report_efficiency(const House& house, const ReportAsk& ask, store::SettledJobs&) {
    struct Sum {
        std::int64_t standard = 0, clocked = 0;
    };
    Opened opened(ask);
    std::map<std::string, Sum> sums;
    for (const auto& [order, job] : house.workshop.board().jobs) {
        if (!settled_in(house, job, ask.period)) continue;
        const auto worked = clocked(job, always, house.workshop.shop().calendar);
        for (const auto& [who, share] : shared_out(standard_minutes(job), worked)) {
            auto& sum = sums[who];
            const auto minutes = worked.at(who);
            sum.clocked += minutes;
            sum.standard += share;
            if (opened.wanted())
                opened.add(who, {{"order", order}, {"standard_minutes", share}, {"clocked_minutes", minutes}});
        }
    }
    auto result = rows_result(ask);
    std::int64_t standard = 0, minutes_of_all = 0;
    for (auto& [who, sum] : sums) {
        standard += sum.standard;
        minutes_of_all += sum.clocked;
        json::object row{{"key", who},
                         {"name", person_name(house, who)},
                         {"standard_minutes", sum.standard},
                         {"clocked_minutes", sum.clocked},
                         {"efficiency_bp", reports::or_null(reports::share_bp(sum.standard, sum.clocked))},
                         {"target_bp", house.settings->targets.efficiency}};
        opened.put(who, row);
        result.lines.push_back(std::move(row));
    }
    opened.finish(result);
    result.members["total"] =
        json::object{{"standard_minutes", standard},
                     {"clocked_minutes", minutes_of_all},
                     {"efficiency_bp", reports::or_null(reports::share_bp(standard, minutes_of_all))},
                     {"target_bp", house.settings->targets.efficiency}};
    return result;
}

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
    BayRatio ratio{.days = working_days(calendar, ask.period, house.workshop.zone().day_of(house.clock.now())),
                   .open = calendar.working_minutes(span.from, span.to).count()};
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

protocol::Result report_standards(const House& house, const ReportAsk& ask, store::SettledJobs&) {
    struct Item {
        std::int64_t standard = 0;
        std::vector<std::int64_t> actual;
    };
    Opened opened(ask);
    std::map<std::string, Item> items;
    for (const auto& [order, job] : house.workshop.board().jobs) {
        const auto whole = standard_minutes(job);
        // The same minutes that predictions learn from.
        const std::int64_t minutes = job.worked_minutes;
        if (!settled_in(house, job, ask.period) || whole == 0 || minutes == 0) continue;
        for (const auto& item : job.items) {
            if (item.consent != Consent::agreed || item.minutes == 0) continue;
            const auto& key = item.code.empty() ? item.name : item.code;
            auto& entry = items[key];
            entry.standard = item.minutes;
            entry.actual.push_back(minutes * item.minutes / whole);
            if (opened.wanted())
                opened.add(key, {{"order", order}, {"count", 1}, {"actual_minutes", entry.actual.back()}});
        }
    }
    auto result = rows_result(ask);
    for (auto& [key, item] : items) {
        json::object row{{"key", key},
                         {"standard_minutes", item.standard},
                         {"median_minutes", reports::or_null(reports::median(item.actual))},
                         {"p80_minutes", reports::or_null(reports::percentile(item.actual, 80))},
                         {"count", item.actual.size()}};
        opened.put(key, row);
        result.lines.push_back(std::move(row));
    }
    opened.finish(result);
    return result;
}

}  // namespace baytime::daemon
