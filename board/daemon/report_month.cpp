// Reports of on-time rates: the day's table, the month by person or type, and what is left of the month's allowance.
#include "board/daemon/report_desk.hpp"

#include <set>

namespace baytime::daemon {

namespace {

using protocol::ReportBy;
using reports::Tallies;
using reports::Tally;

/// Months of the trend, this one included: a year and the same month before.
constexpr int trend_months = 13;
/// Key of the only row by department.
constexpr const char* department_key = "department";

constexpr std::string_view rate_formula =
    "rate = (settled - late) / settled; strict = (settled - late - excused) / settled; "
    "settled = on_time + late + excused; deduction = max(0, late - floor(settled x (10000 - target) / 10000)); "
    "basis points, rounded down";

std::string team_of(const Shop& shop, std::string_view technician) {
    const Person* person = shop.person(technician);
    return person == nullptr ? std::string{} : person->team;
}

Tally whole(const House& house, const reports::Period& period, store::SettledJobs& jobs) {
    Tally sum;
    const auto wanted = house.workshop.shop().delay_notice;
    jobs.count(period.from, period.to, [&](const store::CountedJob& job) { reports::add(sum, job.counted, wanted); });
    return sum;
}

Tally& at(Tallies& tallies, std::string_view key) {
    const auto found = tallies.find(key);
    return found != tallies.end() ? found->second : tallies[std::string(key)];
}

Tallies by_key(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    const Shop& shop = house.workshop.shop();
    const auto wanted = shop.delay_notice;
    const auto& [from, to, text] = ask.period;
    Tallies out;
    if (ask.by == ReportBy::department) out[department_key] = whole(house, ask.period, jobs);
    if (ask.by == ReportBy::advisor || ask.by == ReportBy::repair_type)
        jobs.count(from, to, [&](const store::CountedJob& job) {
            add(at(out, ask.by == ReportBy::advisor ? job.advisor : job.type), job.counted, wanted);
        });
    if (ask.by == ReportBy::technician)
        jobs.count_work(from, to,
                        [&](const store::CountedWork& work) { add(at(out, work.technician), work.counted, wanted); });
    if (ask.by == ReportBy::team) {
        std::set<std::pair<std::int64_t, std::string>> seen;  // a team counts a job once, however many work on it
        jobs.count_work(from, to, [&](const store::CountedWork& work) {
            const auto team = team_of(shop, work.technician);
            if (!team.empty() && seen.emplace(work.job, team).second) add(at(out, team), work.counted, wanted);
        });
    }
    return out;
}

/// The names under which a job counts.
std::set<std::string> keys_of(const House& house, ReportBy by, const reports::SettledJob& job) {
    switch (by) {
        case ReportBy::department: return {department_key};
        case ReportBy::advisor: return {job.advisor};
        case ReportBy::repair_type: return {name(job.type)};
        case ReportBy::technician: return {job.technicians.begin(), job.technicians.end()};
        case ReportBy::team: break;
    }
    std::set<std::string> out;
    for (const auto& one : job.technicians) {
        if (auto team = team_of(house.workshop.shop(), one); !team.empty()) out.insert(std::move(team));
    }
    return out;
}

std::int64_t target_of(const House& house, ReportBy by, std::string_view key) {
    const auto& targets = house.settings->targets;
    if (by != ReportBy::advisor && by != ReportBy::technician) return targets.department;
    const Person* person = house.workshop.shop().person(key);
    const Role otherwise = by == ReportBy::advisor ? Role::advisor : Role::technician;
    return targets.of(key, person == nullptr ? otherwise : person->role);
}

std::string name_of(const House& house, ReportBy by, std::string_view key) {
    const Shop& shop = house.workshop.shop();
    if (by == ReportBy::team) {
        const Team* team = shop.team(key);
        return team == nullptr ? std::string{} : team->name;
    }
    const Person* person = by == ReportBy::advisor || by == ReportBy::technician ? shop.person(key) : nullptr;
    return person == nullptr ? std::string{} : person->name;
}

protocol::json::array trend(const House& house, const reports::Period& period, store::SettledJobs& jobs) {
    protocol::json::array out;
    for (const auto& month : reports::months_until(period, trend_months)) {
        const Tally sum = whole(house, month, jobs);
        out.push_back(protocol::json::object{{"month", month.text},
                                             {"settled", sum.settled},
                                             {"late", sum.late},
                                             {"rate_bp", reports::or_null(reports::on_time_bp(sum))}});
    }
    return out;
}

/// Who has confirmed that they read the table of this day (rule §4).
protocol::json::array confirmations(const House& house, reports::Day day) {
    protocol::json::array out;
    const auto& read = house.workshop.board().days_read;
    const auto found = read.find(std::chrono::year_month_day{day});
    if (found == read.end()) return out;
    for (const auto& [who, at] : found->second) {
        const Person* person = house.workshop.shop().person(who);
        out.push_back(protocol::json::object{{"staff", who},
                                             {"name", person == nullptr ? "" : person->name},
                                             {"read_at", reports::iso_local(at, house.workshop.zone())}});
    }
    return out;
}

/// Every job of the period, under each of its keys: what the figures were counted from.
protocol::json::object jobs_by_key(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    protocol::json::object out;
    std::size_t listed = 0;
    jobs.read(ask.period.from, ask.period.to, [&](const reports::SettledJob& job) {
        for (const auto& key : keys_of(house, ask.by, job)) {
            if (++listed > max_report_rows) return;
            auto& list = out[key];
            if (!list.is_array()) list = protocol::json::array{};
            list.get_array().push_back(
                reports::job_line(job, house.workshop.shop().delay_notice, house.workshop.zone()));
        }
    });
    return out;
}

}  // namespace

protocol::Result report_monthly(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    auto result = rows_result();
    result.members["month"] = ask.period.text;
    result.members["by"] = name(ask.by);
    for (const auto& [key, tally] : by_key(house, ask, jobs)) {
        auto row = reports::figures(key, tally, target_of(house, ask.by, key));
        if (auto known = name_of(house, ask.by, key); !known.empty()) row["name"] = known;
        if (ask.by == ReportBy::repair_type || ask.by == ReportBy::department) {
            row["visits"] = tally.settled;
            row["turnover_cents"] = tally.turnover;
        }
        result.lines.push_back(std::move(row));
    }
    result.members["total"] =
        reports::figures(department_key, whole(house, ask.period, jobs), house.settings->targets.department);
    result.members["trend"] = trend(house, ask.period, jobs);
    put_formula(result, ask, rate_formula);
    if (ask.explain) result.members["jobs"] = jobs_by_key(house, ask, jobs);
    return result;
}

protocol::Result report_daily(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    auto result = rows_result();
    result.members["date"] = ask.period.text;
    const auto wanted = house.workshop.shop().delay_notice;
    Tally sum;
    std::size_t left_out = 0;
    jobs.read(ask.period.from, ask.period.to, [&](const reports::SettledJob& job) {
        reports::add(sum, reports::counted(job), wanted);
        if (result.lines.size() >= max_report_rows) {
            ++left_out;
        } else {
            result.lines.push_back(reports::job_line(job, wanted, house.workshop.zone()));
        }
    });
    result.members["total"] = reports::figures(department_key, sum, house.settings->targets.department);
    if (left_out > 0) result.members["left_out"] = left_out;
    result.members["confirmed"] = confirmations(house, ask.period.from);
    put_formula(result, ask, rate_formula);
    return result;
}

protocol::Result report_allowance(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    auto result = rows_result();
    result.members["month"] = ask.period.text;
    const Tally sum = whole(house, ask.period, jobs);
    const auto target = house.settings->targets.department;
    const auto allowed = reports::allowed_late(sum.settled, target);
    // Every further job on time makes the allowance grow.
    protocol::json::object row{{"key", department_key},
                               {"settled", sum.settled},
                               {"late", sum.late},
                               {"rate_bp", reports::or_null(reports::on_time_bp(sum))},
                               {"target_bp", target},
                               {"allowed_late", allowed},
                               {"may_still_be_late", reports::or_null(reports::may_still_be_late(sum, target))}};
    std::int64_t needed = 0;
    if (sum.late > allowed && target < reports::whole_bp)
        needed = (sum.late * reports::whole_bp + reports::whole_bp - target - 1) / (reports::whole_bp - target) -
                 sum.settled;
    row["on_time_needed"] = sum.late > allowed && target >= reports::whole_bp ? protocol::json::value(nullptr)
                                                                              : protocol::json::value(needed);
    result.lines.push_back(std::move(row));
    put_formula(
        result, ask,
        "allowed_late = floor(settled x (10000 - target) / 10000); may_still_be_late = max(0, floor((settled - late) "
        "x 10000 / target) - settled), for a further late job is settled too; "
        "on_time_needed: further jobs, all on time, until the target is met");
    return result;
}

}  // namespace baytime::daemon
