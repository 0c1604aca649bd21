// Every command in every state of a job: the arrows of the repair flow (rule §2).
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace baytime;
using namespace baytime::support;

namespace {

constexpr JobState states[] = {JobState::booked,    JobState::waiting,    JobState::assigned, JobState::in_progress,
                               JobState::paused,    JobState::inspection, JobState::washing,  JobState::ready,
                               JobState::delivered, JobState::cancelled,  JobState::no_show};

struct Row {
    const char* verb;
    const char* who;
    Command (*command)();
    /// One word for each of `states`: ok, same, or nfh for not-from-here, else the token.
    const char* outcomes;
};

constexpr const char* r = "R1";
constexpr Instant later = at_minute(150);

constexpr Row rows[] = {
    {"receive", "130", []() -> Command { return Receive{.order = r}; },
     "ok same same same same same same same order-exists order-exists order-exists"},
    {"book", "130",
     []() -> Command { return Book{.order = r, .plate = "沪A12345", .model = "朗逸", .appointment = at_minute(60)}; },
     "same order-exists order-exists order-exists order-exists order-exists order-exists order-exists order-exists "
     "order-exists order-exists"},
    {"assign", "120", []() -> Command { return Assign{.order = r, .bay = "2"}; },
     "nfh ok ok nfh ok nfh nfh nfh nfh nfh nfh"},
    {"assign, same bay", "120", []() -> Command { return Assign{.order = r, .bay = "1"}; },
     "nfh ok same same same nfh nfh nfh nfh nfh nfh"},
    {"assign, parked", "120", []() -> Command { return Assign{.order = r, .bay = "1", .parked = true}; },
     "nfh ok ok same same nfh nfh nfh nfh nfh nfh"},
    {"unassign", "120", []() -> Command { return Unassign{.order = r}; }, "nfh same ok nfh ok nfh nfh nfh nfh nfh nfh"},
    {"start", "101", []() -> Command { return Start{.order = r}; },
     "nfh not-assigned ok same ok nfh nfh nfh nfh nfh nfh"},
    {"start, another", "102", []() -> Command { return Start{.order = r}; },
     "nfh not-assigned ok ok ok nfh nfh nfh nfh nfh nfh"},
    {"pause", "101", []() -> Command { return Pause{.order = r, .reason = PauseReason::parts}; },
     "nfh nfh nfh ok same nfh nfh nfh nfh nfh nfh"},
    {"finish", "101", []() -> Command { return Finish{.order = r}; }, "nfh nfh nfh ok nfh same nfh nfh nfh nfh nfh"},
    {"inspect", "140", []() -> Command { return Inspect{.order = r, .passed = true}; },
     "nfh nfh nfh nfh nfh ok nfh nfh nfh nfh nfh"},
    {"inspect, failed", "140", []() -> Command { return Inspect{.order = r, .failed = true, .reason = "leak"}; },
     "nfh nfh nfh nfh nfh ok nfh nfh nfh nfh nfh"},
    {"wash", "101", []() -> Command { return Wash{.order = r}; }, "nfh nfh nfh nfh nfh nfh ok same nfh nfh nfh"},
    {"ready", "110", []() -> Command { return Ready{.order = r}; }, "nfh nfh nfh nfh nfh nfh ok same nfh nfh nfh"},
    {"deliver", "130", []() -> Command { return Deliver{.order = r}; }, "nfh nfh nfh nfh nfh nfh nfh ok same nfh nfh"},
    {"cancel", "130", []() -> Command { return Cancel{.order = r, .reason = "left"}; },
     "ok ok ok ok ok ok ok nfh nfh same nfh"},
    {"no-show", "150", []() -> Command { return NoShow{.order = r}; }, "ok nfh nfh nfh nfh nfh nfh nfh nfh nfh same"},
    {"correct", "130", []() -> Command { return Correct{.order = r, .model = "途观"}; },
     "ok ok ok ok ok ok ok ok ok ok ok"},
    {"undo", "120", []() -> Command { return Undo{.order = r}; }, "ok ok ok ok ok ok ok ok ok ok ok"},
    {"promise", "130", []() -> Command { return SetPromise{.order = r, .to = at_minute(200)}; },
     "ok nfh nfh nfh nfh nfh nfh nfh nfh nfh nfh"},
    {"repromise", "130",
     []() -> Command { return Repromise{.order = r, .to = later, .reason = DelayReason::added_work, .who = "王先生"}; },
     "nfh ok ok ok ok ok ok ok nfh nfh nfh"},
    {"estimate", "130", []() -> Command { return Estimate{.order = r, .to = later}; },
     "nfh ok ok ok ok ok ok ok nfh nfh nfh"},
    {"delay", "101", []() -> Command { return FlagDelay{.order = r, .minutes = MinuteCount{15}}; },
     "nfh ok ok ok ok ok ok ok nfh nfh nfh"},
    {"add-work", "101", []() -> Command { return AddWork{.order = r, .name = "刹车片", .minutes = {40}}; },
     "nfh ok ok ok ok ok ok ok nfh nfh nfh"},
    {"contact", "130", []() -> Command { return LogContact{.order = r, .who = "王先生"}; },
     "ok ok ok ok ok ok ok ok nfh nfh nfh"},
    {"call-back", "150", []() -> Command { return LogCallBack{.order = r, .late = true}; },
     "nfh nfh nfh nfh nfh nfh nfh nfh ok nfh nfh"},
    {"excuse", "130", []() -> Command { return GiveExcuse{.order = r, .cause = "x", .signature = "y"}; },
     "nfh ok ok ok ok ok ok ok nfh nfh nfh"},
    {"decide-excuse", "160", []() -> Command { return DecideExcuse{.order = r}; },
     "nfh nfh nfh nfh nfh nfh nfh nfh nfh nfh nfh"},
    {"consent", "130", []() -> Command { return GiveConsent{.order = r, .item = 1, .who = "王先生"}; },
     "nfh unknown-item unknown-item unknown-item unknown-item unknown-item unknown-item unknown-item nfh nfh nfh"},
};

}  // namespace

