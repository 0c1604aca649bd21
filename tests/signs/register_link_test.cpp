// Modbus displays and AM03127 signs on a real link and a real pseudo-terminal.
#include "display-drivers/signs/setup.hpp"
#include "tests/signs/bench.hpp"

#include <catch2/catch.hpp>

using namespace baytime::signs;

namespace {

Setup setup_of(const std::string& driver) {
    Setup out = usual_setup(*find_driver(driver));
    out.shape = {.columns = 128, .rows = 16};
    out.chinese = true;
    if (driver == "modbus") out.options["profile"] = "text-panel";
    return out;
}

struct Hung {
    support::Bench bench;
    SignLink link;

    explicit Hung(const std::string& driver)
        : bench(driver, setup_of(driver)), link(bench.io, settings_of(bench, driver), {}, support::Bench::timing()) {}

    static SignSettings settings_of(const support::Bench& bench, const std::string& driver) {
        SignSettings out = bench.settings();
        out.driver = driver;
        out.setup = setup_of(driver);
        return out;
    }
    bool up_to_date() {
        return bench.until([&] { return link.health().up_to_date && link.health().answers; });
    }
};

}  // namespace

TEST_CASE("a link keeps a register display and an AM03127 at the newest page", "[signs][link]") {
    const std::string driver = GENERATE("modbus", "am03127");
    CAPTURE(driver);
    Hung hung(driver);
    hung.link.set_clock(
        [] { return SignClock{.year = 2026, .month = 11, .day = 22, .weekday = 0, .hour = 9, .minute = 5}; });
    hung.link.show(page_of("沪A·12345\n维修中"));
    CHECK(hung.bench.shows("沪A·12345\n维修中"));
    hung.link.show(page_of("沪A·12345\n可交车"));
    CHECK(hung.bench.shows("沪A·12345\n可交车"));
    CHECK(hung.up_to_date());
    CHECK(hung.link.health().errors == std::map<std::string, std::uint64_t>{});
    CHECK(hung.bench.sign.sign().errors() == std::map<std::string, std::uint64_t>{});
}

TEST_CASE("a register display and an AM03127 show their page again after their cable was out", "[signs][link]") {
    const std::string driver = GENERATE("modbus", "am03127");
    CAPTURE(driver);
    Hung hung(driver);
    hung.link.show(page_of("before"));
    REQUIRE(hung.bench.shows("before"));
    hung.bench.sign.unplug();
    REQUIRE(hung.bench.until([&] { return hung.link.health().state == LinkState::waiting; }));
    hung.bench.sign.power_cycle();
    hung.link.show(page_of("after"));
    hung.bench.sign.plug();
    CHECK(hung.bench.shows("after"));
    CHECK(hung.up_to_date());
}

TEST_CASE("a panel that lost its text with the power shows it again", "[signs][link]") {
    Hung hung("modbus");
    hung.link.show(page_of("沪A·12345"));
    REQUIRE(hung.bench.shows("沪A·12345"));
    REQUIRE(hung.up_to_date());
    hung.bench.sign.power_cycle();
    REQUIRE(hung.bench.shown().empty());
    CHECK(hung.bench.shows("沪A·12345"));
}
