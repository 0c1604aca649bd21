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

/// Key of the jobs behind a total.
constexpr const char* total_key = "\n";

/// What a job adds to the totals of delays.
json::object delay_line(const SettledJob& job) {
    const auto& notice = job.notice_minutes;
    const bool late = reports::verdict(job) == Verdict::late;
    return {{"order", job.order},
            {"flagged", notice ? 1 : 0},
            {"minutes", notice ? job.delay_minutes : 0},
            {"late", late ? 1 : 0},
            {"late_flagged_in_time", late && job.notice == Notice::in_time ? 1 : 0},
            {"notice_minutes", reports::or_null(notice)}};
}

/// Visits and turnover beside the plan for so many months.
json::object beside_plan(const reports::Tally& sum, const reports::Targets& targets, int months) {
    const auto visits = targets.visits_a_year * months / 12, turnover = targets.turnover_a_year * months / 12;
    json::object total{{"visits", sum.settled}, {"turnover_cents", sum.turnover}, {"plan_visits", visits}};
    total["visits_bp"] = reports::or_null(reports::share_bp(sum.settled, visits));
    if (targets.turnover_a_year > 0) {
        total["plan_turnover_cents"] = turnover;
        total["turnover_bp"] = reports::or_null(reports::share_bp(sum.turnover, turnover));
    }
    return total;
}

constexpr std::array repair_types{RepairType::first_service, RepairType::maintenance, RepairType::repair,
                                  RepairType::accident, RepairType::warranty};

}  // namespace

protocol::Result report_delays(const House&, const ReportAsk& ask, store::SettledJobs& jobs) {
    std::map<std::string, Reason> reasons;
    Opened opened(ask);
    std::vector<std::int64_t> notices;
    std::int64_t late = 0, in_time = 0, flagged = 0, minutes = 0;
    jobs.read(ask.period.from, ask.period.to, [&](const SettledJob& job) {
        const auto& notice = job.notice_minutes;
        const bool is_late = reports::verdict(job) == Verdict::late;
        late += is_late;
        if (opened.wanted() && (is_late || notice)) opened.add(total_key, delay_line(job));
        if (!notice) return;
        ++flagged;
        notices.push_back(*notice);
        in_time += is_late && job.notice == Notice::in_time;
        const std::string key = name(job.delay_reason.value_or(DelayReason::other));
        auto& reason = reasons[key];
        reason.name = key;
        ++reason.count;
        reason.minutes += job.delay_minutes;
        minutes += job.delay_minutes;
        if (opened.wanted())
            opened.add(
                key, {{"order", job.order}, {"count", 1}, {"minutes", job.delay_minutes}, {"notice_minutes", *notice}});
    });
    std::vector<Reason> sorted;
    for (const auto& [key, reason] : reasons) sorted.push_back(reason);
    std::ranges::stable_sort(sorted, std::greater{}, &Reason::count);  // Pareto: the greatest first
    auto result = rows_result(ask);
    std::int64_t so_far = 0;
    for (const auto& reason : sorted) {
        so_far += reason.count;
        json::object row{{"key", reason.name},
                         {"count", reason.count},
                         {"minutes", reason.minutes},
                         {"share_bp", reports::or_null(reports::share_bp(reason.count, flagged))},
                         {"running_bp", reports::or_null(reports::share_bp(so_far, flagged))}};
        opened.put(reason.name, row);
        result.lines.push_back(std::move(row));
    }
    json::object total{{"flagged", flagged},
                       {"minutes", minutes},
                       {"late", late},
                       {"late_flagged_in_time", in_time},
                       {"late_flagged_in_time_bp", reports::or_null(reports::share_bp(in_time, late))},
                       {"median_notice_minutes", reports::or_null(reports::median(notices))}};
    opened.put(total_key, total);
    opened.finish(result);
    result.members["total"] = std::move(total);
    return result;
}

protocol::Result report_returns(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    const auto& targets = house.settings->targets;
    Opened opened(ask);
    std::int64_t settled = 0, external = 0, inspected = 0, internal = 0;
    jobs.read(ask.period.from, ask.period.to, [&](const SettledJob& job) {
        const bool back = !job.return_of.empty();
        ++settled;
        external += back;
        inspected += job.inspected;
        internal += job.inspection_failed;
        if (!opened.wanted()) return;
        const auto line = [&job](bool counts) {
            return json::object{
                {"order", job.order}, {"return_of", job.return_of}, {"count", counts ? 1 : 0}, {"of", 1}};
        };
        opened.add("external_returns", line(back));
        if (job.inspected) opened.add("internal_returns", line(job.inspection_failed));
        opened.add("first_time_fix", line(!back));
    });
    auto result = rows_result(ask);
    const auto put = [&](const char* key, std::int64_t part, std::int64_t of, std::optional<std::int64_t> target) {
        json::object row{{"key", key},
                         {"count", part},
                         {"of", of},
                         {"rate_bp", reports::or_null(reports::share_bp(part, of))},
                         {"target_bp", reports::or_null(target)}};
        opened.put(key, row);
        result.lines.push_back(std::move(row));
    };
    put("external_returns", external, settled, targets.external_returns);
    put("internal_returns", internal, inspected, targets.internal_returns);
    put("first_time_fix", settled - external, settled, std::nullopt);
    opened.finish(result);
    return result;
}

/// Visits and turnover of the months asked for, and the year's plan for as many.
protocol::Result report_visits(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    const auto& targets = house.settings->targets;
    const reports::Period last{
        .from = std::chrono::local_days{std::chrono::year_month_day{ask.period.to} - std::chrono::months{1}}};
    const int count = ask.period.text.size() == 4 ? 12 : 1;
    reports::Tally sum;
    Opened opened(ask);
    auto result = rows_result(ask, count == 12 ? "year" : "month");
    for (const auto& month : reports::months_until(last, count)) {
        std::map<std::string, reports::Tally, std::less<>> types;
        jobs.count(month.from, month.to, [&](const store::CountedJob& job) {
            add(types[std::string(job.type)], job.counted);
            add(sum, job.counted);
        });
        if (opened.wanted())
            jobs.read(month.from, month.to, [&](const SettledJob& job) {
                opened.add(month.text + name(job.type),
                           {{"order", job.order}, {"visits", 1}, {"turnover_cents", job.amount.value_or(0)}});
            });
        for (const RepairType type : repair_types) {
            const auto found = types.find(name(type));
            if (found == types.end()) continue;
            json::object row{{"month", month.text},
                             {"key", found->first},
                             {"visits", found->second.settled},
                             {"turnover_cents", found->second.turnover}};
            opened.put(month.text + found->first, row);
            result.lines.push_back(std::move(row));
        }
    }
    opened.finish(result);
    result.members["total"] = beside_plan(sum, targets, count);
    return result;
}

}  // namespace baytime::daemon
