// At the desk: book, receive, cancel, correct.
#include "board/core/elsewhere.hpp"
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

namespace {

Receive walk_in() {
    return {.order = "R1",
            .plate = "沪a·12345",
            .model = "朗逸",
            .type = RepairType::repair,
            .promise = at_minute(90),
            .customer = "王先生"};
}

Book booking() {
    return {.order = "R1", .plate = "沪AD12338", .model = "ID.4", .appointment = at_minute(60), .customer = "陈女士"};
}

}  // namespace

TEST_CASE("a walk-in needs plate, model and type", "[decide][intake]") {
    struct Case {
        const char* missing;
        void (*leave_out)(Receive&);
        const char* outcome;
    };
    const auto c = GENERATE(values<Case>({
        {"nothing", [](Receive&) {}, "ok"},
        {"plate", [](Receive& r) { r.plate.reset(); }, "value-missing"},
        {"model", [](Receive& r) { r.model.reset(); }, "value-missing"},
        {"type", [](Receive& r) { r.type.reset(); }, "value-missing"},
        {"promise, which is prefilled", [](Receive& r) { r.promise.reset(); }, "ok"},
        {"good promise", [](Receive& r) { r.promise = at_minute(-1); }, "promise-past"},
        {"promise of this century", [](Receive& r) { r.promise = opening + std::chrono::hours(9000); }, "value-bad"},
        {"plate that is one", [](Receive& r) { r.plate = "hello"; }, "value-bad"},
        {"known advisor", [](Receive& r) { r.advisor = "999"; }, "unknown-person"},
        {"order number", [](Receive& r) { r.order = "R 1"; }, "value-bad"},
        {"order number at all", [](Receive& r) { r.order = ""; }, "value-bad"},
        {"other order of a return", [](Receive& r) { r.return_of = "r1"; }, "value-bad"},
        {"short name", [](Receive& r) { r.customer = std::string(201, 'x'); }, "value-bad"},
        {"plain name", [](Receive& r) { r.customer = "a\nb"; }, "value-bad"},
    }));
    CAPTURE(c.missing);
    Workshop w;
    Receive receive = walk_in();
    c.leave_out(receive);
    CHECK(w.say("130", receive) == c.outcome);
}

TEST_CASE("a received car stands on the board as the desk wrote it", "[decide][intake]") {
    Workshop w;
    Receive receive = walk_in();
    receive.order = "r1";
    receive.waiting = true;
    REQUIRE(w.say("130", receive) == "ok");
    const Job& job = w.job("R1");
    CHECK(job.plate == "沪A12345");
    CHECK(job.state == JobState::waiting);
    CHECK(job.arrived_at == opening);
    CHECK(job.original_promise == at_minute(90));
    CHECK(job.promise == at_minute(90));
    CHECK(job.advisor == "130");
    CHECK(job.waiting);
    CHECK_FALSE(job.appointment);
    CHECK(job.wash);
    CHECK(job.first_seq == 1);
}

TEST_CASE("a promise of this very minute is not past", "[decide][intake]") {
    Workshop w;
    w.now = opening + seconds(59);
    Receive receive = walk_in();
    receive.promise = opening;
    CHECK(w.say("130", receive) == "ok");
}

TEST_CASE("receiving twice is one car", "[decide][intake]") {
    Workshop w;
    Receive receive = walk_in();
    REQUIRE(w.say("130", receive) == "ok");
    w.now += seconds(2);
    receive.promise = *receive.promise + seconds(2);  // said as `+90` again
    CHECK(w.say("130", receive) == "same");
    receive.plate = "沪B99999";
    CHECK(w.say("130", receive) == "order-exists");
}

TEST_CASE("a booking becomes a car with what changed at the desk", "[decide][intake]") {
    Workshop w;
    Book book = booking();
    book.promise = at_minute(150);
    book.items = std::vector<Item>{{.code = "M-OIL"}, {.name = "四轮定位", .minutes = 60}};
    REQUIRE(w.say("150", book) == "ok");
    CHECK(w.job("R1").items.at(0).name == "更换机油");
    CHECK(w.job("R1").items.at(0).minutes == 30);
    CHECK(w.job("R1").advisor.empty());
    w.now = at_minute(55);
    REQUIRE(w.say("131", Receive{.order = "R1", .promise = at_minute(170), .wash = false}) == "ok");
    const Job& job = w.job("R1");
    CHECK(job.appointment);
    CHECK(job.appointment_at == at_minute(60));
    CHECK(job.original_promise == at_minute(170));
    CHECK(job.plate == "沪AD12338");
    CHECK(job.customer == "陈女士");
    CHECK(job.advisor == "131");
    CHECK(job.items.size() == 2);
    CHECK_FALSE(job.wash);
}

TEST_CASE("§3 a booking without a promise gets one at the desk, one that has passed needs another",
          "[decide][intake]") {
    Workshop w;
    Book other = booking();
    other.order = "R2";
    REQUIRE(w.say("130", other) == "ok");
    REQUIRE(w.say("130", Receive{.order = "R2"}) == "ok");
    CHECK(w.job("R2").promise > w.now);
    REQUIRE(w.say("130", booking()) == "ok");
    REQUIRE(w.say("130", SetPromise{.order = "R1", .to = at_minute(90)}) == "ok");
    w.now = at_minute(91);
    CHECK(w.say("130", Receive{.order = "R1"}) == "promise-past");
    CHECK(w.say("130", Receive{.order = "R1", .promise = at_minute(200)}) == "ok");
}

