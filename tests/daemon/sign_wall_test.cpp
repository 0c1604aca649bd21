// The wall with real links on pseudo-terminals and simulated signs at their ends.
#include "board/daemon/sign_wall.hpp"

#include "board/daemon/health.hpp"
#include "display-drivers/signs/alpha_sign.hpp"
#include "display-drivers/signs/signsim/pty_sign.hpp"
#include "tests/daemon/little_house.hpp"
#include "tests/support/temp_dir.hpp"

#include <boost/asio/io_context.hpp>

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::daemon;
using support::LittleHouse;
using namespace std::chrono_literals;

namespace {

constexpr double speed = 10;

signs::Template form(const std::string& text) {
    return std::get<signs::Template>(signs::Template::parse(text));
}

/// Two signs over bays 1 and 2.
struct Hall {
    support::TempDir dir;
    signs::sim::PtySign one{*signs::find_driver("alpha"), {}, path("one"), 9600, speed};
    signs::sim::PtySign two{*signs::find_driver("alpha"), {}, path("two"), 9600, speed};
    boost::asio::io_context io{1};
    LittleHouse house;
    SignWall wall;
    std::function<void()> watch = [] {};  ///< after every step

    explicit Hall(const std::function<void(Settings&)>& change = [](Settings&) {})
        : wall((set(change), io), house.house, {.scale = 1 / speed, .check = 1h}) {}

    std::string path(const std::string& name) const { return (dir.path() / name).string(); }
    SignPlace place(const std::string& name, const std::string& bay) const {
        SignPlace out;
        out.sign.name = name;
        out.sign.bay = bay;
        out.sign.setup.shape.columns = 240;  // the longest words fit
        out.sign.port = *signs::parse_port("pty:" + path(name));
        out.sign.text = {.state = form("{bay} {plate} {step}"),
                         .idle = form("{bay} free"),
                         .ready = form("{plate} is ready"),
                         .stale = form("wait"),
                         .neutral = form("{shop}")};
        return out;
    }
    /// New settings with both signs, changed.
    void set(const std::function<void(Settings&)>& change) {
        auto settings = support::little_settings();
        settings.signs = {place("one", "1"), place("two", "2")};
        change(settings);
        house.reload(settings);
    }
    bool until(const std::function<bool()>& reached) {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (!reached()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            io.restart();
            io.run_one_for(200us);
            for (auto* sign : {&one, &two}) sign->pump(std::chrono::steady_clock::now());
            watch();
        }
        return true;
    }
    static std::string text(const signs::sim::PtySign& sign) { return signs::text_of(sign.sign().glass().page); }
    bool show(const std::string& first, const std::string& second) {
        return until([&] { return text(one) == first && text(two) == second; });
    }
    bool settled() {
        return until([&] {
            const auto lines = wall.health();
            return std::ranges::all_of(lines, [](const auto& line) {
                return line.at("up_to_date").as_bool() && line.at("answers").as_bool();
            });
        });
    }
};

}  // namespace

TEST_CASE("a reload of texts alone never blanks the glass", "[signs][wall]") {
    Hall hall;
    REQUIRE(hall.show("BAY 1 free", "BAY 2 free"));
    REQUIRE(hall.settled());
    bool blank = false;
    hall.watch = [&] { blank = blank || Hall::text(hall.one).empty() || Hall::text(hall.two).empty(); };
    hall.set([](Settings& settings) {
        for (auto& sign : settings.signs) sign.sign.text.idle = form("come to {bay}");
        settings.signs[1].sign.setup.brightness = 30;
    });
    hall.wall.use_settings();
    REQUIRE(hall.show("come to BAY 1", "come to BAY 2"));
    REQUIRE(hall.settled());
    CHECK_FALSE(blank);
    CHECK(hall.two.sign().glass().brightness < 50);
    CHECK(hall.one.sign().errors().empty());
}

