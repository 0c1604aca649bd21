#include "board/daemon/sign_pages.hpp"

#include "board/core/plate.hpp"
#include "board/core/views.hpp"
#include "board/daemon/shop_clock.hpp"
#include "display-drivers/signs/fit.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace baytime::daemon {

using namespace std::chrono;

namespace {

/// The cars a sign may name, each with the plate as strangers may see it.
struct Car {
    JobRow row;
    std::string masked;
};

bool arrived(JobState state) {
    return state != JobState::booked && !is_closed(state);
}

std::vector<Car> cars(const Board& board, const Shop& shop, Instant now) {
    std::vector<Car> all;
    std::vector<std::string> plates;
    const bool moving = shop.reveal_delay == Reveal::at_once;  // else a sign shows what customers were told
    const auto predictions = moving ? predict(board, shop, now) : Predictions{};
    for (auto& row : workshop_view(board, shop, predictions, now).jobs) {
        if (!arrived(row.state)) continue;
        plates.push_back(row.plate);
        all.push_back({.row = std::move(row), .masked = {}});
    }
    const auto masked = masked_plates(plates);
    for (std::size_t i = 0; i < all.size(); ++i) all[i].masked = masked[i];
    return all;
}

bool still_stands_in_its_bay(const JobRow& row) {
    return row.state == JobState::inspection || (row.state == JobState::ready && !row.wash);
}

/// The cars this sign names now, in the order to show.
std::vector<Car> shown(const SignPlace& place, const Board& board, const Shop& shop, Instant now) {
    const auto& sign = place.sign;
    auto all = cars(board, shop, now);
    if (sign.bay.empty()) {
        if (sign.list == "ready") std::erase_if(all, [](const Car& car) { return car.row.state != JobState::ready; });
        std::ranges::stable_sort(all, [](const Car& one, const Car& other) {
            const bool ready = one.row.state == JobState::ready, other_ready = other.row.state == JobState::ready;
            return ready != other_ready ? ready : one.row.shown < other.row.shown;
        });
        if (all.size() > max_cars_on_a_page) all.resize(max_cars_on_a_page);
        return all;
    }
    const auto holder = board.in_bay.find(sign.bay);
    const bool held = holder != board.in_bay.end();
    std::erase_if(all, [&](const Car& car) {
        return held ? car.row.id != holder->second : car.row.bay != sign.bay || !still_stands_in_its_bay(car.row);
    });
    std::ranges::sort(all, std::greater{}, [](const Car& car) { return car.row.since; });
    if (all.size() > 1) all.resize(1);
    return all;
}

std::string local_time_text(const Shop& shop, Instant at) {
    const auto local = to_local(shop.zone, at);
    const auto minute = (local - floor<days>(local)).count();
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

signs::SignFields shop_fields(const SignPlace& place, const Shop& shop) {
    signs::SignFields fields;
    fields.shop = shop.name;
    if (const auto* bay = shop.bay(place.sign.bay)) fields.bay = bay->label;
    return fields;
}

signs::SignFields car_fields(const SignPlace& place, const Shop& shop, const Car& car, Instant now) {
    auto fields = shop_fields(place, shop);
    const auto& row = car.row;
    if (const auto* bay = shop.bay(row.bay); bay != nullptr && fields.bay.empty()) fields.bay = bay->label;
    fields.plate = place.show_full_plates ? dotted_plate(row.plate) : car.masked;
    const auto step = row.state == JobState::paused ? "paused" : name(step_of(row.state));
    fields.step = signs::step_word(step, place.sign.language);
    fields.model = row.model;
    fields.order = row.id;
    if (row.promise) fields.promise = local_time_text(shop, *row.promise);
    if (row.shown && row.state != JobState::ready) {
        const auto left = duration_cast<minutes>(minute_of(*row.shown) - minute_of(now));
        fields.left = signs::left_words(static_cast<int>(left.count()), place.sign.language);
        fields.minutes = std::to_string(std::max<std::int64_t>(left.count(), 0));
    }
    return fields;
}

signs::Meaning meaning_of(const JobRow& row) {
    if (row.state == JobState::ready) return signs::Meaning::good;
    if (row.overdue) return signs::Meaning::alarm;
    const bool moved = row.shown && row.promise && minute_of(*row.shown) > minute_of(*row.promise);
    return moved || row.state == JobState::paused ? signs::Meaning::attention : signs::Meaning::normal;
}

signs::ShortWords short_words(const SignPlace& place, const Car& car, Instant now) {
    const auto& row = car.row;
    const auto language = place.sign.language;
    signs::ShortWords out;
    out.step = signs::short_step_word(row.state == JobState::paused ? "paused" : name(step_of(row.state)), language);
    // Like the long form (car_fields): what the customer was told, and nothing once the car is ready.
    if (!row.shown || row.state == JobState::ready) return out;
    const auto left = duration_cast<minutes>(minute_of(*row.shown) - minute_of(now));
    out.left = signs::short_left_words(static_cast<int>(left.count()), language);
    return out;
}

/// The longest words that fit this sign's glass.
signs::Page rendered(const SignPlace& place, const signs::Template& form, const signs::SignFields& fields,
                     signs::Meaning meaning, signs::ShortWords shorter = {}) {
    const auto* driver = signs::find_driver(place.sign.driver);
    if (driver == nullptr) return form.render(fields, meaning);
    shorter.bay = signs::short_bay_word(fields.bay, place.sign.language);
    shorter.bay_number = signs::bay_number(fields.bay);
    return signs::fitted_page(form, fields, shorter, meaning, *driver, place.sign.setup);
}

}  // namespace

signs::Page sign_page(const SignPlace& place, const Board& board, const Shop& shop, Instant now) {
    const auto all = shown(place, board, shop, now);
    const auto& text = place.sign.text;
    if (all.empty()) return rendered(place, text.idle, shop_fields(place, shop), signs::Meaning::normal);
    signs::Page page;
    for (const auto& car : all) {
        auto fields = car_fields(place, shop, car, now);
        fields.count = std::to_string(all.size());
        const auto& form = car.row.state == JobState::ready ? text.ready : text.state;
        auto one = rendered(place, form, fields, meaning_of(car.row), short_words(place, car, now));
        std::ranges::move(one.lines, std::back_inserter(page.lines));
    }
    return page;
}

std::optional<Notice> ready_notice(const SignPlace& place, const Board& board, const Shop& shop, Instant now,
                                   Instant after) {
    const Car* newest = nullptr;
    const auto all = shown(place, board, shop, now);
    for (const auto& car : all) {
        const bool fresh = car.row.state == JobState::ready && car.row.since > after;
        if (fresh && (newest == nullptr || car.row.since > newest->row.since)) newest = &car;
    }
    if (newest == nullptr) return std::nullopt;
    const auto fields = car_fields(place, shop, *newest, now);
    return Notice{
        .id = fmt::format("{}@{}", newest->row.id, newest->row.since.time_since_epoch().count()),
        .page = rendered(place, place.sign.text.ready, fields, signs::Meaning::good, short_words(place, *newest, now)),
        .since = newest->row.since};
}

std::optional<Notice> alert_notice(const SignPlace& place, const Board& board, const Shop& shop, Instant now) {
    if (!place.show_alerts || place.sign.bay.empty()) return std::nullopt;
    const Alert* alert = nullptr;
    const auto view = alerts_view(board, shop, now);
    for (const auto& one : view.alerts) {
        const bool open = one.bay == place.sign.bay && !one.acknowledged_at;
        if (open && (alert == nullptr || one.since > alert->since)) alert = &one;
    }
    if (alert == nullptr) return std::nullopt;
    const auto plate = place.show_full_plates ? dotted_plate(alert->plate) : masked_plates({alert->plate}).front();
    const auto* bay = shop.bay(place.sign.bay);
    const auto* const words = place.sign.setup.shape.rows < 16 ? "{bay} {plate} {step}" : "{bay} {plate}\n{step}";
    const signs::SignFields fields{.bay = bay == nullptr ? place.sign.bay : bay->label,
                                   .plate = plate,
                                   .step = signs::alert_word(alert->kind, place.sign.language)};
    const auto form = std::get<signs::Template>(signs::Template::parse(words));
    auto page = rendered(place, form, fields, signs::Meaning::alarm);
    // The word is what the page is for: where it does not fit, everything runs.
    if (signs::text_of(page).find(fields.step) == std::string::npos) page = form.render(fields);
    for (auto& line : page.lines) {
        for (auto& segment : line) segment.meaning = signs::Meaning::alarm;
    }
    return Notice{.id = alert->id, .page = std::move(page), .since = alert->since};
}

bool is_idle(const SignPlace& place, const Board& board, const Shop& shop, Instant now) {
    return shown(place, board, shop, now).empty();
}

signs::Page neutral_page(const SignPlace& place, const Shop& shop) {
    return rendered(place, place.sign.text.neutral, shop_fields(place, shop), signs::Meaning::normal);
}

signs::Page stale_page(const SignPlace& place, const Shop& shop) {
    return rendered(place, place.sign.text.stale, shop_fields(place, shop), signs::Meaning::attention);
}

std::optional<Instant> next_sign_change(const std::vector<SignPlace>& places, const Board& board, const Shop& shop,
                                        Instant now) {
    if (places.empty()) return std::nullopt;
    for (const auto& car : cars(board, shop, now)) {
        // The minutes left count down, and a promise passes, on the full minute.
        if (car.row.state != JobState::ready && car.row.shown && *car.row.shown + minutes{1} > now)
            return minute_of(now) + minutes{1};
    }
    return std::nullopt;
}

}  // namespace baytime::daemon
