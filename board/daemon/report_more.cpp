// Reports of delays, returns, visits and turnover from the rows of settled jobs (rules §5 and §7).
#include "board/daemon/report_desk.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace baytime::daemon {

namespace {

using reports::SettledJob;
namespace json = protocol::json;

struct Reason {
    std::string name;
    std::int64_t count = 0, minutes = 0;
};

void put_jobs(json::object& row, const std::vector<std::string>& orders) {
    json::array list;
    for (const auto& one : orders) list.push_back(json::string(one));
    row["jobs"] = std::move(list);
}

constexpr std::array repair_types{RepairType::first_service, RepairType::maintenance, RepairType::repair,
                                  RepairType::accident, RepairType::warranty};

}  // namespace

protocol::Result report_delays(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    const auto wanted = house.workshop.shop().delay_notice.count();
    std::map<std::string, Reason> reasons;
    std::map<std::string, std::vector<std::string>> orders;
    std::vector<std::int64_t> notices;
    std::int64_t late = 0, in_time = 0, flagged = 0, minutes = 0;
    jobs.read(ask.period.from, ask.period.to, [&](const SettledJob& job) {
        const auto notice = reports::minutes_of_notice(job);
        const bool is_late = reports::verdict(job) == Verdict::late;
        late += is_late;
        if (!notice) return;
        ++flagged;
        notices.push_back(*notice);
        in_time += is_late && *notice >= wanted;
        const std::string key = name(job.delay_reason.value_or(DelayReason::other));
        auto& reason = reasons[key];
        reason.name = key;
        ++reason.count;
        reason.minutes += job.delay_minutes;
        minutes += job.delay_minutes;
        orders[key].push_back(job.order);
    });
    std::vector<Reason> sorted;
    for (const auto& [key, reason] : reasons) sorted.push_back(reason);
    std::ranges::stable_sort(sorted, std::greater{}, &Reason::count);  // Pareto: the greatest first
    auto result = rows_result();
    result.members["month"] = ask.period.text;
    std::int64_t so_far = 0;
    for (const auto& reason : sorted) {
        so_far += reason.count;
        json::object row{{"key", reason.name},
                         {"count", reason.count},
                         {"minutes", reason.minutes},
                         {"share_bp", reports::or_null(reports::share_bp(reason.count, flagged))},
                         {"running_bp", reports::or_null(reports::share_bp(so_far, flagged))}};
        if (ask.explain) put_jobs(row, orders[reason.name]);
        result.lines.push_back(std::move(row));
    }
    result.members["total"] =
        json::object{{"flagged", flagged},
                     {"minutes", minutes},
                     {"late", late},
                     {"late_flagged_in_time", in_time},
                     {"late_flagged_in_time_bp", reports::or_null(reports::share_bp(in_time, late))},
                     {"median_notice_minutes", reports::or_null(reports::median(notices))}};
    put_formula(result, ask,
                "a job counts by its first flag; in time: flagged at least the shop's notice before the promise that "
                "counts; share = count / flagged; late_flagged_in_time_bp = late jobs flagged in time / late jobs");
    return result;
}

protocol::Result report_returns(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    const auto& targets = house.settings->targets;
    std::int64_t settled = 0, external = 0, inspected = 0, internal = 0;
    std::vector<std::string> came_back, failed;
    jobs.read(ask.period.from, ask.period.to, [&](const SettledJob& job) {
        ++settled;
        external += !job.return_of.empty();
        inspected += job.inspected;
        internal += job.inspection_failed;
        if (!job.return_of.empty()) came_back.push_back(job.order + " of " + job.return_of);
        if (job.inspection_failed) failed.push_back(job.order);
    });
    auto result = rows_result();
    result.members["month"] = ask.period.text;
    const auto put = [&](const char* key, std::int64_t part, std::int64_t of, std::optional<std::int64_t> target,
                         const std::vector<std::string>& orders) {
        json::object row{{"key", key},
                         {"count", part},
                         {"of", of},
                         {"rate_bp", reports::or_null(reports::share_bp(part, of))},
                         {"target_bp", reports::or_null(target)}};
        if (ask.explain) put_jobs(row, orders);
        result.lines.push_back(std::move(row));
    };
    put("external_returns", external, settled, targets.external_returns, came_back);
    put("internal_returns", internal, inspected, targets.internal_returns, failed);
    put("first_time_fix", settled - external, settled, std::nullopt, {});
    put_formula(result, ask,
                "external = jobs that are a return of an earlier job / delivered; internal = jobs with a failed "
                "inspection / inspected; first-time fix = 1 - external returns / delivered");
    return result;
}

protocol::Result report_visits(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    const auto& targets = house.settings->targets;
    const auto wanted = house.workshop.shop().delay_notice;
    const reports::Period last{
        .from = std::chrono::local_days{std::chrono::year_month_day{ask.period.to} - std::chrono::months{1}}};
    const int count = ask.period.text.size() == 4 ? 12 : 1;
    reports::Tally sum;
    auto result = rows_result();
    result.members[count == 12 ? "year" : "month"] = ask.period.text;
    for (const auto& month : reports::months_until(last, count)) {
        std::map<std::string, reports::Tally, std::less<>> types;
        jobs.count(month.from, month.to, [&](const store::CountedJob& job) {
            add(types[std::string(job.type)], job.counted, wanted);
            add(sum, job.counted, wanted);
        });
        for (const RepairType type : repair_types) {
            const auto found = types.find(name(type));
            if (found == types.end()) continue;
            result.lines.push_back(json::object{{"month", month.text},
                                                {"key", found->first},
                                                {"visits", found->second.settled},
                                                {"turnover_cents", found->second.turnover}});
        }
    }
    const auto part = [count](std::int64_t a_year) { return a_year * count / 12; };
    json::object total{{"visits", sum.settled}, {"turnover_cents", sum.turnover}};
    total["plan_visits"] = part(targets.visits_a_year);
    total["visits_bp"] = reports::or_null(reports::share_bp(sum.settled, part(targets.visits_a_year)));
    if (targets.turnover_a_year > 0) {
        total["plan_turnover_cents"] = part(targets.turnover_a_year);
        total["turnover_bp"] = reports::or_null(reports::share_bp(sum.turnover, part(targets.turnover_a_year)));
    }
    result.members["total"] = std::move(total);
    put_formula(result, ask, "visits = delivered jobs; turnover = sum of their settled amounts; shares of the plan");
    return result;
}

}  // namespace baytime::daemon