TEST_CASE("a sign whose port changes starts anew, and the others are not touched", "[signs][wall]") {
    Hall hall;
    REQUIRE(hall.show("BAY 1 free", "BAY 2 free"));
    REQUIRE(hall.settled());
    std::string sent_to_one;
    REQUIRE(hall.wall.trace("one", [&](const signs::TraceEntry& entry) {
        if (entry.kind == signs::TraceEntry::Kind::sent) sent_to_one.append(entry.bytes.begin(), entry.bytes.end());
    }));
    CHECK_FALSE(hall.wall.trace("three", {}));
    signs::sim::PtySign other(*signs::find_driver("alpha"), {}, hall.path("other"), 9600, speed);
    hall.watch = [&] { other.pump(std::chrono::steady_clock::now()); };
    hall.set(
        [&](Settings& settings) { settings.signs[1].sign.port = *signs::parse_port("pty:" + hall.path("other")); });
    hall.wall.use_settings();
    REQUIRE(hall.until([&] { return Hall::text(other) == "BAY 2 free"; }));
    CHECK(Hall::text(hall.one) == "BAY 1 free");
    CHECK(Hall::text(hall.two) == "CHENGXI SERVICE");  // neutral: nobody drives it any more
    CHECK(hall.wall.health().size() == 2);
    CHECK(sent_to_one.find("BAY") == std::string::npos);
    CHECK(sent_to_one.find("E$") == std::string::npos);  // nothing but questions
    hall.set([](Settings& settings) { settings.signs.pop_back(); });
    hall.wall.use_settings();
    REQUIRE(hall.until([&] { return hall.wall.health().size() == 1; }));
}

TEST_CASE("a car that has just become ready takes over the glass of its list, then yields", "[signs][wall]") {
    Hall hall([](Settings& settings) {
        settings.signs[1].sign.bay.clear();
        settings.signs[1].sign.list = "open";
        settings.signs[1].ready_hold = 2s;
        settings.signs[1].sign.text.idle = form("welcome");
    });
    REQUIRE(hall.show("BAY 1 free", "welcome"));
    auto& house = hall.house;
    house.receive("R1", "沪A7D3K8");
    house.receive("R2", "沪B12345");
    const auto talk = house.connect();
    const auto act = [&](const std::string& lines) {
        for (const auto& line : house.say(*talk, lines)) {
            INFO(line);
            REQUIRE(line.starts_with("OK "));
        }
        hall.wall.refresh();
    };
    act("correct R1 wash=no as=301\nassign R1 1 as=201\nstart R1 as=101");
    REQUIRE(hall.until([&] { return Hall::text(hall.two).find('\n') != std::string::npos; }));
    act("finish R1 as=101\ninspect R1 passed as=402");
    REQUIRE(hall.until([&] { return Hall::text(hall.two) == "HU-A7**K8 is ready"; }));
    REQUIRE(hall.until([&] { return Hall::text(hall.two).find('\n') != std::string::npos; }));
}

TEST_CASE("an alert takes over the glass of a sign for staff, and of no other", "[signs][wall]") {
    Hall hall([](Settings& settings) { settings.signs[1].show_alerts = true; });
    REQUIRE(hall.show("BAY 1 free", "BAY 2 free"));
    auto& house = hall.house;
    const auto talk = house.connect();
    house.receive("R1", "沪A7D3K8");
    house.receive("R2", "沪B12345");
    for (const auto& line : house.say(*talk,
                                      "assign R1 1 as=201\nstart R1 as=101\nassign R2 2 as=201\nstart R2 as=102\n"
                                      "delay R1 parts 60 as=101\ndelay R2 parts 60 as=102")) {
        INFO(line);
        REQUIRE(line.starts_with("OK "));
    }
    hall.wall.refresh();
    const bool shown = hall.show("BAY 1 HU-A7**K8 repair", "BAY 2 HU-B1**45 tell customer");
    CAPTURE(Hall::text(hall.one), Hall::text(hall.two));
    REQUIRE(shown);
}