TEST_CASE("a job moves only along the arrows of the repair flow", "[decide]") {
    for (const Row& row : rows) {
        std::istringstream outcomes(row.outcomes);
        for (const JobState state : states) {
            std::string expected;
            REQUIRE(outcomes >> expected);
            if (expected == "nfh") expected = "not-from-here";
            CAPTURE(row.verb, name(state));
            Workshop w;
            w.bring(r, state);
            REQUIRE(w.job(r).state == state);
            w.now += minutes(1) / 2;  // not within the same instant, but still within the undo window
            const Board before = w.board;
            const std::string said = w.say(row.who, row.command());
            CAPTURE(w.sentence);
            CHECK(said == expected);
            if (said != "ok") CHECK(w.board == before);
            CHECK(w.replayed() == w.board);
            // Asking for what is already so, or for what was just refused, gives the same answer again.
            if (said != "ok") CHECK(w.say(row.who, row.command()) == said);
        }
    }
}

TEST_CASE("a refusal of the state names the order, its state and what works", "[decide]") {
    Workshop w;
    w.bring(r, JobState::paused);
    CHECK(w.say("101", Finish{.order = r}) == "not-from-here");
    CHECK(w.sentence == "R1 is paused in bay 1; start it first, then finish it");
}

TEST_CASE("every open state but booked has a customer step", "[job]") {
    CHECK(step_of(JobState::waiting) == Step::received);
    CHECK(step_of(JobState::assigned) == Step::dispatched);
    CHECK(step_of(JobState::in_progress) == Step::repair);
    CHECK(step_of(JobState::paused) == Step::repair);
    CHECK(step_of(JobState::inspection) == Step::quality);
    CHECK(step_of(JobState::washing) == Step::washing);
    CHECK(step_of(JobState::ready) == Step::ready);
    CHECK(step_of(JobState::delivered) == Step::ready);
}
