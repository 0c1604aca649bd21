// What advisors owe their customers.
#include "board/core/duty.hpp"

#include "board/core/due.hpp"
#include "board/core/view_parts.hpp"

#include <algorithm>
#include <tuple>

namespace baytime {

namespace {

/// Every moment at which the customer heard something, in order.
std::vector<Instant> heard(const Job& job) {
    std::vector<Instant> out;
    if (job.arrived_at) out.push_back(*job.arrived_at);
    for (const auto& contact : job.contacts) out.push_back(contact.at);
    for (const auto& agreed : job.new_times) out.push_back(agreed.at);
    for (const auto& item : job.items) {
        if (item.answered_at) out.push_back(*item.answered_at);
    }
    std::ranges::sort(out);
    return out;
}

std::optional<Instant> untold_delay(const Job& job) {
    if (!known_late(job) || job.told) return std::nullopt;
    return job.estimated_at.value_or(job.newest_at);
}

struct Owing {
    const Shop& shop;
    const Predictions& predictions;
    Instant now;
    std::vector<Duty> out{};

    void add(const Job& job, DutyKind what, Instant since, Instant by) {
        out.push_back({.id = name(what) + ":" + job.order,
                       .order = job.order,
                       .plate = job.plate,
                       .advisor = job.advisor,
                       .customer = job.customer,
                       .phone = job.phone,
                       .what = what,
                       .expected = known_late(job) ? time_to_tell(job, predictions) : job.expected(),
                       .since = since,
                       .by = by,
                       .late = views::passed(by, now)});
    }

    void look_at(const Job& job) {
        if (job.state == JobState::booked && job.appointment_at) {
            const bool called = !job.contacts.empty() && job.contacts.back().at >= *job.appointment_at;
            const Instant by = *job.appointment_at + shop.appointment_overdue;
            if (!called && now >= *job.appointment_at) add(job, DutyKind::call_guest, *job.appointment_at, by);
        }
        if (!views::under_way(job)) return;
        // The customer hears of it before the promise passes; what became known later, at once.
        const auto by = [&job](Instant since) { return std::max(job.promise.value_or(since), since); };
        if (const auto since = untold_delay(job)) add(job, DutyKind::tell_delay, *since, by(*since));
        if (job.untold_work_at) add(job, DutyKind::tell_work, *job.untold_work_at, by(*job.untold_work_at));
        if (job.asked_at && !job.untold_work_at) add(job, DutyKind::get_answer, *job.asked_at, by(*job.asked_at));
        if (const auto due = contact_due(job, shop)) add(job, DutyKind::keep_contact, *last_heard(job), *due);
    }
};

}  // namespace

std::optional<Instant> time_to_tell(const Job& job, const Predictions& predictions) {
    const auto said = job.expected();
    const auto* prediction = said ? predictions.find(job.order) : nullptr;
    return prediction ? std::max(*said, prediction->ready) : said;
}

std::optional<Instant> untold_since(const Job& job) {
    const auto delay = untold_delay(job);
    if (!delay || !job.untold_work_at) return delay ? delay : job.untold_work_at;
    return std::min(*delay, *job.untold_work_at);
}

std::optional<Instant> last_heard(const Job& job) {
    const auto all = heard(job);
    return all.empty() ? std::nullopt : std::optional(all.back());
}

std::optional<Instant> contact_due(const Job& job, const Shop& shop) {
    if (!job.waiting || !job.arrived_at || !views::under_way(job)) return std::nullopt;
    return *last_heard(job) + shop.contact_every;
}

std::optional<std::chrono::minutes> longest_silence(const Job& job, Instant now) {
    if (!job.waiting || !job.arrived_at) return std::nullopt;
    const bool over = is_closed(job.state);
    const Instant end = job.ready_at ? *job.ready_at : over ? job.since : now;
    std::chrono::milliseconds longest{0};
    Instant before = *job.arrived_at;
    for (const Instant at : heard(job)) {
        if (at > end) break;
        longest = std::max(longest, at - before);
        before = at;
    }
    return std::chrono::floor<std::chrono::minutes>(std::max(longest, end - before));
}

std::vector<Duty> duties(const Board& board, const Shop& shop, const Predictions& predictions, std::string_view advisor,
                         Instant now) {
    Owing owing{.shop = shop, .predictions = predictions, .now = now};
    for (const auto& order : board.open) {
        const Job& job = board.jobs.at(order);
        if (advisor.empty() || job.advisor == advisor) owing.look_at(job);
    }
    std::ranges::sort(owing.out, {}, [](const Duty& one) { return std::tuple(one.by, one.id); });
    return std::move(owing.out);
}

}  // namespace baytime
