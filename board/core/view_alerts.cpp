// What somebody should act on now, and when time alone changes a view.
#include "board/core/view_parts.hpp"

#include <algorithm>
#include <tuple>

namespace baytime {

namespace {

using views::under_way;

struct Finding {
    const Board& board;
    const Shop& shop;
    Instant now;
    std::vector<Alert> alerts;

    void raise(const Job& job, const char* kind, Role whom, Instant since) {
        alerts.push_back({.id = std::string(kind) + ":" + job.order,
                          .kind = kind,
                          .order = job.order,
                          .plate = job.plate,
                          .bay = job.bay,
                          .whom = whom,
                          .since = since});
    }

    void look_at(const Job& job) {
        if (job.state == JobState::booked && job.appointment_at &&
            now >= *job.appointment_at + shop.appointment_overdue) {
            raise(job, "appointment_overdue", Role::advisor, *job.appointment_at + shop.appointment_overdue);
        }
        if (!under_way(job)) return;
        if (job.promise && views::passed(*job.promise, now)) {
            raise(job, "overdue", Role::foreman, views::passes_at(*job.promise));
        }
        const bool later = job.estimate && job.promise && minute_of(*job.estimate) > minute_of(*job.promise);
        if (later && !job.told) raise(job, "delay", Role::advisor, job.estimated_at.value_or(job.newest_at));
        if (job.asked_at) raise(job, "consent_open", Role::advisor, *job.asked_at);
        const bool failed = !job.inspections.empty() && !job.inspections.back().passed;
        if (failed && job.state == JobState::assigned) {
            raise(job, "inspection_failed", Role::lead, job.inspections.back().at);
        }
    }
};

}  // namespace

AlertsView alerts_view(const Board& board, const Shop& shop, Instant now) {
    Finding finding{.board = board, .shop = shop, .now = now, .alerts = {}};
    for (const auto& order : board.open) finding.look_at(board.jobs.at(order));
    std::ranges::sort(finding.alerts, {}, [](const Alert& each) { return std::tuple(each.since, each.id); });
    return {.alerts = std::move(finding.alerts)};
}

std::optional<Instant> next_view_change(const Board& board, const Shop& shop, Instant now) {
    std::optional<Instant> next;
    const auto consider = [&](Instant at) {
        if (at > now && (!next || at < *next)) next = at;
    };
    for (const auto& order : board.open) {
        const Job& job = board.jobs.at(order);
        if (job.state == JobState::booked && job.appointment_at) {
            consider(*job.appointment_at - views::welcome_ahead);
            consider(*job.appointment_at + views::welcome_after);
            consider(*job.appointment_at + shop.appointment_overdue);
        }
        if (!under_way(job)) continue;
        if (job.promise) consider(views::passes_at(*job.promise));
        if (job.estimate) consider(views::passes_at(*job.estimate));
    }
    const auto since = board.delivered.upper_bound({now - shop.delivered_row_stays, std::string{"\x7f"}});
    if (since != board.delivered.end()) consider(since->first + shop.delivered_row_stays);
    return next;
}

}  // namespace baytime
