// Signs with Onbon and C-Power cards on a real link and a real pseudo-terminal.
#include "display-drivers/signs/setup.hpp"
#include "tests/signs/bench.hpp"

#include <catch2/catch.hpp>

using namespace baytime::signs;

namespace {

struct Card {
    Setup setup;
    support::Bench bench;
    SignLink link;

    Card(const std::string& driver, std::map<std::string, std::string> options)
        : setup(setup_of(driver, std::move(options))),
          bench(driver, setup),
          link(bench.io, settings_of(bench, driver, setup), {}, support::Bench::timing()) {}

    static Setup setup_of(const std::string& driver, std::map<std::string, std::string> options) {
        Setup out = usual_setup(*find_driver(driver));
        out.shape = {.columns = 160, .rows = 32};
        out.options = std::move(options);
        return out;
    }
    static SignSettings settings_of(const support::Bench& bench, const std::string& driver, const Setup& setup) {
        SignSettings out = bench.settings();
        out.driver = driver;
        out.setup = setup;
        out.port.baud = find_driver(driver)->baud;
        return out;
    }
};

}  // namespace

TEST_CASE("a link keeps the glass of a card at the newest page", "[signs][link]") {
    const std::string driver = GENERATE("onbon", "cpower");
    Card card(driver, {});
    card.link.show(page_of("3号工位 京A·Z[45\n维修中 25分钟"));
    CHECK(card.bench.shows("3号工位 京A·Z[45\n维修中 25分钟"));
    card.link.show(page_of("3号工位\n洗车中"));
    CHECK(card.bench.shows("3号工位\n洗车中"));
    CHECK(card.bench.until([&] { return card.link.health().up_to_date; }));
    CHECK(card.bench.sign.sign().errors().empty());
}

TEST_CASE("a card that lost its text with the power shows it again", "[signs][link]") {
    Card card("onbon", {{"timeout", "60"}});
    card.link.show(page_of("3号工位\n维修中"));
    REQUIRE(card.bench.shows("3号工位\n维修中"));
    card.bench.sign.power_cycle();
    REQUIRE(card.bench.shown().empty());
    CHECK(card.bench.shows("3号工位\n维修中"));
}

TEST_CASE("a card that refuses an area after a power cut is set up again, and told to have lost its memory",
          "[signs][link]") {
    Card card("onbon", {});
    card.link.show(page_of("3号工位\n维修中"));
    REQUIRE(card.bench.shows("3号工位\n维修中"));
    REQUIRE(card.bench.until([&] { return card.link.health().up_to_date; }));
    card.bench.sign.power_cycle();
    card.link.show(page_of("3号工位\n洗车中"));  // the second area alone, and there is no first
    CHECK(card.bench.shows("3号工位\n洗车中"));
    CHECK(card.link.health().errors == std::map<std::string, std::uint64_t>{{"memory", 1}});
    CHECK(card.bench.until([&] { return card.link.health().up_to_date; }));
}
