// The manager's list of excuses (rule §4): settled jobs whose customer's own cause nobody has accepted or rejected yet.
#include "board/daemon/report_desk.hpp"

#include <algorithm>

namespace baytime::daemon {

namespace {

namespace json = protocol::json;

struct Waiting {
    Instant since{};  ///< of an imported order nothing but its settling is known
    json::object row;
};

Waiting waiting(const House& house, const reports::SettledJob& job) {
    const auto& zone = house.workshop.zone();
    const Job* live = house.workshop.board().find(job.order);
    const Excuse* excuse = live != nullptr && live->excuse ? &*live->excuse : nullptr;
    const Instant since = excuse != nullptr ? std::max(excuse->at, job.settled) : job.settled;
    const auto waited = std::chrono::duration_cast<std::chrono::hours>(house.clock.now() - since).count();
    const std::string by = excuse != nullptr ? excuse->by : std::string{};
    return {
        .since = since,
        .row = {{"order", job.order},
                {"plate", job.plate},
                {"type", name(job.type)},
                {"advisor", job.advisor},
                {"promise", reports::iso_local(job.promise, zone)},
                {"settled_at", reports::iso_local(job.settled, zone)},
                {"minutes_late", reports::minutes_late(job)},
                {"cause", excuse != nullptr ? excuse->cause : std::string{}},
                {"signature", excuse != nullptr ? excuse->signature : job.cause},
                {"excused_at", excuse != nullptr ? json::value(reports::iso_local(excuse->at, zone)) : json::value()},
                {"excused_by", by},
                {"waiting_hours", std::max<std::int64_t>(waited, 0)},
                {"advisor_name", person_name(house, job.advisor)},
                {"excused_by_name", person_name(house, by)}}};
}

}  // namespace

protocol::Result report_excuses(const House& house, const ReportAsk& ask, store::SettledJobs& jobs) {
    std::vector<Waiting> all;
    jobs.read_pending([&](const reports::SettledJob& job) { all.push_back(waiting(house, job)); });
    std::ranges::stable_sort(all, {}, &Waiting::since);
    auto result = rows_result(ask, "date");
    Opened opened(ask);
    for (auto& one : all) {
        if (opened.wanted()) opened.add("", {{"order", one.row.at("order")}, {"count", 1}});
        if (result.lines.size() < max_report_rows) result.lines.push_back(std::move(one.row));
    }
    const auto count = static_cast<std::int64_t>(all.size());
    json::object total{{"count", count}};
    opened.put("", total);
    opened.finish(result);
    result.members["total"] = std::move(total);
    if (const auto shown = static_cast<std::int64_t>(result.lines.size()); count > shown)
        result.members["left_out"] = count - shown;
    return result;
}

}  // namespace baytime::daemon