TEST_CASE("a booking is checked", "[decide][intake]") {
    struct Case {
        const char* what;
        void (*spoil)(Book&);
        const char* outcome;
    };
    const auto c = GENERATE(values<Case>({
        {"good", [](Book&) {}, "ok"},
        {"an hour ago", [](Book& b) { b.appointment = at_minute(-60); }, "ok"},
        {"yesterday", [](Book& b) { b.appointment = at_minute(-24 * 60); }, "value-bad"},
        {"in two years", [](Book& b) { b.appointment = at_minute(2 * 366 * 24 * 60); }, "value-bad"},
        {"promise before appointment", [](Book& b) { b.promise = at_minute(59); }, "value-bad"},
        {"promise past", [](Book& b) { b.promise = at_minute(-1); }, "promise-past"},
        {"no model", [](Book& b) { b.model = ""; }, "value-missing"},
        {"bad plate", [](Book& b) { b.plate = "!!"; }, "value-bad"},
        {"bad item", [](Book& b) { b.items = std::vector<Item>{{.code = "NO-SUCH"}}; }, "value-bad"},
        {"item too long", [](Book& b) { b.items = std::vector<Item>{{.name = "x", .minutes = 20000}}; }, "value-bad"},
        {"too many items", [](Book& b) { b.items = std::vector<Item>(101, {.name = "x", .minutes = 1}); }, "value-bad"},
    }));
    CAPTURE(c.what);
    Workshop w;
    Book book = booking();
    c.spoil(book);
    CHECK(w.say("130", book) == c.outcome);
}

TEST_CASE("a standard time may be named by its code alone", "[decide][intake]") {
    Workshop w;
    Book book = booking();
    book.items = std::vector<Item>{{.name = "M-OIL"}, {.code = "M-OIL", .name = "机油", .minutes = 20}};
    REQUIRE(w.say("130", book) == "ok");
    CHECK(w.job("R1").items.at(0) == Item{.code = "M-OIL", .name = "更换机油", .minutes = 30});
    CHECK(w.job("R1").items.at(1) == Item{.code = "M-OIL", .name = "机油", .minutes = 20});
}

TEST_CASE("nobody agrees for the customer by writing an item as agreed added work", "[decide][intake]") {
    Workshop w;
    Book book = booking();
    book.items = std::vector<Item>{{.name = "x", .minutes = 5, .added = true, .consent = Consent::declined}};
    REQUIRE(w.say("130", book) == "ok");
    CHECK(w.job("R1").items.at(0) == Item{.name = "x", .minutes = 5});
}

TEST_CASE("a return belongs to an order on record that is over, here or imported", "[decide][intake]") {
    Workshop w;
    w.bring("R0", JobState::waiting);
    Receive receive = walk_in();
    receive.return_of = "r0";
    CHECK(w.say("130", receive) == "value-bad");
    receive.return_of = "OLD-7";
    CHECK(w.say("130", receive) == "unknown-order");
    CHECK(w.sentence.find("import the shop's earlier orders") != std::string::npos);
    const auto decision =
        decide(w.board, w.shop, {.command = receive, .who = "130", .at = w.now, .received = w.now, .cause = "c"},
               Elsewhere{.imported = {}, .return_imported = true});
    REQUIRE(std::holds_alternative<std::vector<Event>>(decision));
    CHECK(std::get<Received>(std::get<std::vector<Event>>(decision).front().fact).return_of == "OLD-7");
    w.bring("OLD-7", JobState::delivered);
    CHECK(w.say("130", receive) == "ok");
    CHECK(w.job("R1").return_of == "OLD-7");
}

TEST_CASE("cancelling needs a reason, frees the bay and the hands", "[decide][intake]") {
    Workshop w;
    w.bring("R1", JobState::in_progress);
    CHECK(w.say("130", Cancel{.order = "R1", .reason = ""}) == "reason-missing");
    w.now = at_minute(10);
    REQUIRE(w.say("130", Cancel{.order = "R1", .reason = "customer left"}) == "ok");
    CHECK(w.board.in_bay.empty());
    CHECK(w.board.clocked_on.empty());
    CHECK(w.board.open.empty());
    CHECK(clocked_minutes(w.job("R1"), at_minute(60)) == minutes(10));
}

TEST_CASE("a correction writes only what differs", "[decide][intake]") {
    Workshop w;
    w.bring("R1", JobState::delivered);
    CHECK(w.say("130", Correct{.order = "R1"}) == "nothing-to-correct");
    CHECK(w.say("130", Correct{.order = "R1", .plate = "沪A·12345"}) == "same");
    REQUIRE(w.say("130", Correct{.order = "R1", .plate = "沪B54321", .model = "朗逸"}) == "ok");
    const auto& fact = std::get<Corrected>(w.journal.back().fact);
    CHECK(fact.plate == "沪B54321");
    CHECK_FALSE(fact.model);
    CHECK(w.job("R1").plate == "沪B54321");
    CHECK(w.job("R1").state == JobState::delivered);
}

TEST_CASE("a correction is checked", "[decide][intake]") {
    Workshop w;
    w.bring("R1", JobState::waiting);
    CHECK(w.say("130", Correct{.order = "R1", .plate = "?"}) == "value-bad");
    CHECK(w.say("130", Correct{.order = "R1", .model = ""}) == "value-bad");
    CHECK(w.say("130", Correct{.order = "R1", .advisor = "999"}) == "unknown-person");
    CHECK(w.say("130", Correct{.order = "R1", .return_of = "R1"}) == "value-bad");
    CHECK(w.say("130", Correct{.order = "R1", .promise = at_minute(-5)}) == "promise-past");
    CHECK(w.say("130", Correct{.order = "R1", .promise = opening + std::chrono::hours(9000)}) == "value-bad");
}
