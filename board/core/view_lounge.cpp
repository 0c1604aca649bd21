// What the customer sees. Masking is the law here: no full plate, no name, no phone, no order number (rule §8).
#include "board/core/due.hpp"
#include "board/core/duty.hpp"
#include "board/core/plate.hpp"
#include "board/core/view_parts.hpp"
#include "board/core/view_rows.hpp"

#include <algorithm>
#include <tuple>

namespace baytime {

std::optional<Instant> customer_time(const Job& job, const Shop& shop, const Predictions& predictions) {
    if (shop.reveal_delay == Reveal::when_told) return job.told_time ? job.told_time : job.promise;
    return time_to_tell(job, predictions);
}

namespace {

bool is_over(const Job& job) {
    return job.state == JobState::ready || job.state == JobState::delivered;
}

/// The promise, the time to expect, and whether that has moved (rule §3).
void put_times(const Job& job, const Shop& shop, const Predictions& predictions, Instant now, LoungeRow& row) {
    const bool repromised =
        job.promise && job.original_promise && minute_of(*job.promise) != minute_of(*job.original_promise);
    row.promise = repromised ? job.original_promise : job.promise;
    if (is_over(job)) {
        row.expected = job.ready_at;
        return;
    }
    row.expected = customer_time(job, shop, predictions);
    row.moved = repromised || (row.expected && row.promise && minute_of(*row.expected) > minute_of(*row.promise));
    const auto known = job.told_time ? job.told_time : job.promise;
    row.told = row.moved && known && row.expected && minute_of(*row.expected) <= minute_of(*known);
    row.overdue = row.expected && views::passed(*row.expected, now);
}

/// What the wall keeps to itself until the advisor has spoken, it does not deny either.
bool in_doubt(const Board& board, const Job& job) {
    const bool untold = known_late(job) && (!job.told_time || minute_of(*job.told_time) < minute_of(*job.estimate));
    return untold || stands(board, AlertKind::at_risk, job.order) || stands(board, AlertKind::overdue, job.order);
}

}  // namespace

namespace views {

LoungeRow lounge_row(const Board& board, const Job& job, const Shop& shop, const Predictions& predictions,
                     Instant now) {
    LoungeRow row{.id = std::to_string(job.first_seq), .plate = job.plate};
    row.model = masked_text(job.model, job.customer, job.plate);
    if (!job.items.empty()) row.work = masked_text(job.items.front().name, job.customer, job.plate);
    row.type = job.type;
    if (const Bay* bay = shop.bay(job.bay)) row.bay = bay->label;
    row.step = step_of(job.state);
    row.paused_for = job.paused_for;
    row.delivered = job.state == JobState::delivered;
    put_times(job, shop, predictions, now, row);
    row.on_track = is_over(job) || !in_doubt(board, job);
    return row;
}

LoungePlace lounge_place(const Job& job) {
    const int group = job.state == JobState::ready ? 0 : job.state == JobState::delivered ? 2 : 1;
    const auto time = group == 0 ? job.ready_at : group == 2 ? job.delivered_at : job.promise;
    return {group, time, job.arrived_at, job.first_seq};
}

bool in_lounge(const Job& job, const Shop& shop, Instant now) {
    if (job.state == JobState::delivered) return job.delivered_at && *job.delivered_at > now - shop.delivered_row_stays;
    return !is_closed(job.state) && job.state != JobState::booked;
}

std::optional<Welcome> welcome_of(const Job& job, Instant now) {
    if (job.state != JobState::booked || !job.appointment_at) return std::nullopt;
    const Instant at = *job.appointment_at;
    if (now < at - welcome_ahead || now >= at + welcome_after) return std::nullopt;
    std::string address = form_of_address(job.customer);
    if (address.empty()) return std::nullopt;
    return Welcome{.id = std::to_string(job.first_seq), .address = std::move(address), .at = at};
}

}  // namespace views

namespace {

std::vector<const Job*> shown_jobs(const Board& board, const Shop& shop, Instant now) {
    std::vector<const Job*> out;
    for (const auto& order : board.open) {
        const Job& job = board.jobs.at(order);
        if (views::in_lounge(job, shop, now)) out.push_back(&job);
    }
    const auto since = board.delivered.upper_bound({now - shop.delivered_row_stays, std::string{"\x7f"}});
    for (auto each = since; each != board.delivered.end(); ++each) out.push_back(&board.jobs.at(each->second));
    std::ranges::sort(out, {}, [](const Job* job) { return views::lounge_place(*job); });
    return out;
}

std::vector<Welcome> welcomes(const Board& board, Instant now) {
    std::vector<Welcome> out;
    for (const auto& order : board.open) {
        if (auto one = views::welcome_of(board.jobs.at(order), now)) out.push_back(std::move(*one));
    }
    std::ranges::sort(out, {}, [](const Welcome& each) { return std::tuple(each.at, each.id); });
    return out;
}

}  // namespace

LoungeView lounge_view(const Board& board, const Shop& shop, Instant now) {
    const bool needed = shop.reveal_delay == Reveal::at_once;
    return lounge_view(board, shop, needed ? predict(board, shop, now) : Predictions{}, now);
}

LoungeView lounge_view(const Board& board, const Shop& shop, const Predictions& predictions, Instant now) {
    LoungeView view{.shop = shop.name, .rows = {}, .welcomes = welcomes(board, now)};
    std::vector<std::string> plates;
    for (const Job* job : shown_jobs(board, shop, now)) {
        view.rows.push_back(views::lounge_row(board, *job, shop, predictions, now));
        plates.push_back(job->plate);
    }
    const auto masked = masked_plates(plates);
    for (std::size_t i = 0; i < masked.size(); ++i) view.rows[i].plate = masked[i];
    return view;
}

}  // namespace baytime
