// What a link believes of the answers it gets, of those it does not get, and of refusals; on a clock of the test's own.
#include "display-drivers/signs/link_plan.hpp"
#include "tests/signs/raw_bench.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>

using namespace baytime::signs;
using namespace std::chrono_literals;
using Kind = LinkStep::Kind;

TEST_CASE("a sign that has not answered is never said to be back", "[signs][plan]") {
    std::vector<std::string> said;
    LinkPlan plan(
        {}, [&](LogLevel, const std::string& text) { said.push_back(text); }, LinkTiming{});
    const auto heard = [&](const char* what) {
        return std::ranges::any_of(said, [&](const auto& one) { return one.find(what) != std::string::npos; });
    };
    const auto play = [&](std::optional<Answer> answer) {
        for (LinkStep step = plan.next(Moment{1h}); step.kind != Kind::wait; step = plan.next(Moment{1h})) {
            if (step.kind == Kind::ask) plan.answered(step.question, answer, Moment{1h});
            if (step.kind == Kind::send) plan.sent(step.packet);
        }
    };
    plan.show(TimedPage{.page = page_of("one")});
    plan.opened();
    play(std::nullopt);
    plan.lost();
    plan.opened();
    play(std::nullopt);
    CHECK_FALSE(plan.health().up_to_date);
    CHECK_FALSE(heard("it is back"));
    CHECK(heard("it has not answered"));
    plan.lost();
    plan.opened();
    play(Answer::good);
    CHECK(plan.health().up_to_date);
    CHECK(heard("it is back"));
}

TEST_CASE("a sign that nobody expects to answer is up to date when all is written", "[signs][plan]") {
    SignSettings settings;
    settings.driver = "am03127";
    settings.setup.address = "00";  // every sign on the line
    LinkPlan plan(settings, {}, LinkTiming{});
    plan.opened();
    plan.show(TimedPage{.page = page_of("one")});
    LinkStep step = plan.next(Moment{1h});
    for (; step.kind == Kind::send; step = plan.next(Moment{1h})) plan.sent(step.packet);
    CHECK(step.kind == Kind::wait);
    CHECK(plan.health().up_to_date);
}

TEST_CASE("a sign that takes no pictures gets letters, says so, and is asked for pictures when its port comes back",
          "[signs][plan]") {
    SignSettings settings;
    settings.setup.chinese = true;
    settings.setup.shape.rows = 16;
    LinkPlan plan(settings, {}, LinkTiming{});
    plan.show(TimedPage{.page = page_of("维修中")});
    Moment now{1h};
    bool pictures = false;  // and so its error register, until it is set up again
    const auto play = [&] {
        for (int i = 0; i < 1000; ++i) {
            const LinkStep step = plan.next(now);
            if (step.kind == Kind::wait) return;
            if (step.kind == Kind::send) {
                pictures = !step.packet.target.empty() && (pictures || step.packet.target.starts_with("picture"));
                plan.sent(step.packet);
            } else {
                const bool bad = step.question == Question::errors && pictures;
                plan.answered(step.question, bad ? Answer::bad : Answer::good, now);
            }
        }
        FAIL("never comes to rest");
    };
    plan.opened();
    for (int checks = 0; checks < 4; ++checks, now += 30s) play();
    CHECK_FALSE(pictures);
    CHECK(plan.health().errors.contains("pictures"));
    CHECK(plan.health().last_error == "it takes no pictures; its texts are shown in Latin letters");
    CHECK(plan.health().up_to_date);
    const auto letters = plan.settings().setup;
    CHECK_FALSE(letters.chinese);
    now += 1h;
    play();
    CHECK(plan.health().errors.at("pictures") == 1);
    CHECK(plan.health().up_to_date);
    plan.opened();
    CHECK(plan.settings().setup.chinese);
}

TEST_CASE("a card that refuses an area once has lost its memory; one that goes on has other reasons", "[signs][plan]") {
    SignSettings settings;
    settings.driver = "onbon";
    settings.setup.address = "0001";
    settings.setup.shape = {.columns = 96, .rows = 32};
    LinkPlan plan(settings, {}, LinkTiming{});
    plan.opened(57600);
    Moment now{1h};
    int set_ups = 0;
    const auto play = [&](const std::function<bool()>& refuses) {
        for (int i = 0; i < 200; ++i) {
            const LinkStep step = plan.next(now);
            if (step.kind == Kind::wait) return;
            if (step.kind == Kind::ask) plan.answered(step.question, Answer::good, now);
            if (step.kind != Kind::send) continue;
            const bool area = step.packet.target.starts_with("area");
            if (step.packet.target.empty()) ++set_ups;
            plan.acknowledged(step.packet, area && refuses() ? Answer::lost : Answer::good, now);
        }
        FAIL("never comes to rest");
    };
    plan.show(TimedPage{.page = page_of("one\ntwo")});
    play([] { return false; });
    REQUIRE(plan.health().up_to_date);
    const int packets = set_ups;

    int times = 1;
    plan.show(TimedPage{.page = page_of("one\nthree")});
    play([&] { return times-- > 0; });
    CHECK(set_ups == 2 * packets);
    CHECK(plan.health().up_to_date);
    CHECK(plan.health().errors == std::map<std::string, std::uint64_t>{{"memory", 1}});

    plan.show(TimedPage{.page = page_of("four\nfive")});
    play([] { return true; });
    CHECK(plan.health().errors.contains("refused"));
    CHECK_FALSE(plan.health().up_to_date);
    const int tried = set_ups;
    now += 31s;
    play([] { return true; });
    CHECK(set_ups == tried);  // not for ever
    CHECK_FALSE(plan.health().up_to_date);
    now += 31s;
    play([] { return false; });
    CHECK(plan.health().up_to_date);
}

TEST_CASE("what a card did not acknowledge is no good write", "[signs][plan]") {
    SignSettings settings;
    settings.driver = "onbon";
    settings.setup.address = "0001";
    settings.setup.shape = {.columns = 96, .rows = 32};
    LinkPlan plan(settings, {}, LinkTiming{});
    Moment now{1h};
    const auto play = [&](std::optional<Answer> answer) {
        for (int i = 0; i < 200; ++i, now += 1s) {
            const LinkStep step = plan.next(now);
            if (step.kind == Kind::ask) plan.answered(step.question, answer, now);
            if (step.kind == Kind::send && step.awaited) plan.acknowledged(step.packet, answer, now);
            if (step.kind == Kind::send && !step.awaited) plan.sent(step.packet);
        }
    };
    plan.opened(57600);
    plan.show(TimedPage{.page = page_of("one")});
    play(std::nullopt);
    CHECK_FALSE(plan.health().last_good_write);
    play(Answer::good);
    const auto good = plan.health().last_good_write;
    REQUIRE(good);
    plan.show(TimedPage{.page = page_of("two")});
    play(std::nullopt);
    CHECK(plan.health().state == LinkState::silent);
    CHECK(plan.health().last_good_write == good);
    play(Answer::good);
    CHECK(plan.health().last_good_write > good);
}

TEST_CASE("a strip without question or set-up is greeted with its page", "[signs][plan]") {
    SignSettings settings;
    settings.driver = "raw";
    settings.setup = support::raw_setup(support::hex_check_template);
    const LinkPlan plan(settings, {}, LinkTiming{});
    REQUIRE(plan.greeting().size() == 1);
    CHECK(plan.greeting().front().acknowledged);
    settings.setup = support::shipped_raw_setup("plain");  // it answers nothing
    CHECK(LinkPlan(settings, {}, LinkTiming{}).greeting().empty());
}