TEST_CASE("at night a sign is dark or dim, and shows what it should in the morning", "[signs][wall]") {
    Hall hall;
    REQUIRE(hall.show("BAY 1 free", "BAY 2 free"));
    hall.set([](Settings& settings) {
        settings.signs[0].night = SignNight{.from = 8h, .to = 10h, .brightness = 100, .off = true};
        settings.signs[1].night = SignNight{.from = 8h, .to = 10h, .brightness = 10, .off = false};
    });
    hall.wall.use_settings();
    REQUIRE(hall.show("", "BAY 2 free"));
    REQUIRE(hall.until([&] { return hall.two.sign().glass().brightness < 50; }));
    CHECK(hall.wall.next_change() == support::nine() + 1h);
    hall.set([](Settings&) {});
    hall.wall.use_settings();
    REQUIRE(hall.show("BAY 1 free", "BAY 2 free"));
}

TEST_CASE("at midnight the clock of every sign is set", "[signs][wall]") {
    Hall hall;
    const auto clock = [&](const signs::sim::PtySign& sign) {
        return dynamic_cast<const signs::AlphaSign&>(sign.sign()).clock();
    };
    REQUIRE(hall.until([&] { return clock(hall.one) == "0900" && clock(hall.two) == "0900"; }));
    const auto before_midnight = support::nine() + 15h - 1s;
    hall.house.clock = ShopClock({.speed = 1, .start = before_midnight}, hall.house.settings->shop.zone);
    hall.wall.use_settings();
    CHECK(hall.until([&] { return clock(hall.one) == "0000" && clock(hall.two) == "0000"; }));
}

TEST_CASE("a sign that is not required may be away from the start, and shows its page once it comes", "[signs][wall]") {
    const support::TempDir elsewhere;
    const auto late = (elsewhere.path() / "late").string();
    Hall hall([&](Settings& settings) { settings.signs[1].sign.port = *signs::parse_port("pty:" + late); });
    REQUIRE(hall.until(
        [&] { return Hall::text(hall.one) == "BAY 1 free" && hall.wall.health()[1].at("state") == "waiting"; }));
    CHECK(hall.wall.required_down().empty());
    signs::sim::PtySign sign(*signs::find_driver("alpha"), {}, late, 9600, speed);
    hall.watch = [&] { sign.pump(std::chrono::steady_clock::now()); };
    CHECK(hall.until([&] { return Hall::text(sign) == "BAY 2 free"; }));
}

TEST_CASE("health tells of each sign, and is bad while a required one is down", "[signs][wall]") {
    Hall hall([](Settings& settings) { settings.signs[1].required = true; });
    CHECK(!hall.wall.required_down().empty());
    REQUIRE(hall.show("BAY 1 free", "BAY 2 free"));
    REQUIRE(hall.settled());
    CHECK(hall.wall.required_down().empty());
    const auto line = hall.wall.health()[1].as_object();
    CHECK(line.at("sign") == "two");
    CHECK(line.at("state") == "showing");
    CHECK(line.at("speed") == 9600);
    CHECK(line.at("driver") == "alpha");
    CHECK(line.contains("last_good_write"));
    CHECK(line.contains("last_reply"));
    CHECK_FALSE(line.contains("errors_by_kind"));
    hall.one.unplug();
    REQUIRE(hall.until([&] { return hall.wall.health()[0].at("state") == "waiting"; }));
    CHECK(hall.wall.required_down().empty());
    hall.two.unplug();
    REQUIRE(hall.until([&] { return !hall.wall.required_down().empty(); }));
    REQUIRE(hall.until([&] { return hall.wall.health()[1].at("errors_by_kind").as_string().find("lost:1") == 0; }));
    hall.two.plug();
    REQUIRE(hall.until([&] { return hall.wall.required_down().empty(); }));
}
