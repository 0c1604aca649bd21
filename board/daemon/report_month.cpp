// Reports of on-time rates: the day's table, the month by person or type, and what is left of the month's allowance.
#include "board/daemon/report_desk.hpp"

#include <set>

namespace baytime::daemon {

namespace {

using protocol::ReportBy;
using reports::Tallies;
using reports::Tally;
namespace json = protocol::json;

/// Months of the trend, this one included: a year and the same month before.
constexpr int trend_months = 13;
/// Key of the only row by department.
constexpr const char* department_key = "department";

std::string team_of(const Shop& shop, std::string_view technician) {
    const Person* person = shop.person(technician);
    return person == nullptr ? std::string{} : person->team;
}

Tally whole(const reports::Period& period, store::SettledJobs& jobs) {
    Tally sum;
    jobs.count(period.from, period.to, [&](const store::CountedJob& job) { reports::add(sum, job.counted); });
    return sum;
}

Tally& at(Tallies& tallies, std::string_view key) {
    const auto found = tallies.find(key);
    return found != tallies.end() ? found->second : tallies[std::string(key)];
}

Tallies by_key(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    const Shop& shop = house.workshop.shop();
    const auto& [from, to, text] = ask.period;
    Tallies out;
    if (ask.by == ReportBy::department) out[department_key] = whole(ask.period, jobs);
    if (ask.by == ReportBy::advisor || ask.by == ReportBy::repair_type)
        jobs.count(from, to, [&](const store::CountedJob& job) {
            add(at(out, ask.by == ReportBy::advisor ? job.advisor : job.type), job.counted);
        });
    if (ask.by == ReportBy::technician)
        jobs.count_work(from, to, [&](const store::CountedWork& work) { add(at(out, work.technician), work.counted); });
    if (ask.by == ReportBy::team) {
        std::set<std::pair<std::int64_t, std::string>> seen;  // a team counts a job once, however many work on it
        jobs.count_work(from, to, [&](const store::CountedWork& work) {
            const auto team = team_of(shop, work.technician);
            if (!team.empty() && seen.emplace(work.job, team).second) add(at(out, team), work.counted);
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
    return by == ReportBy::advisor || by == ReportBy::technician ? person_name(house, key) : std::string{};
}

/// A line of each key for each of the last months, so that each key's months follow one another.
json::array trend(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    const auto months = reports::months_until(ask.period, trend_months);
    std::map<std::string, std::vector<Tally>> sums;
    for (std::size_t i = 0; i < months.size(); ++i) {
        ReportAsk month = ask;
        month.period = months[i];
        for (const auto& [key, tally] : by_key(house, month, jobs)) {
            auto& all = sums[key];
            all.resize(months.size());
            all[i] = tally;
        }
    }
    json::array out;
    for (const auto& [key, all] : sums) {
        for (std::size_t i = 0; i < months.size(); ++i) {
            json::object row{{"month", months[i].text}, {"key", key}};
            if (auto known = name_of(house, ask.by, key); !known.empty()) row["name"] = known;
            row["settled"] = all[i].settled;
            row["late"] = all[i].late;
            row["rate_bp"] = reports::or_null(reports::on_time_bp(all[i]));
            out.push_back(std::move(row));
        }
    }
    return out;
}

/// Who has confirmed that they read the table of this day (rule §4).
json::array confirmations(const House& house, reports::Day day) {
    json::array out;
    const auto& read = house.workshop.board().days_read;
    const auto found = read.find(std::chrono::year_month_day{day});
    if (found == read.end()) return out;
    for (const auto& [who, at] : found->second) {
        out.push_back(json::object{{"staff", who},
                                   {"name", person_name(house, who)},
                                   {"read_at", reports::iso_local(at, house.workshop.zone())}});
    }
    return out;
}

/// Every job of the period under each of its keys, with `before` in front.
void open_jobs(const House& house, const ReportAsk& ask, const std::string& before, store::SettledJobs& jobs,
               Opened& opened) {
    jobs.read(ask.period.from, ask.period.to, [&](const reports::SettledJob& job) {
        for (const auto& key : keys_of(house, ask.by, job)) {
            auto line = reports::counted_line(job, house.workshop.zone());
            line["visits"] = 1;
            line["turnover_cents"] = job.amount.value_or(0);
            opened.add(before + key, std::move(line));
        }
    });
}

/// Key of the jobs behind a total that are not those of all rows.
constexpr const char* total_key = "\n";

/// The jobs behind each row, behind the total, and behind each month of the trend, the newest first.
void open_month(const House& house, const ReportAsk& ask, store::SettledJobs& jobs, protocol::Result& result) {
    Opened opened(ask);
    open_jobs(house, ask, "", jobs, opened);
    for (auto& row : result.lines) opened.put(std::string(row.at("key").as_string()), row.as_object());
    if (ask.by == ReportBy::technician || ask.by == ReportBy::team) {
        ReportAsk all = ask;
        all.by = ReportBy::department;
        open_jobs(house, all, total_key, jobs, opened);
        opened.put(std::string(total_key) + department_key, result.members["total"].as_object());
    }
    auto months = reports::months_until(ask.period, trend_months);
    for (auto month = months.rbegin(); month != months.rend(); ++month) {
        ReportAsk one = ask;
        one.period = *month;
        open_jobs(house, one, month->text + " ", jobs, opened);
    }
    for (auto& value : result.members["trend"].as_array()) {
        auto& row = value.as_object();
        opened.put(std::string(row.at("month").as_string()) + " " + std::string(row.at("key").as_string()), row);
    }
    opened.finish(result);
}

/// One job of the day, with the names of its people.
json::object day_line(const House& house, const reports::SettledJob& job) {
    auto line = reports::job_line(job, house.workshop.zone());
    json::array names;
    for (const auto& one : job.technicians) names.push_back(json::string(person_name(house, one)));
    line["advisor_name"] = person_name(house, job.advisor);
    line["technician_names"] = std::move(names);
    return line;
}

}  // namespace

protocol::Result report_monthly(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    auto result = rows_result(ask);
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
    const Tally sum = whole(ask.period, jobs);
    auto total = reports::figures(department_key, sum, house.settings->targets.department);
    if (ask.by == ReportBy::repair_type || ask.by == ReportBy::department) {
        total["visits"] = sum.settled;
        total["turnover_cents"] = sum.turnover;
    }
    result.members["total"] = std::move(total);
    result.members["trend"] = trend(house, ask, jobs);
    if (ask.explain) open_month(house, ask, jobs, result);
    return result;
}

protocol::Result report_daily(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    auto result = rows_result(ask, "date");
    Tally sum;
    Opened opened(ask);
    std::size_t left_out = 0;
    jobs.read(ask.period.from, ask.period.to, [&](const reports::SettledJob& job) {
        reports::add(sum, reports::counted(job));
        if (opened.wanted()) opened.add(total_key, reports::counted_line(job, house.workshop.zone()));
        if (result.lines.size() >= max_report_rows) {
            ++left_out;
        } else {
            result.lines.push_back(day_line(house, job));
        }
    });
    auto total = reports::figures(department_key, sum, house.settings->targets.department);
    opened.put(total_key, total);
    opened.finish(result);
    result.members["total"] = std::move(total);
    if (left_out > 0) result.members["left_out"] = left_out;
    result.members["confirmed"] = confirmations(house, ask.period.from);
    return result;
}

protocol::Result report_allowance(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    auto result = rows_result(ask);
    const Tally sum = whole(ask.period, jobs);
    const auto target = house.settings->targets.department;
    const auto allowed = reports::allowed_late(sum.settled, target);
    // Every further job on time makes the allowance grow.
    json::object row{{"key", department_key},
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
    row["on_time_needed"] =
        sum.late > allowed && target >= reports::whole_bp ? json::value(nullptr) : json::value(needed);
    Opened opened(ask);
    if (opened.wanted()) open_jobs(house, ask, "", jobs, opened);  // by department, the default
    opened.put(department_key, row);
    opened.finish(result);
    result.lines.push_back(std::move(row));
    return result;
}

}  // namespace baytime::daemon
