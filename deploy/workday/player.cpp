#include "deploy/workday/player.hpp"

#include <algorithm>

namespace baytime::workday {
namespace {

namespace json = protocol::json;

constexpr std::chrono::milliseconds look_around{200};
constexpr std::chrono::seconds first_view_limit{15};
constexpr auto normal_opening = std::chrono::hours(8);
constexpr auto opening_tolerance = std::chrono::minutes(45);
constexpr auto longest_day = std::chrono::minutes(13 * 60);
constexpr auto too_long_ago = std::chrono::minutes(60);
constexpr int first_number = 1001;
constexpr int numbers_a_day = 100;  ///< orders of the next day begin this much higher
constexpr int most_errors_of_a_car = 3;

std::chrono::milliseconds time_of_day(Instant at, const cli::Offset& offset) {
    const auto local = at.time_since_epoch() + offset.at(at);
    return local - std::chrono::floor<std::chrono::days>(local);
}

}  // namespace

Player::Player(Options options, GiveUp stop)
    : options_(std::move(options)),
      stop_(std::move(stop)),
      speaker_(options_.settings, options_.verbose, stop_),
      feed_(options_.settings, {"workshop", "alerts"}, [this](const json::object& params) {
          const auto* view = params.if_contains("view");
          if (view == nullptr || *view != "workshop") return;  // a newer alert says nothing about the cars
          if (const auto* seq = params.if_contains("seq")) view_seq_ = seq->to_number<std::uint64_t>();
          view_is_new_ = true;
      }) {}

void Player::play(const std::function<void()>& tick) {
    const auto give_up = std::chrono::steady_clock::now() + first_view_limit;
    while (feed_.view("workshop") == nullptr && !stop_()) {
        feed_.turn(look_around, -1);
        if (std::chrono::steady_clock::now() > give_up) {
            throw cli::Trouble(cli::no_connection, "no-connection", "the daemon shows no workshop");
        }
    }
    if (stop_()) return;
    look();
    first_day();
    while (!stop_()) {
        tick();
        feed_.turn(look_around, -1);
        look();
        if (feed_.connected()) step(feed_.now().value_or(now_));
        if (!day_is_over()) continue;
        if (!options_.loop) return;
        delivered_before_ = delivered();
        begin_day(first_number + (day_ + 1) * numbers_a_day, now_ + Minutes(minutes_before_opening));
    }
}

void Player::look() {
    if (!view_is_new_ || feed_.view("workshop") == nullptr) return;
    view_is_new_ = false;
    const auto view = protocol::from_json<WorkshopView>(json::value(*feed_.view("workshop")));
    floor_.sync(view, view_seq_, feed_.now().value_or(now_));
}

void Player::begin_day(int number, Instant opening) {
    day_ = (number - first_number) / numbers_a_day;
    opening_ = minute_of(opening);
    visits_ = make_day(options_.seed + static_cast<unsigned>(day_), number);
    floor_.begin(visits_, options_.seed + static_cast<unsigned>(day_));
    foreman_due_ = {};
    view_is_new_ = true;
    look();
}

bool Player::knows(const std::string& order) {
    try {
        cli::call_once(options_.settings, "show", {{"order", order}}, false);
        return true;
    } catch (const cli::Trouble& trouble) {
        if (trouble.code == cli::no_connection) throw;
        return false;
    }
}

// The first number whose day is not on the board is the next day to play; the one before may still run.
void Player::find_running_day() {
    while (knows("R" + std::to_string(first_number + day_ * numbers_a_day))) ++day_;
}

void Player::first_day() {
    now_ = feed_.now().value_or(Instant{});
    find_running_day();
    if (options_.from_now && day_ > 0) {
        begin_day(first_number + (day_ - 1) * numbers_a_day, now_);
        const auto first = cli::call_once(options_.settings, "show", {{"order", visits_.front().order}}, false);
        const auto* arrived = first.if_contains("arrived_at");
        const auto at = arrived == nullptr ? std::nullopt : protocol::from_iso(std::string_view(arrived->as_string()));
        if (at) opening_ = minute_of(*at) - Minutes(visits_.front().arrives);
        if (now_ < opening_ + longest_day) {
            for (CarState& car : floor_.cars()) resume(car);
            return;
        }
        ++day_;
    }
    // Near opening time the day has the hours of the shop; at any other time it begins now.
    const auto day_time = time_of_day(now_, feed_.offset());
    const bool near = day_time > normal_opening - opening_tolerance && day_time < normal_opening + opening_tolerance;
    begin_day(first_number + day_ * numbers_a_day,
              near ? now_ - std::chrono::duration_cast<std::chrono::milliseconds>(day_time - normal_opening) : now_);
    catch_up();
}

// The hour before the opening passes at once: the cars of the early morning come with the time they came.
void Player::catch_up() {
    catching_up_ = true;
    for (Instant at = opening_ - Minutes(minutes_before_opening); at < now_ && !stop_(); at += Minutes(1)) {
        const Instant keep = now_;
        step(at);
        now_ = keep;
    }
    catching_up_ = false;
}

int Player::delivered() const {
    const auto& cars = const_cast<Floor&>(floor_).cars();
    return delivered_before_ +
           static_cast<int>(std::ranges::count_if(cars, [](const auto& car) { return car.is(JobState::delivered); }));
}

bool Player::day_is_over() const {
    if (now_ > opening_ + longest_day) return true;
    const auto& cars = const_cast<Floor&>(floor_).cars();
    return std::ranges::all_of(cars,
                               [](const CarState& car) { return car.over() || car.errors >= most_errors_of_a_car; });
}

void Player::step(Instant now) {
    now_ = now;
    for (CarState& car : floor_.cars()) {
        if (!stop_() && !car.skipped && car.errors < most_errors_of_a_car) act(car);
    }
    if (!stop_()) answer_questions();
    if (!stop_()) dispatch();
}

void Player::act(CarState& car) {
    if (!car.state || car.is(JobState::booked)) return not_here_yet(car);
    chores(car);
    if (now_ < car.due) return;
    switch (*car.state) {
        case JobState::waiting: return waiting(car);
        case JobState::assigned: return assigned(car);
        case JobState::in_progress: return in_progress(car);
        case JobState::paused: return paused(car);
        case JobState::inspection: return inspection(car);
        case JobState::washing: return washing(car);
        case JobState::ready: return hand_over(car);
        case JobState::delivered: return call_back(car);
        default: return;
    }
}

bool Player::say(CarState& car, Way way, Order order, const std::string& awaited) {
    order.order = car.visit->order;
    const Answer answer =
        speaker_.say(way, std::move(order), catching_up_ ? std::optional(now_) : std::nullopt, awaited);
    if (!answer.ok) {
        if (awaited.empty() || answer.token != awaited) ++car.errors;
        car.due = now_ + Minutes(4);
        return false;
    }
    car.seq = answer.seq;
    const auto state = from_name<JobState>(answer.state);
    if (state && state != car.state) {
        car.state = state;
        car.since = now_;
    }
    return true;
}

void Player::wait(CarState& car, int least, int most) {
    // Scattered by the second, so that not everything happens on the full minute.
    car.due = now_ + Minutes(car.dice.between(least, most)) - std::chrono::seconds(car.dice.between(0, 50));
}

void Player::resume(CarState& car) {
    json::object shown;
    try {
        shown = cli::call_once(options_.settings, "show", {{"order", car.visit->order}}, false);
    } catch (const cli::Trouble& trouble) {
        if (trouble.code == cli::no_connection) throw;
        // Not on the board yet. Who should have come long ago is left out.
        car.skipped = arrival(*car.visit) + too_long_ago < now_;
        return;
    }
    const auto job = protocol::from_json<Job>(json::value(shown));
    car.state = job.state;
    car.bay = job.bay;
    car.technician = floor_.worker_of(job.order);
    car.parked = job.parked;
    car.since = job.since;
    car.level = std::max(1, job.passed_level);
    car.promise = job.promise.value_or(now_);
    car.seq = car.assigned_seq = job.last_seq;
    wait(car, 1, 4);
    // What may have happened already does not happen again.
    car.done = {.added = true,
                .answered = true,
                .parts = true,
                .late = true,
                .told = true,
                .failed = true,
                .slipped = true,
                .estimated = true,
                .corrected = true,
                .moved_booking = true,
                .called_back = job.call_back.has_value(),
                .tried = true};
    if (job.state == JobState::booked || job.state == JobState::waiting) car.done = Done{.moved_booking = true};
}

}  // namespace baytime::workday
