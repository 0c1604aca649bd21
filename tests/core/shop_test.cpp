// The few numbers the rules take from the shop.
#include "board/core/permission.hpp"

#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;

TEST_CASE("accidents and returns need three levels, other repairs two, and the shop may say otherwise", "[shop]") {
    Shop shop;
    CHECK(shop.inspections_for(RepairType::maintenance, false) == 2);
    CHECK(shop.inspections_for(RepairType::accident, false) == 3);
    CHECK(shop.inspections_for(RepairType::maintenance, true) == 3);
    shop.inspection_levels[RepairType::warranty] = 3;
    shop.return_inspection_level = 2;
    CHECK(shop.inspections_for(RepairType::warranty, false) == 3);
    CHECK(shop.inspections_for(RepairType::maintenance, true) == 2);
    shop.default_inspection_level = 9;
    CHECK(shop.inspections_for(RepairType::repair, false) == 3);
    shop.default_inspection_level = 0;
    CHECK(shop.inspections_for(RepairType::repair, false) == 2);
}

TEST_CASE("bays, teams and people are found by their id", "[shop]") {
    const Shop shop = small_shop();
    CHECK(shop.bay("3")->label == "3号工位");
    CHECK(shop.team("B")->name == "二组");
    CHECK(shop.person("120")->role == Role::foreman);
    CHECK(shop.bay("9") == nullptr);
    CHECK(shop.team("") == nullptr);
    CHECK(shop.person("") == nullptr);
}

TEST_CASE("promises compare by the minute", "[time]") {
    CHECK(keeps(at_minute(90) + seconds(59), at_minute(90)));
    CHECK(keeps(at_minute(89), at_minute(90)));
    CHECK_FALSE(keeps(at_minute(91), at_minute(90) + seconds(59)));
}

TEST_CASE("clocked minutes add up over technicians and never fall below zero", "[job]") {
    Job job;
    job.clockings = {{.technician = "101", .from = at_minute(0), .to = at_minute(10)},
                     {.technician = "102", .from = at_minute(5)}};
    CHECK(clocked_minutes(job, at_minute(20)) == minutes(25));
    CHECK(clocked_minutes(job, at_minute(1)) == minutes(10));
    CHECK(running(job, "102")->from == at_minute(5));
    CHECK(running(job, "101") == nullptr);
}

TEST_CASE("a word is spelled like its enumerator", "[words]") {
    CHECK(name(JobState::in_progress) == "in_progress");
    CHECK(from_name<PauseReason>("parts") == PauseReason::parts);
    CHECK_FALSE(from_name<PauseReason>("Parts"));
    CHECK(token(Refusal::undo_depended_on) == "undo-depended-on");
    CHECK(order_of(Command{Wash{.order = "R7"}}) == "R7");
}
