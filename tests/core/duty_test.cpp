// The advisor's duty: who must be told what by when, and how long a customer heard nothing (rule §5).
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

std::string listed(const Workshop& w, std::string_view advisor = {}) {
    std::string out;
    for (const auto& duty : duties(w.board, w.shop, predict(w.board, w.shop, w.now), advisor, w.now)) {
        const auto by = std::chrono::floor<minutes>(duty.by - opening).count();
        out += (out.empty() ? "" : " ") + duty.id + "@" + std::to_string(by) + (duty.late ? "!" : "");
    }
    return out;
}

void waits(Workshop& w, const char* order) {
    w.receive(order);
    REQUIRE(w.say("130", Correct{.order = order, .waiting = true}) == "ok");
}

}  // namespace

TEST_CASE("§5 duties name the customer, what to tell and by when", "[duty]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    CHECK(listed(w).empty());
    w.now = at_minute(10);
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{20}}) == "ok");
    CHECK(listed(w) == "tell_delay:R1@120");  // before the promise passes
    const auto duty = duties(w.board, w.shop, predict(w.board, w.shop, w.now), "130", w.now).at(0);
    CHECK(duty.customer == "王先生");
    CHECK(duty.phone == "13800001111");
    CHECK(duty.expected == at_minute(140));
    CHECK(duty.since == at_minute(10));
    CHECK(listed(w, "131").empty());
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
    CHECK(listed(w).empty());
}

TEST_CASE("§5 what became known after the promise is due at once", "[duty]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.now = at_minute(130);
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{20}}) == "ok");
    CHECK(listed(w) == "tell_delay:R1@130");
    w.now = at_minute(131);
    CHECK(listed(w) == "tell_delay:R1@130!");
}

TEST_CASE("§5 added work is told first, then its answer fetched", "[duty]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    REQUIRE(w.say("101", AddWork{.order = "R1", .name = "seal", .minutes = {20}}) == "ok");
    CHECK(listed(w) == "tell_work:R1@120");
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
    CHECK(listed(w) == "get_answer:R1@120");
    REQUIRE(w.say("130", GiveConsent{.order = "R1", .item = 1, .who = "王先生"}) == "ok");
    CHECK(listed(w).empty());
}

TEST_CASE("§5 a waiting customer hears something every 60 minutes, a guest is called 15 minutes after the time",
          "[duty]") {
    Workshop w;
    waits(w, "R1");
    w.bring("R2", JobState::booked);  // appointment at minute 60
    CHECK(listed(w) == "keep_contact:R1@60");
    w.now = at_minute(60);
    CHECK(listed(w) == "keep_contact:R1@60 call_guest:R2@75");
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
    REQUIRE(w.say("130", LogContact{.order = "R2", .who = "王先生"}) == "ok");
    CHECK(listed(w) == "keep_contact:R1@120");
}

TEST_CASE("§5 the longest silence lies between arrival, every word, and the finished car", "[duty]") {
    Workshop w;
    waits(w, "R1");
    w.receive("R2");
    CHECK_FALSE(longest_silence(w.job("R2"), w.now));
    w.now = at_minute(25);
    CHECK(longest_silence(w.job("R1"), w.now) == minutes{25});
    REQUIRE(w.say("130", LogContact{.order = "R1", .who = "王先生"}) == "ok");
    w.now = at_minute(40);
    REQUIRE(w.say("120", Assign{.order = "R1", .bay = "1", .technician = "101"}) == "ok");
    REQUIRE(w.say("101", Start{.order = "R1"}) == "ok");
    REQUIRE(w.say("101", AddWork{.order = "R1", .name = "seal", .minutes = {20}}) == "ok");
    CHECK(longest_silence(w.job("R1"), w.now) == minutes{25});
    w.now = at_minute(55);
    REQUIRE(w.say("130", GiveConsent{.order = "R1", .item = 1, .who = "王先生"}) == "ok");
    CHECK(longest_silence(w.job("R1"), w.now) == minutes{30});
    w.now = at_minute(90);
    REQUIRE(w.say("101", Finish{.order = "R1"}) == "ok");
    REQUIRE(w.say("110", Inspect{.order = "R1", .passed = true}) == "ok");
    REQUIRE(w.say("101", Wash{.order = "R1"}) == "ok");
    w.now = at_minute(300);
    CHECK(longest_silence(w.job("R1"), w.now) == minutes{35});
    REQUIRE(w.say("130", Deliver{.order = "R1"}) == "ok");
    CHECK(longest_silence(w.job("R1"), w.now + minutes{500}) == minutes{35});
}
