#include "board/daemon/sign_wall.hpp"

#include "board/daemon/log.hpp"
#include "board/daemon/sign_pages.hpp"
#include "display-drivers/signs/modbus_profile.hpp"
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

namespace {

/// Within this a sign must show its neutral text when the daemon stops; the daemon itself has five seconds.
constexpr std::chrono::milliseconds longest_stop{4'000};

/// Two signs described alike need no restart.
std::string description(const std::vector<SignPlace>& places) {
    std::string out;
    for (const auto& [sign, full] : places) {
        const auto& text = sign.text;
        out += fmt::format("{}|{}|{}|{}|{}|{}|{}|{}x{}|{}|{}|{}|{}|{}|", sign.name, sign.driver,
                           signs::port_name(sign.port), sign.port.baud, static_cast<int>(sign.port.format), sign.bay,
                           sign.list, sign.setup.shape.columns, sign.setup.shape.rows, sign.setup.address,
                           sign.setup.type, sign.setup.brightness, static_cast<int>(sign.language), full);
        for (const auto* one : {&text.state, &text.idle, &text.ready, &text.stale, &text.neutral})
            out += one->source() + '|';
        if (sign.setup.registers) out += sign.setup.registers->text + '|';
        for (const auto& [key, value] : sign.setup.options) out += fmt::format("{}={}|", key, value);
        out += '\n';
    }
    return out;
}

}  // namespace

struct SignWall::State {
    struct Hung {
        SignPlace place;
        std::unique_ptr<signs::SignLink> link;
        std::optional<signs::Page> shown;
        std::unique_ptr<boost::asio::steady_timer> test{};  ///< runs while a test text is shown
    };

    boost::asio::io_context& io;
    House& house;
    std::vector<Hung> signs;
    std::map<std::string, signs::SignTrace> traces;  ///< by sign
    std::string hung;                                ///< description of the signs above
    bool stopping = false;                           ///< the links show neutral text and close
    bool ending = false;                             ///< for good

    void hang() {
        const auto& places = house.settings->signs;
        signs::LinkTiming timing;
        timing.stop = longest_stop;
        for (const auto& place : places) {
            const auto log = [name = place.sign.name](signs::LogLevel level, const std::string& text) {
                log::write(level == signs::LogLevel::info ? log::Level::info : log::Level::warn, "sign",
                           {{"name", name}, {"says", text}});
            };
            signs.push_back({place, std::make_unique<signs::SignLink>(io, place.sign, log, timing), std::nullopt});
        }
        for (auto& sign : signs) {
            if (const auto traced = traces.find(sign.place.sign.name); traced != traces.end())
                sign.link->trace(traced->second);
        }
        hung = description(places);
        set_clocks();
        refresh();
    }

    void refresh() {
        if (stopping) return;
        const auto now = house.clock.now();
        const auto& shop = house.workshop.shop();
        for (auto& sign : signs) {
            if (sign.test) continue;
            auto page = house.workshop.sound() ? sign_page(sign.place, house.workshop.board(), shop, now)
                                               : stale_page(sign.place, shop);
            if (sign.shown == page) continue;
            sign.shown = page;
            sign.link->show(std::move(page));
        }
    }

    void take_down(std::function<void()> done) {
        stopping = true;
        if (signs.empty()) return done();
        const auto left = std::make_shared<std::size_t>(signs.size());
        for (auto& sign : signs) {
            sign.link->stop(neutral_page(sign.place, house.workshop.shop()), [left, done] {
                if (--*left == 0) done();
            });
        }
    }

    void set_clocks() {
        using namespace std::chrono;
        const auto local = to_local(house.settings->shop.zone, house.clock.now());
        const auto day = floor<days>(local);
        const year_month_day date(day);
        const auto minute = static_cast<int>((local - day).count());
        const signs::SignClock clock{.year = static_cast<int>(date.year()),
                                     .month = static_cast<int>(static_cast<unsigned>(date.month())),
                                     .day = static_cast<int>(static_cast<unsigned>(date.day())),
                                     .weekday = static_cast<int>(weekday(day).c_encoding()),
                                     .hour = minute / 60,
                                     .minute = minute % 60};
        for (auto& sign : signs) sign.link->set_clock(clock);
    }
};

SignWall::SignWall(boost::asio::io_context& io, House& house)
    : state_(std::make_shared<State>(State{.io = io, .house = house, .signs = {}, .traces = {}, .hung = {}})) {
    state_->hang();
}

SignWall::~SignWall() = default;

void SignWall::refresh() {
    state_->refresh();
}

void SignWall::set_clocks() {
    state_->set_clocks();
}

void SignWall::use_settings() {
    if (state_->stopping) return;  // the newest settings are taken when the old links have stopped
    if (description(state_->house.settings->signs) == state_->hung) return refresh();
    // The old links must have let go of their ports before the new ones open them; and none may go in its own call.
    const auto again = [weak = std::weak_ptr(state_)] {
        const auto state = weak.lock();
        if (!state || state->ending) return;
        state->signs.clear();
        state->stopping = false;
        state->hang();
    };
    state_->take_down([&io = state_->io, again] { boost::asio::post(io, again); });
}

std::optional<Instant> SignWall::next_change() const {
    const auto& house = state_->house;
    if (state_->stopping) return std::nullopt;
    return next_sign_change(house.settings->signs, house.workshop.board(), house.workshop.shop(), house.clock.now());
}

bool SignWall::trace(const std::string& sign, signs::SignTrace hook) {
    const auto found =
        std::ranges::find(state_->signs, sign, [](const State::Hung& hung) { return hung.place.sign.name; });
    if (found == state_->signs.end()) return false;
    if (hook) {
        state_->traces[sign] = hook;
    } else {
        state_->traces.erase(sign);
    }
    found->link->trace(std::move(hook));
    return true;
}

bool SignWall::test(const std::string& sign) {
    const auto found =
        std::ranges::find(state_->signs, sign, [](const State::Hung& hung) { return hung.place.sign.name; });
    if (found == state_->signs.end()) return false;
    const auto over = [weak = std::weak_ptr(state_), sign](const boost::system::error_code& cancelled) {
        const auto state = weak.lock();
        if (cancelled || !state) return;
        for (auto& hung : state->signs) {
            if (hung.place.sign.name != sign) continue;
            hung.test.reset();
            hung.shown.reset();
        }
        state->refresh();
    };
    const auto* driver = signs::find_driver(found->place.sign.driver);
    found->test = std::make_unique<boost::asio::steady_timer>(state_->io, sign_test_time);
    found->test->async_wait(over);
    found->link->show(signs::test_page(signs::draws_chinese(*driver, found->place.sign.setup)));
    return true;
}

json::array SignWall::health() const {
    json::array out;
    for (const auto& sign : state_->signs) {
        const auto health = sign.link->health();
        std::uint64_t errors = 0;
        for (const auto& [kind, count] : health.errors) errors += count;
        json::object line{{"sign", sign.place.sign.name},
                          {"state", signs::name(health.state)},
                          {"port", signs::port_name(sign.place.sign.port)},
                          {"pages", health.pages},
                          {"errors", errors},
                          {"up_to_date", health.up_to_date}};
        if (!health.last_error.empty()) line["last_error"] = health.last_error;
        out.push_back(std::move(line));
    }
    return out;
}

void SignWall::stop(std::function<void()> done) {
    state_->ending = true;
    state_->take_down(std::move(done));
}

}  // namespace baytime::daemon
