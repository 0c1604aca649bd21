// What a link does next, on a clock of the test's own.
#include "display-drivers/signs/link_plan.hpp"

#include <catch2/catch.hpp>

using namespace baytime::signs;
using namespace std::chrono_literals;
using Kind = LinkStep::Kind;

namespace {

struct Played {
    LinkPlan plan;
    Moment now{1h};
    std::vector<std::string> targets;  ///< of everything sent; empty for set-up

    explicit Played(const SignSettings& settings = {}) : plan(settings, {}, LinkTiming{}) { plan.opened(9600); }
    void show(Page page) { plan.show(TimedPage{.page = std::move(page)}); }
    /// Does what the plan says until it asks or waits.
    LinkStep run() {
        for (int i = 0; i < 200; ++i) {
            LinkStep step = plan.next(now);
            if (step.kind != Kind::send) return step;
            targets.push_back(step.packet.target);
            plan.sent(step.packet);
        }
        FAIL("never comes to rest");
        return {};
    }
    /// Answers every question until the plan waits.
    LinkStep run_answering(std::optional<Answer> answer) {
        LinkStep step = run();
        for (int i = 0; i < 20 && step.kind == Kind::ask; ++i) {
            plan.answered(step.question, answer, now);
            step = run();
        }
        return step;
    }
    std::size_t set_ups() const { return static_cast<std::size_t>(std::ranges::count(targets, "")) / packets; }
    std::size_t packets = find_driver("alpha")->initialise(Setup{}).size();
};

}  // namespace

TEST_CASE("a sign is set up, asked for its memory, and then shown the page", "[signs][plan]") {
    Played played;
    played.show(page_of("one"));
    const LinkStep step = played.run();
    CHECK(step.kind == Kind::ask);
    CHECK(step.question == Question::memory);
    CHECK(played.set_ups() == 1);
    CHECK(played.targets.back().empty());
    CHECK(played.plan.health().state == LinkState::showing);
    CHECK_FALSE(played.plan.health().up_to_date);
    played.plan.answered(Question::memory, Answer::good, played.now);
    CHECK(played.run().question == Question::memory);  // what was written is confirmed
    CHECK(played.targets.back() == "priority");
    CHECK(played.plan.health().up_to_date);
}

TEST_CASE("a page that is already shown is not written again", "[signs][plan]") {
    Played played;
    played.show(page_of("one"));
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    const auto sent = played.targets.size();
    played.show(page_of("one"));
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    CHECK(played.targets.size() == sent);
    played.show(page_of("two"));
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    CHECK(played.targets.size() == sent + 1);
    CHECK(played.targets.back() == "string a");
    CHECK(played.plan.health().pages == 2);
}

TEST_CASE("pages that come faster than the line carries them are finished one after another", "[signs][plan]") {
    Played played;
    played.show(page_of("car 0\nrepair"));
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    const auto pages = played.plan.health().pages;
    played.targets.clear();
    constexpr int flood = 60;
    for (int i = 1; i <= flood; ++i) {
        played.show(page_of("car " + std::to_string(i) + "\nminute " + std::to_string(i)));
        const LinkStep step = played.plan.next(played.now);
        REQUIRE(step.kind == Kind::send);
        played.targets.push_back(step.packet.target);
        played.plan.sent(step.packet);
    }
    // Each page changes two strings: every second packet completes a page, and the pages between are left out.
    CHECK(played.targets[0] == "string a");
    CHECK(played.targets[1] == "string b");
    CHECK(played.plan.health().pages >= pages + flood / 2 - 1);
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    CHECK(played.plan.health().up_to_date);
}

TEST_CASE("pages are as far apart as the sign wants, and only the newest waits", "[signs][plan]") {
    SignSettings settings;
    settings.min_write = 10s;
    Played played(settings);
    played.show(page_of("one"));
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    const auto sent = played.targets.size();
    played.show(page_of("two"));
    const LinkStep step = played.run_answering(Answer::good);
    REQUIRE(step.kind == Kind::wait);
    CHECK(step.until == played.now + 10s);
    played.show(page_of("three"));
    played.now += 9s;
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    CHECK(played.targets.size() == sent);
    CHECK_FALSE(played.plan.health().up_to_date);
    played.now += 1s;
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    CHECK(played.targets.size() == sent + 1);
    CHECK(played.plan.health().pages == 2);
    CHECK(played.plan.health().superseded == 1);
    CHECK(played.plan.health().up_to_date);
}

