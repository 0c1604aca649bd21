// What somebody should act on now, and when time alone changes a view.
#include "board/core/due.hpp"
#include "board/core/view_rows.hpp"

#include <algorithm>

namespace baytime {

namespace {

/// Everybody the alert concerns: who must act, who works on the car, whose customer it is.
std::vector<std::string> people_of(const RaisedAlert& alert, const Job* job) {
    std::vector<std::string> out;
    const auto add = [&out](const std::string& id) {
        if (!id.empty() && std::ranges::find(out, id) == out.end()) out.push_back(id);
    };
    add(alert.person);
    if (!job) return out;
    for (const auto& stretch : job->clockings) {
        if (!stretch.to) add(stretch.technician);
    }
    add(worker_of(*job));
    add(job->advisor);
    return out;
}

}  // namespace

namespace views {

AlertPlace alert_place(const Alert& alert) {
    return {alert.acknowledged_at.has_value(), alert.since, alert.id};
}

Alert alert_row(const Board& board, const RaisedAlert& alert) {
    const Job* job = board.find(alert.order);
    Alert row{.id = alert.id, .kind = name(alert.kind), .order = alert.order};
    if (job) {
        row.plate = job->plate;
        row.bay = job->bay;
        row.promise = job->promise;
    }
    row.whom = alert.whom;
    row.person = alert.person;
    row.people = people_of(alert, job);
    row.since = alert.since;
    row.passed_on = alert.step;
    row.acknowledged_at = alert.acknowledged_at;
    row.acknowledged_by = alert.acknowledged_by;
    row.answer = alert.answer;
    return row;
}

}  // namespace views

AlertsView alerts_view(const Board& board, const Shop&, Instant) {
    AlertsView view;
    for (const auto& id : board.open_alerts) view.alerts.push_back(views::alert_row(board, board.alerts.at(id)));
    std::ranges::sort(view.alerts, {}, views::alert_place);
    return view;
}

}  // namespace baytime
