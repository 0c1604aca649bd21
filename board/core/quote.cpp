#include "board/core/quote.hpp"

#include "board/core/intake.hpp"
#include "board/core/prediction_chance.hpp"

#include <algorithm>

namespace baytime {

using std::chrono::minutes;

namespace {

/// Behind every promise that could be on the board.
constexpr std::chrono::hours never{20 * 366 * 24};

Instant on_step(Instant at) {
    const auto step = std::chrono::duration_cast<std::chrono::milliseconds>(promise_step);
    const auto beyond = at.time_since_epoch() % step;
    return beyond.count() == 0 ? at : at + (step - beyond);
}

}  // namespace

Quote quote(const Board& board, const Shop& shop, Job job, Instant now, Predictor* kept) {
    job.state = JobState::waiting;
    job.promise = now + never;
    job.bay.clear();
    job.arrived_at = now;
    const Instant comes = std::max(job.appointment_at.value_or(now), now);
    auto found = kept ? kept->guest(board, shop, job) : std::nullopt;
    if (!found) found = *Predictor().update(board, shop, now, &job).find(job.order);
    Quote out{.prediction = std::move(*found)};
    out.prediction.promise.reset();
    // What the car itself takes, without waiting; today's queues matter only where they last beyond the appointment.
    int steps = -out.prediction.work.remaining, queue = 0;
    for (const auto& leg : out.prediction.legs) {
        const bool waits = leg.stage == Stage::queue || leg.stage == Stage::wash_queue;
        (waits ? queue : steps) += leg.minutes;
    }
    const auto until_it_comes = static_cast<int>(shop.calendar.working_minutes(minute_of(now), comes).count());
    const int ahead = std::max(queue - until_it_comes, 0);
    const auto spread = spread_of(board, shop, job);
    const int needed = minutes_for(spread, out.prediction.work, ahead + std::max(steps, 0), honest_chance);
    const int planned = ahead + std::max(steps, 0) + out.prediction.work.remaining;
    if (comes > now) out.prediction.ready = shop.calendar.plus_working(comes, minutes{planned});
    out.honest = on_step(std::max(out.prediction.ready, shop.calendar.plus_working(minute_of(comes), minutes{needed})));
    const auto available = shop.calendar.working_minutes(minute_of(comes), out.honest + minutes{1}).count();
    out.prediction.chance =
        chance_of(spread, out.prediction.work, ahead + std::max(steps, 0), static_cast<int>(available));
    return out;
}

std::variant<Quote, Rejection> quote_named(const Board& board, const Shop& shop, Job job, Instant now) {
    std::vector<Item> items;
    if (auto refused = rules::read_items(shop, job.items, items)) return *refused;
    job.items = std::move(items);
    return quote(board, shop, std::move(job), now);
}

}  // namespace baytime
