// Reports of work done here: clocked time and standard times (rules §6 and §7). From the board's jobs, because an
// imported order has no clocked time.
#include "board/daemon/report_desk.hpp"

#include <algorithm>

namespace baytime::daemon {

namespace {

namespace json = protocol::json;

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

/// Whose attendance the calendar gives: those who work on cars.
bool clocks(Role role) {
    return role == Role::technician || role == Role::lead;
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
    const auto attendance = open_minutes(house, span);
    std::int64_t clocked_by_all = 0, people = 0;
    for (const auto& [who, minutes] : sums) {
        const Person* known = house.workshop.shop().person(who);
        if (minutes == 0 && (known == nullptr || !clocks(known->role))) continue;
        clocked_by_all += minutes;
        ++people;
        const auto share = attendance ? reports::share_bp(minutes, *attendance) : std::nullopt;
        json::object row{{"key", who},
                         {"name", person_name(house, who)},
                         {"clocked_minutes", minutes},
                         {"attendance_minutes", reports::or_null(attendance)},
                         {"utilisation_bp", reports::or_null(share)},
                         {"target_bp", house.settings->targets.utilisation}};
        opened.put(who, row);
        result.lines.push_back(std::move(row));
    }
    opened.finish(result);
    const auto of_all = attendance ? std::optional(*attendance * people) : std::nullopt;
    result.members["total"] = json::object{
        {"clocked_minutes", clocked_by_all},
        {"attendance_minutes", reports::or_null(of_all)},
        {"utilisation_bp", reports::or_null(of_all ? reports::share_bp(clocked_by_all, *of_all) : std::nullopt)},
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
