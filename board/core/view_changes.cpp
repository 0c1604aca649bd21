// When time alone changes a view.
#include "board/core/view_parts.hpp"
#include "board/core/view_rows.hpp"

#include <algorithm>

namespace baytime {

namespace {

using views::under_way;

/// The earliest of the moments considered that lie ahead.
struct Earliest {
    Instant now;
    std::optional<Instant> next{};

    void consider(Instant at) {
        if (at > now && (!next || at < *next)) next = at;
    }
    void consider(const std::optional<Instant>& at) {
        if (at) consider(*at);
    }
};

}  // namespace

std::optional<Instant> next_prediction_change(const Board& board, const Shop& shop, Instant now) {
    const bool any =
        std::ranges::any_of(board.open, [&board](const std::string& order) { return under_way(board.jobs.at(order)); });
    if (!any) return std::nullopt;
    if (shop.calendar.is_open(now)) return minute_of(now) + std::chrono::minutes(1);
    // What was clocked into the evening is in the sums from the next full minute on.
    const auto opens = shop.calendar.next_change(now);
    const auto next = minute_of(now) + std::chrono::minutes(1);
    return shop.calendar.is_open(minute_of(now)) ? std::optional(next) : opens;
}

namespace views {

std::optional<Instant> next_lounge_moment(const Job& job, const Shop& shop, Instant now) {
    Earliest earliest{.now = now};
    if (job.state == JobState::booked && job.appointment_at) {
        earliest.consider(*job.appointment_at - welcome_ahead);
        earliest.consider(*job.appointment_at + welcome_after);
    }
    if (job.state == JobState::delivered && job.delivered_at)
        earliest.consider(*job.delivered_at + shop.delivered_row_stays);
    if (!under_way(job)) return earliest.next;
    for (const auto& time : {job.promise, job.estimate, job.told_time}) {
        if (time) earliest.consider(passes_at(*time));
    }
    return earliest.next;
}

std::optional<Instant> next_job_moment(const Job& job, const Shop& shop, Instant now) {
    Earliest earliest{.now = now};
    if (job.state == JobState::booked && job.appointment_at)
        earliest.consider(*job.appointment_at + shop.appointment_overdue);
    if (under_way(job) && job.promise) earliest.consider(passes_at(*job.promise));
    return earliest.next;
}

}  // namespace views

std::optional<Instant> next_lounge_change(const Board& board, const Shop& shop, Instant now) {
    Earliest earliest{.now = now};
    for (const auto& order : board.open) earliest.consider(views::next_lounge_moment(board.jobs.at(order), shop, now));
    const auto since = board.delivered.upper_bound({now - shop.delivered_row_stays, std::string{"\x7f"}});
    if (since != board.delivered.end()) earliest.consider(since->first + shop.delivered_row_stays);
    if (shop.reveal_delay == Reveal::at_once) earliest.consider(next_prediction_change(board, shop, now));
    return earliest.next;
}

std::optional<Instant> next_view_change(const Board& board, const Shop& shop, Instant now) {
    Earliest earliest{.now = now};
    for (const auto& order : board.open) earliest.consider(views::next_job_moment(board.jobs.at(order), shop, now));
    earliest.consider(next_lounge_change(board, shop, now));
    earliest.consider(next_prediction_change(board, shop, now));
    return earliest.next;
}

}  // namespace baytime
