// What is said here about orders of another system: events beside the board, by the rules of live orders.
#include "board/core/imported.hpp"
#include "board/core/elsewhere.hpp"
#include "board/core/verdict.hpp"
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

/// An order that was promised for 08:40 and handed over 20 minutes later, and what is asked about it.
struct Old {
    Workshop w;
    ImportedOrder order;

    explicit Old(const Imported& row = late()) {
        Event event{.seq = 1, .at = row.settled, .received = opening, .who = "import", .order = "O1", .fact = row};
        apply(w.board, event);
        w.journal.push_back(event);
        order = imported(event);
    }
    static Imported late() {
        return {.plate = "沪A·1",
                .advisor = "王芳",
                .technicians = {"T1"},
                .received = at_minute(-120),
                .promise = at_minute(-20),
                .settled = opening};
    }
    std::string say(const std::string& who, const Command& command) {
        const auto decision = decide(w.board, w.shop,
                                     {.command = command,
                                      .who = who,
                                      .at = w.now,
                                      .received = w.now,
                                      .cause = "c" + std::to_string(++w.commands)},
                                     Elsewhere{.imported = order.job});
        if (const auto* refused = std::get_if<Rejection>(&decision)) {
            w.sentence = refused->sentence;
            return token(refused->refusal);
        }
        const auto& events = std::get<std::vector<Event>>(decision);
        for (const auto& event : events) {
            apply(w.board, event);
            follow(order, event);
            w.journal.push_back(event);
        }
        return events.empty() ? "same" : "ok";
    }
    std::string stands() const {
        const auto ruling = *ruling_of(order.job);
        return name(ruling.verdict) + (ruling.pending ? " pending" : "");
    }
};

}  // namespace

TEST_CASE("§4 call-back, excuse and decision are said of an imported order as of a live one", "[imported]") {
    Old old;
    CHECK(old.stands() == "late");
    REQUIRE(old.say("130", GiveExcuse{.order = "O1", .cause = "came later", .signature = "S-1"}) == "ok");
    CHECK(old.stands() == "excused pending");
    CHECK(old.say("130", GiveExcuse{.order = "O1", .cause = "came later", .signature = "S-1"}) == "same");
    CHECK(old.say("130", DecideExcuse{.order = "O1"}) == "not-permitted");
    REQUIRE(old.say("160", DecideExcuse{.order = "O1"}) == "ok");
    CHECK(old.stands() == "excused");
    REQUIRE(old.say("150", LogCallBack{.order = "O1", .late = true, .text = "too late for her"}) == "ok");
    CHECK(old.stands() == "late");
    CHECK(old.say("130", LogCallBack{.order = "O1"}) == "not-permitted");
    REQUIRE(old.say("150", LogCallBack{.order = "O1"}) == "ok");
    CHECK(old.stands() == "excused");
    const auto now = old.order.now();
    CHECK(now.customer_cause == "S-1");
    CHECK(now.decision == ExcuseDecision::accepted);
    CHECK(now.call_back == ImportedCallBack::on_time);
    CHECK(old.order.row == Old::late());
    CHECK(old.order.has_words());
}

TEST_CASE("§4 an excuse that came with the file waits for the manager", "[imported]") {
    auto row = Old::late();
    row.customer_cause = "S-9";
    Old old(row);
    CHECK(old.stands() == "excused pending");
    REQUIRE(old.say("160", DecideExcuse{.order = "O1", .decision = ExcuseDecision::rejected}) == "ok");
    CHECK(old.stands() == "late");
    CHECK_FALSE(old.order.has_words());
    old.w.now += std::chrono::hours{25};
    CHECK(old.say("130", GiveExcuse{.order = "O1", .cause = "x", .signature = "y"}) == "not-from-here");
}

TEST_CASE("what a row said can be corrected, what it never said cannot, and nothing is taken back", "[imported]") {
    Old old;
    CHECK(old.say("130", Correct{.order = "O1", .type = RepairType::warranty}) == "not-permitted");
    REQUIRE(old.say("130", Correct{.order = "O1", .plate = "沪A12345", .amount = Amount{1250}}) == "ok");
    REQUIRE(old.say("160", Correct{.order = "O1", .advisor = "131", .type = RepairType::warranty}) == "ok");
    const auto now = old.order.now();
    CHECK(now.plate == "沪A12345");
    CHECK(now.advisor == "131");
    CHECK(now.type == RepairType::warranty);
    CHECK(now.amount == 1250);
    CHECK(old.say("130", Correct{.order = "O1", .model = "朗逸"}) == "not-from-here");
    CHECK(old.say("130", Correct{.order = "O1", .promise = at_minute(5)}) == "not-from-here");
    CHECK(old.say("130", Undo{.order = "O1"}) == "nothing-to-undo");
    CHECK(old.say("130", Deliver{.order = "O1"}) == "same");
    CHECK(old.say("101", Start{.order = "O1"}) == "not-from-here");
}

TEST_CASE("the board holds nothing of imported orders, whatever is said about them", "[imported]") {
    Old old;
    REQUIRE(old.say("150", LogCallBack{.order = "O1", .late = true}) == "ok");
    REQUIRE(old.say("130", Correct{.order = "O1", .amount = Amount{1}}) == "ok");
    CHECK(old.w.board.seq == 3);
    CHECK(old.w.board.jobs.empty());
    CHECK(old.w.board.before.empty());
    CHECK(old.w.replayed() == old.w.board);
}
