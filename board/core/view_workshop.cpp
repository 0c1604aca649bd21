// What staff see: every open job, every bay with its queue, and the suggested order of dispatch.
#include "board/core/dispatch.hpp"
#include "board/core/view_parts.hpp"

#include <algorithm>

namespace baytime {

namespace views {

bool under_way(const Job& job) {
    return !is_closed(job.state) && job.state != JobState::booked && job.state != JobState::ready;
}

namespace {

bool overdue(const Job& job, const Shop& shop, Instant now) {
    if (job.state == JobState::booked)
        return job.appointment_at && now >= *job.appointment_at + shop.appointment_overdue;
    return under_way(job) && job.promise && passed(*job.promise, now);
}

void put_sums(const Job& job, JobRow& row) {
    for (const auto& item : job.items) {
        if (item.consent == Consent::open) ++row.consents_open;
        if (item.consent == Consent::agreed) row.standard_minutes += item.minutes;
    }
    for (const auto& stretch : job.clockings) {
        if (!stretch.to) row.clocked_on.push_back(stretch.technician);
    }
}

}  // namespace

JobRow job_row(const Job& job, const Shop& shop, const Predictions& predictions, Instant now) {
    JobRow row{.id = job.order, .plate = job.plate, .model = job.model, .type = job.type, .state = job.state};
    row.since = job.since;
    row.bay = job.bay;
    row.technician = job.technician;
    row.advisor = job.advisor;
    row.customer = job.customer;
    row.phone = job.phone;
    row.paused_for = job.paused_for;
    row.appointment_at = job.appointment_at;
    row.promise = job.promise;
    row.expected = job.state == JobState::ready ? job.ready_at : job.expected();
    row.express = job.express;
    row.appointment = job.appointment;
    row.waiting = job.waiting;
    row.is_return = !job.return_of.empty();
    row.parked = job.parked;
    row.told = job.told;
    row.overdue = overdue(job, shop, now);
    row.wash = job.wash;
    row.next_level = job.state == JobState::inspection ? job.passed_level + 1 : 0;
    put_sums(job, row);
    row.shown = job.state == JobState::ready ? job.ready_at : customer_time(job, shop, predictions);
    if (const auto* found = predictions.find(job.order)) {
        row.predicted = found->ready;
        if (found->promise) {
            row.spare = found->spare;
            row.chance = found->chance;
        }
    }
    return row;
}

}  // namespace views

namespace {

/// Orders of the waiting jobs: returns, then appointments, then the earliest promise, then arrival (rule §2).
std::vector<std::string> dispatch_order(const Board& board) {
    std::vector<const Job*> waiting;
    for (const auto& order : board.open) {
        const Job& job = board.jobs.at(order);
        if (job.state == JobState::waiting) waiting.push_back(&job);
    }
    std::ranges::sort(waiting, {}, [](const Job* job) { return dispatch_key(*job); });
    std::vector<std::string> out;
    for (const Job* job : waiting) out.push_back(job->order);
    return out;
}

/// Orders waiting before each bay, first come first.
std::map<std::string, std::vector<std::string>> queues(const Board& board) {
    std::map<std::string, std::map<int, std::string>> places;
    for (const auto& order : board.open) {
        const Job& job = board.jobs.at(order);
        if (job.state == JobState::assigned && !job.parked) places[job.bay].emplace(job.queue_place, order);
    }
    std::map<std::string, std::vector<std::string>> out;
    for (const auto& [bay, line] : places) {
        for (const auto& [place, order] : line) out[bay].push_back(order);
    }
    return out;
}

/// The alerts that stand, counted by order.
std::map<std::string, int> alert_counts(const Board& board) {
    std::map<std::string, int> out;
    for (const auto& id : board.open_alerts) ++out[board.alerts.at(id).order];
    return out;
}

/// Rows of these orders.
template <class Orders>
std::vector<JobRow> job_rows(const Board& board, const Shop& shop, const Predictions& predictions, const Orders& orders,
                             Instant now) {
    const auto counts = alert_counts(board);
    std::vector<JobRow> out;
    for (const auto& order : orders) {
        out.push_back(views::job_row(board.jobs.at(order), shop, predictions, now));
        const auto found = counts.find(order);
        out.back().alerts = found == counts.end() ? 0 : found->second;
    }
    return out;
}

BayRow bay_row(const Board& board, const Bay& bay, std::vector<std::string> queue) {
    const auto holder = board.in_bay.find(bay.id);
    return {.id = bay.id,
            .label = bay.label,
            .kind = bay.kind,
            .team = bay.team,
            .order = holder == board.in_bay.end() ? std::string{} : holder->second,
            .queue = std::move(queue)};
}

}  // namespace

WorkshopView workshop_view(const Board& board, const Shop& shop, Instant now) {
    return workshop_view(board, shop, predict(board, shop, now), now);
}

WorkshopView workshop_view(const Board& board, const Shop& shop, const Predictions& predictions, Instant now) {
    WorkshopView view{.shop = shop.name, .bays = {}, .jobs = {}, .dispatch = dispatch_order(board)};
    auto lines = queues(board);
    for (const auto& bay : shop.bays) view.bays.push_back(bay_row(board, bay, std::move(lines[bay.id])));
    view.jobs = job_rows(board, shop, predictions, board.open, now);
    return view;
}

BayView bay_view(const Board& board, const Shop& shop, std::string_view bay, Instant now) {
    return bay_view(board, shop, predict(board, shop, now), bay, now);
}

BayView bay_view(const Board& board, const Shop& shop, const Predictions& predictions, std::string_view bay,
                 Instant now) {
    const Bay* known = shop.bay(bay);
    if (!known) return {.bay = {.id = std::string(bay)}, .jobs = {}};
    BayView view{.bay = bay_row(board, *known, queues(board)[known->id]), .jobs = {}};
    std::vector<std::string> orders = view.bay.queue;
    if (!view.bay.order.empty()) orders.insert(orders.begin(), view.bay.order);
    view.jobs = job_rows(board, shop, predictions, orders, now);
    return view;
}

}  // namespace baytime
