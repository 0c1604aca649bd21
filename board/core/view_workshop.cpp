// What staff see: every open job, every bay with its queue, and the suggested order of dispatch.
#include "board/core/view_parts.hpp"
#include "board/core/view_rows.hpp"

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

JobRow job_row(const Board& board, const Job& job, const Shop& shop, const Predictions& predictions, Instant now) {
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
    const auto alerts = board.alerts_of.find(job.order);
    row.alerts = alerts == board.alerts_of.end() ? 0 : static_cast<int>(alerts->second.size());
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

BayRow bay_row(const Board& board, const Bay& bay) {
    BayRow row{.id = bay.id, .label = bay.label, .kind = bay.kind, .team = bay.team};
    if (const auto holder = board.in_bay.find(bay.id); holder != board.in_bay.end()) row.order = holder->second;
    const auto queue = board.queues.find(bay.id);
    if (queue == board.queues.end()) return row;
    for (const auto& [place, order] : queue->second) row.queue.push_back(order);
    return row;
}

std::vector<std::string> dispatch_order(const Board& board) {
    std::vector<std::string> out;
    for (const auto& [key, order] : board.waiting) out.push_back(order);
    return out;
}

}  // namespace views

WorkshopView workshop_view(const Board& board, const Shop& shop, Instant now) {
    return workshop_view(board, shop, predict(board, shop, now), now);
}

WorkshopView workshop_view(const Board& board, const Shop& shop, const Predictions& predictions, Instant now) {
    WorkshopView view{.shop = shop.name, .bays = {}, .jobs = {}, .dispatch = views::dispatch_order(board)};
    for (const auto& bay : shop.bays) view.bays.push_back(views::bay_row(board, bay));
    for (const auto& order : board.open)
        view.jobs.push_back(views::job_row(board, board.jobs.at(order), shop, predictions, now));
    return view;
}

BayView bay_view(const Board& board, const Shop& shop, std::string_view bay, Instant now) {
    return bay_view(board, shop, predict(board, shop, now), bay, now);
}

BayView bay_view(const Board& board, const Shop& shop, const Predictions& predictions, std::string_view bay,
                 Instant now) {
    const Bay* known = shop.bay(bay);
    if (!known) return {.bay = {.id = std::string(bay)}, .jobs = {}};
    BayView view{.bay = views::bay_row(board, *known), .jobs = {}};
    const auto add = [&](const std::string& order) {
        view.jobs.push_back(views::job_row(board, board.jobs.at(order), shop, predictions, now));
    };
    if (!view.bay.order.empty()) add(view.bay.order);
    for (const auto& order : view.bay.queue) add(order);
    return view;
}

}  // namespace baytime
