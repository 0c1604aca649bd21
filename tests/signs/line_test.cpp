// Signs that acknowledge, several on one line, and every fault on demand: the real link on a real pseudo-terminal.
#include "display-drivers/signs/setup.hpp"
#include "display-drivers/signs/sign_link.hpp"
#include "display-drivers/signs/signsim/pty_sign.hpp"
#include "tests/support/temp_dir.hpp"

#include <boost/asio/io_context.hpp>

#include <catch2/catch.hpp>

#include <functional>

using namespace baytime::signs;
using namespace std::chrono_literals;

namespace {

constexpr double speed = 10;

/// Signs of one driver on one line, each with its link.
struct Bus {
    baytime::support::TempDir dir;
    const Driver& driver;
    boost::asio::io_context io{1};
    std::unique_ptr<sim::PtySign> line;
    std::unique_ptr<SignLine> port;
    std::vector<std::unique_ptr<SignLink>> links;
    std::vector<std::string> said;
    PortSettings place;

    Bus(const std::string& name, const std::vector<std::string>& addresses, int configured = 0, bool automatic = false,
        const std::map<std::string, std::string>& options = {})
        : driver(*find_driver(name)) {
        place = *parse_port("pty:" + (dir.path() / "line").string());
        place.baud = configured == 0 ? driver.baud : configured;
        place.auto_baud = automatic;
        for (const auto& address : addresses) {
            auto setup = usual_setup(driver);
            setup.shape = {.columns = 96, .rows = 16};
            REQUIRE_FALSE(set_address(setup, driver, address).has_value());
            setup.options = options;
            if (!options.empty()) driver.prepare(setup, "");
            if (!line) {
                line = std::make_unique<sim::PtySign>(driver, setup, place.path, driver.baud, speed);
                line->mind_speed();
            } else {
                line->add(driver, setup);
            }
        }
        LinkTiming timing{.scale = 1 / speed};
        timing.check = 3s;
        port = std::make_unique<SignLine>(io, place, timing);
        for (std::size_t i = 0; i < addresses.size(); ++i) hang(i);
    }
    void hang(std::size_t i) {
        SignSettings settings;
        settings.name = "sign " + std::to_string(i);
        settings.driver = driver.name;
        settings.port = place;
        settings.setup = line->setup(i);
        settings.setup.baud = place.baud;
        const auto log = [this](LogLevel, const std::string& text) { said.push_back(text); };
        links.push_back(std::make_unique<SignLink>(*port, settings, log));
    }
    bool until(const std::function<bool()>& reached, std::chrono::seconds longest = 30s) {
        const auto deadline = std::chrono::steady_clock::now() + longest;
        while (!reached()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            io.restart();
            io.run_one_for(200us);
            line->pump(std::chrono::steady_clock::now());
        }
        return true;
    }
    std::string text(std::size_t i = 0) const { return text_of(line->sign(i).glass().page); }
    bool shows(const std::string& wanted, std::size_t i = 0) {
        return until([&] { return text(i) == wanted && links[i]->health().up_to_date; });
    }
    void show(const std::string& wanted, std::size_t i = 0) { links[i]->show(page_of(wanted)); }
};

std::string usual_address(const Driver& driver) {
    return std::string(driver.address.otherwise);
}

}  // namespace

TEST_CASE("after every fault the glass of every driver is right again without a restart", "[signs][line][faults]") {
    for (const Driver& driver : drivers()) {
        if (driver.name == "raw" || driver.name == "modbus") continue;  // their set-up comes from a file
        Bus bus(std::string(driver.name), {usual_address(driver)});
        CAPTURE(driver.name, bus.said);
        bus.show("A0");
        REQUIRE(bus.shows("A0"));
        struct Fault {
            std::string name;
            std::function<void()> begin, end;
        };
        sim::PtySign& line = *bus.line;
        const std::vector<Fault> faults{
            {"nak", [&] { line.refuse(2); }, [] {}},
            {"silence", [&] { line.faults().silence(2); }, [] {}},
            {"garbage", [&] { line.garbage(); }, [] {}},
            {"slow", [&] { line.faults().slow(true); }, [&] { line.faults().slow(false); }},
            {"bit errors", [&] { line.faults().bit_errors(0.002); }, [&] { line.faults().bit_errors(0); }},
            {"unplug", [&] { line.unplug(); }, [&] { line.plug(); }},
        };
        int page = 1;
        for (const Fault& fault : faults) {
            CAPTURE(fault.name);
            fault.begin();
            const auto wrong = "A" + std::to_string(page++), right = "A" + std::to_string(page++);
            bus.show(wrong);
            const auto before = std::chrono::steady_clock::now();
            bus.until([&] { return bus.text() == wrong || std::chrono::steady_clock::now() > before + 500ms; });
            fault.end();
            bus.show(right);
            REQUIRE(bus.until([&] { return bus.text() == right; }, 60s));
        }
    }
}

TEST_CASE("a sign that was without power is set up and written again", "[signs][line][faults]") {
    for (const char* name : {"alpha", "onbon", "cpower"}) {
        if (find_driver(name) == nullptr) continue;
        Bus bus(name, {usual_address(*find_driver(name))});
        CAPTURE(name, bus.said);
        bus.show("A1");
        REQUIRE(bus.shows("A1"));
        REQUIRE(bus.until([&] { return bus.links[0]->health().answers; }));
        bus.line->faults().silence(std::nullopt);  // dark for a while, as seen from the port
        REQUIRE(bus.until([&] { return bus.links[0]->health().state == LinkState::silent; }));
        bus.line->power_cycle();
        bus.line->faults().speak();
        REQUIRE(bus.until([&] { return bus.text() == "A1" && bus.links[0]->health().state == LinkState::showing; }));
        CHECK(bus.links[0]->health().last_reply.has_value());
    }
}

