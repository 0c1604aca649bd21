// What is agreed and said with the customer: add-work, consent, contact, call-back.
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

TEST_CASE("§1 added work waits for the customer's answer", "[decide][talk]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    w.now = at_minute(5);
    const AddWork pads{.order = "R1", .name = "刹车片", .minutes = {40}, .code = "B-PAD"};
    REQUIRE(w.say("101", pads) == "ok");
    CHECK(w.say("101", pads) == "same");
    CHECK(w.job("R1").items.at(0).added);
    CHECK(w.job("R1").items.at(0).consent == Consent::open);
    CHECK(w.job("R1").asked_at == at_minute(5));
    const GiveConsent yes{.order = "R1", .item = 1, .who = "王先生", .how = ContactHow::message};
    REQUIRE(w.say("130", yes) == "ok");
    CHECK(w.say("130", yes) == "same");
    CHECK(w.job("R1").items.at(0).consent == Consent::agreed);
    CHECK_FALSE(w.job("R1").asked_at);
    REQUIRE(w.say("130", GiveConsent{.order = "R1", .item = 1, .declined = true, .who = "王先生"}) == "ok");
    CHECK(w.job("R1").items.at(0).consent == Consent::declined);
}

TEST_CASE("added work and consent are checked", "[decide][talk]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    CHECK(w.say("101", AddWork{.order = "R1", .name = "", .minutes = {40}}) == "value-missing");
    CHECK(w.say("101", AddWork{.order = "R1", .name = "x", .minutes = {0}}) == "value-bad");
    CHECK(w.say("101", AddWork{.order = "R1", .name = "x\ty", .minutes = {5}}) == "value-bad");
    REQUIRE(w.say("101", AddWork{.order = "R1", .name = "x", .minutes = {5}}) == "ok");
    CHECK(w.say("130", GiveConsent{.order = "R1", .item = 0, .who = "王先生"}) == "unknown-item");
    CHECK(w.say("130", GiveConsent{.order = "R1", .item = 2, .who = "王先生"}) == "unknown-item");
    CHECK(w.say("130", GiveConsent{.order = "R1", .item = 1, .who = ""}) == "value-missing");
}

TEST_CASE("an item that was on the order from the start needs no consent", "[decide][talk]") {
    Workshop w;
    REQUIRE(w.say("130", Receive{.order = "R1",
                                 .plate = "沪A12345",
                                 .model = "朗逸",
                                 .type = RepairType::repair,
                                 .promise = at_minute(60),
                                 .items = std::vector<Item>{{.name = "机油", .minutes = 30}}}) == "ok");
    CHECK(w.say("130", GiveConsent{.order = "R1", .item = 1, .who = "王先生"}) == "value-bad");
}

TEST_CASE("§5 a contact means the customer knows the newest time", "[decide][talk]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{20}, .reason = DelayReason::parts}) == "ok");
    const LogContact call{.order = "R1", .who = "王先生", .how = ContactHow::phone, .text = "20 minutes"};
    REQUIRE(w.say("130", call) == "ok");
    CHECK(w.job("R1").told);
    CHECK(w.say("130", call) == "same");
    REQUIRE(w.say("101", FlagDelay{.order = "R1", .minutes = MinuteCount{10}, .reason = DelayReason::parts}) == "ok");
    CHECK_FALSE(w.job("R1").told);
    // The same words about a newer time are news.
    CHECK(w.say("130", call) == "ok");
    CHECK(w.job("R1").told);
    CHECK(w.say("130", LogContact{.order = "R1", .who = ""}) == "value-missing");
}

TEST_CASE("§4 a call-back is kept once and can be said better", "[decide][talk]") {
    Workshop w;
    w.bring("R1", JobState::delivered);
    REQUIRE(w.say("150", LogCallBack{.order = "R1", .late = false, .text = "content"}) == "ok");
    CHECK(w.say("150", LogCallBack{.order = "R1", .late = false, .text = "content"}) == "same");
    REQUIRE(w.say("150", LogCallBack{.order = "R1", .late = true, .text = "waited"}) == "ok");
    CHECK(w.job("R1").call_back->late);
}
