// The driver against the simulator, which shares no code with it.
#include "display-drivers/signs/alpha_sign.hpp"
#include "display-drivers/signs/latin.hpp"
#include "tests/signs/frames.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <set>

using namespace baytime::signs;

namespace {

const Driver& alpha() {
    return *find_driver("alpha");
}

Page random_page(std::mt19937& random, bool priority) {
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
    Page page{.lines = {}, .priority = priority};
    const std::size_t lines = 1 + below(priority ? 2 : 3);
    for (std::size_t l = 0; l < lines; ++l) {
        Line line;
        const std::size_t segments = 1 + below(priority ? 2 : 4);  // two strings each: 24 in all
        for (std::size_t s = 0; s < segments; ++s) {
            std::string text;
            const std::size_t length = below(priority ? 20 : 150);
            for (std::size_t i = 0; i < length; ++i) text += static_cast<char>(' ' + static_cast<char>(below(94)));
            line.push_back({text, static_cast<Meaning>(below(4))});
        }
        page.lines.push_back(line);
    }
    return page;
}

struct Played {
    Setup setup{};
    AlphaSign sign{setup};
    support::Sender sender{sign};
    explicit Played(Setup with = {}) : setup(with), sign(with), sender(sign) { sender.send(alpha().initialise(setup)); }
    void show(const Page& page) { sender.send(alpha().show(page, setup)); }
};

}  // namespace

TEST_CASE("what was encoded is what the glass shows, for random pages", "[signs][alpha]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    Played played;
    for (int i = 0; i < 300; ++i) {
        const Page page = random_page(random, i % 7 == 3);
        CAPTURE(text_of(page), page.priority);
        played.show(page);
        REQUIRE(played.sign.glass().page == tidy(page));
        REQUIRE(played.sign.errors().empty());
    }
}

TEST_CASE("a change of words alone rewrites only strings, so the glass does not go blank", "[signs][alpha]") {
    const Setup setup;
    const Page before{.lines = {{{"BAY 1 HU-A12345 ", Meaning::normal}, {"repair 25 min", Meaning::good}}}};
    Page after = before;
    after.lines[0][1].text = "repair 24 min";
    const auto first = alpha().show(before, setup);
    const auto second = alpha().show(after, setup);
    REQUIRE(first.size() == second.size());
    std::set<std::string> changed;
    for (std::size_t i = 0; i < first.size(); ++i) {
        REQUIRE(first[i].target == second[i].target);
        if (first[i].bytes != second[i].bytes) changed.insert(first[i].target);
    }
    CHECK(changed == std::set<std::string>{"string b"});
}

TEST_CASE("text wider than the glass runs, and is never cut", "[signs][alpha]") {
    Played played(Setup{.shape = {.columns = 80, .rows = 7}});
    played.show(page_of("BAY 1 HU-A123"));
    CHECK_FALSE(played.sign.glass().moves);
    played.show(page_of("BAY 1 HU-A12345 repair 25 min"));
    CHECK(played.sign.glass().moves);
    CHECK(text_of(played.sign.glass().page) == "BAY 1 HU-A12345 repair 25 min");
}

TEST_CASE("a priority page takes over the glass until a page without priority is shown", "[signs][alpha]") {
    Played played;
    played.show(page_of("BAY 1 free"));
    Page call = page_of("FIRE DOOR", Meaning::alarm);
    call.priority = true;
    played.show(call);
    CHECK(played.sign.glass().page == call);
    played.show(page_of("BAY 1 free"));
    CHECK(played.sign.glass().page == page_of("BAY 1 free"));
}

TEST_CASE("a priority page too long for its file loses its colours before its words", "[signs][alpha]") {
    Played played;
    Page call{.lines = {{}}, .priority = true};
    for (int i = 0; i < 20; ++i) call.lines[0].push_back({"abcde", i % 2 == 0 ? Meaning::alarm : Meaning::good});
    played.show(call);
    CHECK(text_of(played.sign.glass().page) == text_of(call));
    CHECK(played.sign.errors().empty());
}

