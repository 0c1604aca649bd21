#include "board/daemon/sign_wall.hpp"

#include "board/daemon/log.hpp"
#include "board/daemon/sign_health.hpp"
#include "board/daemon/sign_hours.hpp"
#include "board/daemon/sign_pages.hpp"
#include "display-drivers/signs/setup.hpp"
#include "display-drivers/signs/sign_link.hpp"

#include <fmt/format.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <map>

namespace baytime::daemon {

namespace json = boost::json;
using signs::Urgency;

namespace {

/// Within this a sign must show its neutral text when the daemon stops; the daemon itself has five seconds.
constexpr std::chrono::milliseconds longest_stop{4'000};
/// A page is believed so long after it was last held against the board; then the sign falls back to its stale text.
constexpr std::chrono::minutes believed{10};
constexpr std::chrono::minutes confirm_every{4};
constexpr std::chrono::seconds alert_hold{30};

std::string line_key(const signs::PortSettings& port) {
    return fmt::format("{}|{}|{}|{}", signs::port_name(port), port.baud, port.auto_baud, static_cast<int>(port.format));
}

}  // namespace

struct SignWall::State : std::enable_shared_from_this<State> {
    struct Hung {
        SignPlace place;
        std::unique_ptr<signs::SignLink> link;
        Instant ready_after{};               ///< cars ready before are old news
        std::string ready_id{}, alert_id{};  ///< told already
        Steady::time_point test_until{};     ///< a test text takes the place of alerts so long
    };

    State(boost::asio::io_context& context, House& of, const signs::LinkTiming& waits)
        : io(context), house(of), timing(waits), confirm_timer(io), day_timer(io) {
        timing.stop = longest_stop;
    }

    boost::asio::io_context& io;
    House& house;
    signs::LinkTiming timing;
    boost::asio::steady_timer confirm_timer, day_timer;
    std::vector<Hung> signs;
    std::vector<std::unique_ptr<signs::SignLink>> leaving;  ///< show their neutral text and close
    std::map<std::string, signs::SignLine> lines;
    std::map<std::string, signs::SignTrace> traces;  ///< by sign
    Instant began{};                                 ///< a little before this daemon's first moment
    bool ending = false;                             ///< for good