TEST_CASE("a power cut so short that nobody saw it is over within half a minute, for every driver as shipped",
          "[signs][line][faults]") {
    for (const Driver& driver : drivers()) {
        Bus bus(std::string(driver.name), {usual_address(driver)});
        CAPTURE(driver.name, bus.said);
        bus.show("11");
        REQUIRE(bus.shows("11"));
        bus.line->power_cycle();
        REQUIRE(bus.text() != "11");
        CHECK(bus.until([&] { return bus.text() == "11"; }, 60s));
    }
}

TEST_CASE("signs on one line show their own pages, and a silent one does not starve its neighbours", "[signs][line]") {
    struct Case {
        std::string driver;
        std::vector<std::string> addresses;
    };
    const auto c = GENERATE(values<Case>({{"onbon", {"0001", "0002", "0003"}}, {"modbus", {"1", "2", "3"}}}));
    CAPTURE(c.driver);
    Bus bus(c.driver, c.addresses);
    bus.line->faults(1).silence(std::nullopt);
    for (std::size_t i = 0; i < 3; ++i) bus.show(std::to_string(10 + i), i);  // digits, which every display has
    REQUIRE(bus.shows("10", 0));
    REQUIRE(bus.shows("12", 2));
    REQUIRE(bus.until([&] { return bus.links[1]->health().state == LinkState::silent; }));
    for (int round = 0; round < 20; ++round) {
        bus.show(std::to_string(100 + round), 0);
        bus.show(std::to_string(200 + round), 2);
        REQUIRE(bus.shows(std::to_string(100 + round), 0));
        REQUIRE(bus.shows(std::to_string(200 + round), 2));
    }
    CHECK(bus.text(1) == "11");  // it hears, and is written to all the same
    CHECK(bus.links[0]->health().errors.empty());
    CHECK(bus.links[2]->health().errors.empty());
    CHECK(bus.links[1]->health().errors.contains("no-answer"));
    bus.line->faults(1).speak();
    REQUIRE(bus.until([&] { return bus.links[1]->health().state == LinkState::showing; }));
    bus.links.erase(bus.links.begin());  // one goes, the line stays
    bus.links[0]->show(page_of("19"));
    REQUIRE(bus.until([&] { return bus.text(1) == "19"; }));
}

TEST_CASE("a wrong speed is found and said; it is used only when the configuration asks for it", "[signs][line]") {
    const bool automatic = GENERATE(false, true);
    CAPTURE(automatic);
    Bus bus("onbon", {"0001"}, 9600, automatic);
    CAPTURE(bus.said);
    bus.show("A1");
    REQUIRE(bus.until([&] { return bus.links[0]->health().answers_at == 57600; }));
    const auto told = [&](const std::string& what) {
        return std::ranges::any_of(bus.said, [&](const auto& line) { return line.find(what) != line.npos; });
    };
    CHECK(told("it answers at 57600, configured 9600"));
    if (automatic) {
        REQUIRE(bus.shows("A1"));
        CHECK(bus.links[0]->health().speed == 57600);
    } else {
        CHECK(bus.links[0]->health().speed == 9600);
        CHECK(bus.text().empty());
        CHECK_FALSE(bus.links[0]->health().up_to_date);
        REQUIRE(bus.until([&] { return bus.links[0]->health().state == LinkState::silent; }));
        bus.show("A2");
        REQUIRE(bus.until([&] { return bus.links[0]->health().pages >= 1; }));
        CHECK_FALSE(bus.links[0]->health().up_to_date);
        CHECK(bus.links[0]->health().last_error == "it answers at 57600, configured 9600");
        bus.line->turn_speed(9600);  // somebody sets the card
        REQUIRE(bus.shows("A2"));
        CHECK_FALSE(bus.links[0]->health().answers_at);
    }
}

TEST_CASE("a register display and a raw strip at another speed are found, and said or used", "[signs][line]") {
    struct Case {
        const char* driver;
        std::map<std::string, std::string> options;
    };
    const auto c = GENERATE(values<Case>({{"modbus", {{"profile", "led-485"}}},     // cannot be read
                                          {"modbus", {{"profile", "text-panel"}}},  // can
                                          {"raw", {{"template", "strip"}}}}));      // answers to texts only
    const bool automatic = GENERATE(false, true);
    Bus bus(c.driver, {"1", "2"}, 19200, automatic, c.options);
    CAPTURE(c.driver, automatic, bus.said);
    bus.show("11", 0);
    bus.show("12", 1);
    const auto found = [&] {
        return std::ranges::any_of(bus.links, [](const auto& link) { return link->health().answers_at == 9600; });
    };
    REQUIRE(bus.until(found));
    const auto told = [&](const std::string& what) {
        return std::ranges::any_of(bus.said, [&](const auto& line) { return line.find(what) != line.npos; });
    };
    CHECK(told("it answers at 9600, configured 19200"));
    if (automatic) {
        CHECK(bus.shows("11", 0));
        CHECK(bus.shows("12", 1));
    } else {
        CHECK(bus.text().empty());
        CHECK(bus.links[0]->health().speed == 19200);
        CHECK_FALSE(bus.links[0]->health().up_to_date);
    }
}

TEST_CASE("signs that need rest get it although their neighbours are spoken to", "[signs][line]") {
    Bus bus("alpha", {"01", "02"});
    CAPTURE(bus.said);
    bus.show("BAY 1", 0);
    bus.show("BAY 2", 1);
    REQUIRE(bus.shows("BAY 1", 0));
    REQUIRE(bus.shows("BAY 2", 1));
    CHECK(bus.line->sign(0).errors().empty());
    CHECK(bus.line->sign(1).errors().empty());
}