TEST_CASE("a sign that never answers is shown pages all the same, and set up again at every refresh", "[signs][plan]") {
    Played played;
    played.show(page_of("one"));
    const LinkStep step = played.run_answering(std::nullopt);
    REQUIRE(step.kind == Kind::wait);
    CHECK(step.until == played.now + 5min);
    CHECK(played.plan.health().pages == 1);
    CHECK_FALSE(played.plan.health().up_to_date);  // it could say so, and never did
    CHECK_FALSE(played.plan.health().answers);
    CHECK(played.plan.health().errors.empty());
    played.now = step.until;
    REQUIRE(played.run_answering(std::nullopt).kind == Kind::wait);
    CHECK(played.set_ups() == 2);
}

TEST_CASE("a sign that answers is written everything again at a refresh, but not set up", "[signs][plan]") {
    Played played;
    played.show(page_of("one"));
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    const auto sent = played.targets.size();
    played.now += 5min;
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    CHECK(played.set_ups() == 1);
    CHECK(played.targets.size() == sent + 3);
}

TEST_CASE("a sign that answers is checked every 30 seconds", "[signs][plan]") {
    Played played;
    played.show(page_of("one"));
    const LinkStep wait = played.run_answering(Answer::good);
    REQUIRE(wait.kind == Kind::wait);
    CHECK(wait.until == played.now + 30s);
    played.now = wait.until;
    CHECK(played.run().kind == Kind::ask);
}

TEST_CASE("any doubt leads to a new set-up, but a sign that does not obey is not set up for ever", "[signs][plan]") {
    const Answer doubt = GENERATE(Answer::lost, Answer::bad);
    Played played;
    played.show(page_of("one"));
    REQUIRE(played.run_answering(doubt).kind == Kind::wait);
    CHECK(played.set_ups() == 4);  // the first and three more
    CHECK(played.plan.health().retries == 3);
    CHECK_FALSE(played.plan.health().up_to_date);
    CHECK(played.plan.health().errors.contains(doubt == Answer::lost ? "memory" : "garbled"));
    // Noise on the line may be the reason: each check tries once more, and when it is over the sign is right again.
    for (std::size_t more = 1; more <= 3; ++more) {
        played.now += 30s;
        REQUIRE(played.run_answering(doubt).kind == Kind::wait);
        CHECK(played.set_ups() == 4 + more);
        CHECK_FALSE(played.plan.health().up_to_date);
    }
    played.now += 30s;
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    CHECK(played.plan.health().up_to_date);
}

TEST_CASE("a sign that falls silent is written to blindly and set up when it answers again", "[signs][plan]") {
    Played played;
    played.show(page_of("one"));
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    played.show(page_of("two"));
    REQUIRE(played.run_answering(std::nullopt).kind == Kind::wait);
    CHECK(played.plan.health().state == LinkState::silent);
    CHECK(played.targets.back() == "string a");
    CHECK(played.set_ups() == 1);
    played.now += 30s;
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    CHECK(played.plan.health().state == LinkState::showing);
    CHECK(played.set_ups() == 2);
}

TEST_CASE("what a sign that should answer does not answer is not up to date", "[signs][plan]") {
    SignSettings settings;
    settings.driver = "onbon";
    settings.setup.address = "0001";
    settings.setup.shape.rows = 16;
    settings.port.baud = 57600;
    LinkPlan plan(settings, {}, LinkTiming{});
    plan.opened(57600);
    plan.show(TimedPage{.page = page_of("one")});
    Moment now{1h};
    const auto play = [&](std::optional<Answer> answer) {
        for (int i = 0; i < 200; ++i) {
            const LinkStep step = plan.next(now);
            if (step.kind == Kind::wait && step.until > now + 5s) return;
            if (step.kind == Kind::wait) now = step.until;
            if (step.kind == Kind::ask) plan.answered(step.question, answer, now);
            if (step.kind != Kind::send) continue;
            step.awaited ? plan.acknowledged(step.packet, answer, now) : plan.sent(step.packet);
        }
        FAIL("never comes to rest");
    };
    play(std::nullopt);
    CHECK(plan.health().state == LinkState::silent);
    CHECK(plan.health().pages == 1);  // written blindly
    CHECK_FALSE(plan.health().up_to_date);
    plan.found_speed(9600, false);
    // Whatever follows, it is said until it is mended.
    for (int minute = 0; minute < 10; ++minute) {
        now += 1min;
        play(std::nullopt);
        plan.show(TimedPage{.page = page_of(std::to_string(minute))});
        play(std::nullopt);
        CHECK_FALSE(plan.health().up_to_date);
        CHECK(plan.health().answers_at == 9600);
        CHECK(plan.health().last_error == "it answers at 9600, configured 57600");
    }
    plan.lost();
    plan.note("lost", "the port was unplugged or closed");
    plan.state(LinkState::opening);
    plan.opened(57600);
    play(std::nullopt);
    CHECK(plan.health().last_error == "it answers at 9600, configured 57600");
    now += 1h;
    play(Answer::good);
    CHECK(plan.health().up_to_date);
    CHECK_FALSE(plan.health().answers_at);
}