    const std::string& zone() const { return house.settings->shop.zone; }
    Hung* find(const std::string& name);
    void hang_missing();
    void hang(const SignPlace& place);
    void refresh();
    void refresh(Hung& sign, Instant now);
    void notice(Hung& sign, Instant now);
    void let_go_of_changed();
    void arm_confirmation();
    void arm_midnight();
    void set_clock(Hung& sign);
};

SignWall::State::Hung* SignWall::State::find(const std::string& name) {
    const auto found = std::ranges::find(signs, name, [](const Hung& hung) { return hung.place.sign.name; });
    return found == signs.end() ? nullptr : &*found;
}

/// What the settings name and does not hang yet. In the order of the settings afterwards.
void SignWall::State::hang_missing() {
    const auto& places = house.settings->signs;
    for (const auto& place : places) {
        if (find(place.sign.name) == nullptr) hang(place);
    }
    std::ranges::sort(signs, {}, [&places](const Hung& hung) {
        return std::ranges::find(places, hung.place.sign.name, [](const SignPlace& one) { return one.sign.name; }) -
               places.begin();
    });
    refresh();
}

void SignWall::State::hang(const SignPlace& place) {
    const auto log = [name = place.sign.name](signs::LogLevel level, const std::string& text) {
        log::write(level == signs::LogLevel::info ? log::Level::info : log::Level::warn, "sign",
                   {{"name", name}, {"says", text}});
    };
    const auto key = line_key(place.sign.port);
    const auto line = lines.try_emplace(key, io, place.sign.port, timing).first;
    Hung sign{
        .place = place, .link = std::make_unique<signs::SignLink>(line->second, place.sign, log), .ready_after = began};
    if (const auto traced = traces.find(place.sign.name); traced != traces.end()) sign.link->trace(traced->second);
    set_clock(sign);
    signs.push_back(std::move(sign));
}

void SignWall::State::set_clock(Hung& sign) {
    const auto now = [weak = weak_from_this()] {
        const auto state = weak.lock();
        return state ? sign_clock(state->zone(), state->house.clock.now()) : signs::SignClock{};
    };
    sign.link->set_clock(now);
}

void SignWall::State::refresh() {
    if (ending) return;
    const auto now = house.clock.now();
    for (auto& sign : signs) refresh(sign, now);
}

void SignWall::State::refresh(Hung& sign, Instant now) {
    const auto& shop = house.workshop.shop();
    const auto& board = house.workshop.board();
    const auto until = Steady::now() + believed;
    const auto& night = sign.place.night;
    const bool dimmed = night && is_night(*night, zone(), now);
    sign.link->set_brightness(dimmed ? night->brightness : sign.place.sign.setup.brightness);
    sign.link->otherwise(stale_page(sign.place, shop));
    const bool dark = dimmed && night->off, sound = house.workshop.sound();
    if (dark || !sound) {
        for (const auto urgency : {Urgency::idle, Urgency::ready, Urgency::alert}) sign.link->withdraw(urgency);
        auto page = dark ? signs::Page{} : stale_page(sign.place, shop);
        return sign.link->show(
            {.page = std::move(page), .urgency = Urgency::state, .held_until = {}, .expires = until});
    }
    const bool idle = is_idle(sign.place, board, shop, now);
    sign.link->show({.page = sign_page(sign.place, board, shop, now),
                     .urgency = idle ? Urgency::idle : Urgency::state,
                     .held_until = {},
                     .expires = until});
    sign.link->withdraw(idle ? Urgency::state : Urgency::idle);
    notice(sign, now);
}

/// What takes over the glass for a while: told once, then it is part of the ordinary page.
void SignWall::State::notice(Hung& sign, Instant now) {
    if (Steady::now() < sign.test_until) return;
    const auto& shop = house.workshop.shop();
    const auto& board = house.workshop.board();
    const auto tell = [&sign](const std::optional<Notice>& what, std::string& told, Urgency urgency,
                              std::chrono::seconds hold) {
        if (!what) sign.link->withdraw(urgency);
        if (what && what->id != told) {
            const auto until = Steady::now() + hold;
            sign.link->show({.page = what->page, .urgency = urgency, .held_until = until, .expires = until});
        }
        told = what ? what->id : std::string();
    };
    const auto hold = sign.place.ready_hold;
    const auto ready = ready_notice(sign.place, board, shop, now, sign.ready_after);
    if (hold.count() > 0) tell(ready, sign.ready_id, Urgency::ready, hold);
    // It stays the newest until another one follows; those before it are not told again when it leaves.
    if (ready) sign.ready_after = ready->since - Instant::duration{1};
    tell(alert_notice(sign.place, board, shop, now), sign.alert_id, Urgency::alert, alert_hold);
}

/// Signs that are described alike keep their link and their glass, and only take their new texts.
void SignWall::State::let_go_of_changed() {
    const auto& places = house.settings->signs;
    const auto left = std::make_shared<std::size_t>(0);
    const auto one_left = [weak = weak_from_this(), left] {
        if (--*left > 0) return;
        const auto state = weak.lock();
        if (!state || state->ending) return;
        state->leaving.clear();
        state->hang_missing();
    };
    std::vector<Hung> kept;
    for (auto& sign : signs) {
        const auto fresh =
            std::ranges::find(places, sign.place.sign.name, [](const SignPlace& one) { return one.sign.name; });
        if (fresh != places.end() && signs::same_link(fresh->sign, sign.place.sign)) {
            sign.place = *fresh;
            kept.push_back(std::move(sign));
            continue;
        }
        ++*left;
        sign.link->stop(neutral_page(sign.place, house.workshop.shop()), one_left);
        leaving.push_back(std::move(sign.link));
    }
    signs = std::move(kept);
}

void SignWall::State::arm_confirmation() {
    confirm_timer.expires_after(confirm_every);
    confirm_timer.async_wait([weak = weak_from_this()](const boost::system::error_code& cancelled) {
        const auto state = weak.lock();
        if (cancelled || !state) return;
        state->refresh();
        state->arm_confirmation();
    });
}

/// Some signs do not advance the date, so every clock is set once a day.
void SignWall::State::arm_midnight() {
    const auto midnight = next_midnight(zone(), house.clock.now());
    const auto wait = house.clock.until(midnight);
    if (!wait) return;
    day_timer.expires_after(*wait);
    day_timer.async_wait([weak = weak_from_this(), midnight](const boost::system::error_code& cancelled) {
        const auto state = weak.lock();
        if (cancelled || !state) return;
        // A long wait ends early, because the system's clock may be set meanwhile.
        if (state->house.clock.now() >= midnight) {
            for (auto& sign : state->signs) state->set_clock(sign);
        }
        state->arm_midnight();
    });
}

SignWall::SignWall(boost::asio::io_context& io, House& house, signs::LinkTiming timing)
    : state_(std::make_shared<State>(io, house, timing)) {
    state_->began = house.clock.now() - Instant::duration{1};
    state_->hang_missing();
    if (!state_->signs.empty()) state_->arm_confirmation();
    state_->arm_midnight();
}

SignWall::~SignWall() = default;

void SignWall::refresh() {
    state_->refresh();
}

void SignWall::use_settings() {
    if (state_->ending) return;
    state_->let_go_of_changed();
    // What takes the place of a sign that is leaving must wait until that has let go of its port.
    if (state_->leaving.empty()) state_->hang_missing();
    state_->refresh();
    if (!state_->signs.empty() || !state_->leaving.empty()) state_->arm_confirmation();
    state_->arm_midnight();
}

std::optional<Instant> SignWall::next_change() const {
    const auto& house = state_->house;
    if (state_->ending) return std::nullopt;
    const auto& places = house.settings->signs;
    const auto now = house.clock.now();
    const auto page = next_sign_change(places, house.workshop.board(), house.workshop.shop(), now);
    const auto night = next_night_change(places, state_->zone(), now);
    return !page || (night && *night < *page) ? night : page;
}

bool SignWall::trace(const std::string& sign, signs::SignTrace hook) {
    auto* found = state_->find(sign);
    if (found == nullptr) return false;
    if (hook) {
        state_->traces[sign] = hook;
    } else {
        state_->traces.erase(sign);
    }
    found->link->trace(std::move(hook));
    return true;
}

bool SignWall::test(const std::string& sign) {
    auto* found = state_->find(sign);
    if (found == nullptr) return false;
    const auto& place = found->place.sign;
    const bool chinese = signs::draws_chinese(*signs::find_driver(place.driver), place.setup);
    found->test_until = Steady::now() + sign_test_time;
    found->link->show({.page = signs::test_page(chinese),
                       .urgency = Urgency::alert,
                       .held_until = found->test_until,
                       .expires = found->test_until});
    return true;
}

json::array SignWall::health() const {
    json::array out;
    for (const auto& sign : state_->signs) out.push_back(sign_health(sign.place, sign.link->health()));
    return out;
}

std::vector<std::string> SignWall::required_down() const {
    std::vector<std::string> out;
    for (const auto& sign : state_->signs) {
        const auto health = sign.link->health();
        const bool shows = health.state == signs::LinkState::showing && health.up_to_date;
        if (sign.place.required && !shows) out.push_back(sign.place.sign.name);
    }
    return out;
}

void SignWall::stop(std::function<void()> done) {
    state_->ending = true;
    state_->confirm_timer.cancel();
    state_->day_timer.cancel();
    if (state_->signs.empty()) return done();
    const auto left = std::make_shared<std::size_t>(state_->signs.size());
    for (auto& sign : state_->signs) {
        sign.link->stop(neutral_page(sign.place, state_->house.workshop.shop()), [left, done] {
            if (--*left == 0) done();
        });
    }
}

}  // namespace baytime::daemon