TEST_CASE("a dim sign uses the dim colours", "[signs][alpha]") {
    Played dim(Setup{.brightness = 30});
    dim.show(page_of("late", Meaning::alarm));
    CHECK(dim.sign.glass().brightness < 50);
    CHECK(dim.sign.glass().page == page_of("late", Meaning::alarm));
    Played bright;
    bright.show(page_of("late", Meaning::alarm));
    CHECK(bright.sign.glass().brightness == 100);
}

TEST_CASE("Chinese text and control characters cannot break a frame", "[signs][alpha]") {
    Played played;
    played.show(
        page_of("1号工位 沪A·12345 \x04\x02"
                "E$\x01 维修中"));
    CHECK(text_of(played.sign.glass().page) == latin("1号工位 沪A·12345 E$ 维修中"));
    CHECK(played.sign.errors().empty());
}

TEST_CASE("more pieces than the sign has strings for lose their colours, then the last lines", "[signs][alpha]") {
    Played played;
    Page page;
    for (int i = 0; i < 12; ++i) {
        page.lines.push_back({{"row " + std::to_string(i), Meaning::normal}, {" ok", Meaning::good}, {" x", {}}});
    }
    played.show(page);
    CHECK(text_of(played.sign.glass().page) == text_of(page));
    for (int i = 12; i < 40; ++i) page.lines.push_back({{"row " + std::to_string(i), Meaning::normal}});
    played.show(page);
    CHECK(text_of(page).starts_with(text_of(played.sign.glass().page)));
    CHECK(played.sign.errors().empty());
}

TEST_CASE("an empty page is an empty glass", "[signs][alpha]") {
    Played played;
    played.show(page_of("HU-A12345"));
    played.show(Page{});
    CHECK(played.sign.glass().page == Page{});
    CHECK(played.sign.errors().empty());
}

TEST_CASE("the sign's answers say whether it still holds what was set up", "[signs][alpha]") {
    Played played;
    const auto ask = [&](Question question) {
        const auto reply = played.sender.send(alpha().ask(question, played.setup));
        return alpha().judge(question, reply, played.setup);
    };
    CHECK(ask(Question::memory) == Answer::good);
    CHECK(ask(Question::errors) == Answer::good);
    played.sender.send({Packet{.target = {},
                               .bytes = support::bytes(R"(00*5 01 "Z00" 02 "GzHELLO" 04)"),
                               .pause_after = std::chrono::milliseconds(500)}});
    CHECK(ask(Question::errors) == Answer::bad);
    played.sign.power_cycle();
    CHECK(ask(Question::memory) == Answer::lost);
    CHECK(ask(Question::errors) == Answer::good);
}

TEST_CASE("half an answer is no answer yet", "[signs][alpha]") {
    Played played;
    auto reply = played.sender.send(alpha().ask(Question::memory, played.setup));
    REQUIRE(reply.size() > 20);
    for (std::size_t length = 0; length < reply.size(); ++length) {
        REQUIRE(alpha().judge(Question::memory, std::span(reply).first(length), played.setup) == Answer::partial);
    }
    CHECK(alpha().judge(Question::memory, reply, played.setup) == Answer::good);
}

TEST_CASE("the clock is set in the sign's own spelling", "[signs][alpha]") {
    Played played;
    played.sender.send(
        alpha().clock({.year = 2026, .month = 11, .day = 22, .weekday = 0, .hour = 9, .minute = 5}, played.setup));
    CHECK(played.sign.clock() == "0905");
    CHECK(played.sign.errors().empty());
}

TEST_CASE("every listed driver has a name, a summary and all of its functions", "[signs]") {
    for (const Driver& driver : drivers()) {
        CAPTURE(driver.name);
        CHECK_FALSE(driver.name.empty());
        CHECK_FALSE(driver.summary.empty());
        CHECK(find_driver(driver.name) == &driver);
        CHECK(driver.initialise != nullptr);
        CHECK(driver.show != nullptr);
        CHECK(driver.clock != nullptr);
        CHECK(driver.ask != nullptr);
        CHECK(driver.judge != nullptr);
        CHECK(driver.simulate(Setup{}) != nullptr);
    }
    CHECK(find_driver("nothing") == nullptr);
}