TEST_CASE("writing the same page again takes nothing from what is known of the sign", "[signs][plan]") {
    SignSettings settings;
    settings.driver = "am03127";
    settings.setup.address = "01";
    LinkPlan plan(settings, {}, LinkTiming{});
    plan.opened(9600);
    plan.show(TimedPage{.page = page_of("one")});
    Moment now{1h};
    std::size_t sent = 0;
    const auto answered = [&] {
        LinkStep step = plan.next(now);
        for (; step.kind != Kind::wait; step = plan.next(now)) {
            if (step.kind == Kind::ask) plan.answered(step.question, Answer::good, now);
            if (step.kind == Kind::send) plan.acknowledged(step.packet, Answer::good, now), ++sent;
            if (sent > 0 && plan.health().pages > 0) CHECK(plan.health().up_to_date);
        }
        return step.until;
    };
    answered();
    REQUIRE(plan.health().up_to_date);
    // It cannot say that it was without power: all is written again after half a minute, as it comes.
    const auto until = now + 30s;
    sent = 0;
    while (now < until) now = std::max(now + 1s, std::min(answered(), until));
    answered();
    CHECK(sent >= 3);
    CHECK(plan.health().up_to_date);
    plan.show(TimedPage{.page = page_of("two")});
    CHECK_FALSE(plan.health().up_to_date);
}

TEST_CASE("after stop the neutral page is the last thing sent", "[signs][plan]") {
    Played played;
    played.show(page_of("one"));
    REQUIRE(played.run_answering(Answer::good).kind == Kind::wait);
    played.plan.stop(page_of("Welcome"));
    played.show(page_of("two"));
    CHECK(played.run().kind == Kind::done);
    CHECK(played.targets.back() == "string a");
}

TEST_CASE("a link for a driver that does not exist is refused", "[signs][plan]") {
    SignSettings settings;
    settings.driver = "none";
    CHECK_THROWS_AS(LinkPlan(settings, {}, {}), std::invalid_argument);
}

TEST_CASE("nothing stands between a picture's header and its rows, not even the clock", "[signs][plan]") {
    SignSettings settings;
    settings.setup.chinese = true;
    settings.setup.shape.rows = 16;
    LinkPlan plan(settings, {}, LinkTiming{});
    plan.opened(9600);
    plan.show(TimedPage{.page = page_of("维修中")});
    const Moment now{1h};
    bool open = false;
    int headers = 0;
    for (int i = 0; i < 200; ++i) {
        const LinkStep step = plan.next(now);
        if (step.kind == Kind::wait) break;
        if (step.kind == Kind::ask) {
            CHECK_FALSE(open);
            plan.answered(step.question, Answer::good, now);
            continue;
        }
        const bool picture = step.packet.target.starts_with("picture");
        CHECK((!open || picture));
        open = picture && step.packet.unfinished;
        plan.sent(step.packet);
        if (!open) continue;
        ++headers;
        plan.set_clock([] { return SignClock{}; });
    }
    CHECK(headers > 0);
    CHECK(plan.health().up_to_date);
}

TEST_CASE("a text that takes several packets is written once", "[signs][plan]") {
    SignSettings settings;
    settings.driver = "cpower";
    settings.setup.address = "FF";
    settings.setup.shape.rows = 16;
    LinkPlan plan(settings, {}, LinkTiming{});
    plan.opened(115200);
    plan.show(TimedPage{.page = page_of(std::string(600, 'x'))});
    LinkStep step = plan.next(Moment{1h});
    int sent = 0;
    for (; step.kind == Kind::send && sent < 100; ++sent) {
        plan.acknowledged(step.packet, Answer::good, Moment{1h});
        step = plan.next(Moment{1h});
    }
    CHECK(step.kind == Kind::wait);
    CHECK(plan.health().up_to_date);
    CHECK(sent < 20);
}
