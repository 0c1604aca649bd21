#include "board/daemon/sign_pages.hpp"

#include "tests/daemon/little_house.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::daemon;
using support::LittleHouse;
using namespace std::chrono_literals;

namespace {

signs::Template form(const char* text) {
    return std::get<signs::Template>(signs::Template::parse(text));
}

SignPlace sign(const char* bay, const char* list = "") {
    SignPlace place;
    place.sign.name = "s";
    place.sign.setup.shape.columns = 240;  // room for everything; what fits less is tested with the signs
    place.sign.bay = bay;
    place.sign.list = list;
    place.sign.text = {.state = form("{bay} {plate} {step} {left}"),
                       .idle = form("{bay} free"),
                       .ready = form("{plate} ready"),
                       .stale = form("wait"),
                       .neutral = form("{shop}")};
    return place;
}

std::string text(LittleHouse& house, const SignPlace& place, Instant now = support::nine()) {
    return signs::text_of(sign_page(place, house.workshop.board(), house.workshop.shop(), now));
}

void act(LittleHouse& house, const std::string& lines) {
    const auto talk = house.connect();
    for (const auto& line : house.say(*talk, lines)) {
        INFO(line);
        REQUIRE(line.starts_with("OK "));
    }
}

}  // namespace

TEST_CASE("a sign over a bay shows the car that holds it, and is idle otherwise", "[signs]") {
    LittleHouse house;
    const auto place = sign("1");
    CHECK(text(house, place) == "1号工位 free");
    house.receive("R1", "沪A7D3K8");
    act(house, "assign R1 1 as=201");
    CHECK(text(house, place) == "1号工位 free");
    act(house, "start R1 as=101");
    CHECK(text(house, place) == "1号工位 沪A·7**K8 repair 2 h 00");
    CHECK(text(house, place, support::nine() + 95min) == "1号工位 沪A·7**K8 repair 25 min");
    CHECK(text(house, place, support::nine() + 3h) == "1号工位 沪A·7**K8 repair soon");
    CHECK(text(house, sign("2")) == "2号工位 free");
}

TEST_CASE("a full plate is shown only where the configuration says so", "[signs]") {
    LittleHouse house;
    house.receive("R1", "沪A7D3K8");
    act(house, "assign R1 1 as=201\nstart R1 as=101");
    auto place = sign("1");
    CHECK(text(house, place).find("7D3K8") == std::string::npos);
    place.show_full_plates = true;
    CHECK(text(house, place).find("沪A·7D3K8") != std::string::npos);
}

TEST_CASE("a car that still stands in its bay is shown there until another comes", "[signs]") {
    LittleHouse house;
    house.receive("R1", "沪A11111");
    house.receive("R2", "沪B22222");
    const auto place = sign("1");
    act(house, "correct R1 wash=no as=301\nassign R1 1 as=201\nstart R1 as=101\nfinish R1 as=101");
    CHECK(text(house, place).find("沪A·1**11") != std::string::npos);
    act(house, "inspect R1 passed as=402");
    REQUIRE(house.workshop.board().find("R1")->state == JobState::ready);
    CHECK(text(house, place) == "沪A·1**11 ready");
    act(house, "assign R2 1 as=201\nstart R2 as=102");
    CHECK(text(house, place).find("沪B") != std::string::npos);
    act(house, "pause R2 parts as=102");
    CHECK(text(house, place).find("沪B") != std::string::npos);
}

TEST_CASE("a list shows ready cars first, then by the time to expect", "[signs]") {
    LittleHouse house;
    const auto open = sign("", "open"), ready = sign("", "ready");
    CHECK(text(house, open) == "free");
    house.receive("R1", "沪A11111");
    house.receive("R2", "沪B22222");
    house.receive("R3", "沪C33333");
    act(house,
        "estimate R1 12:00 as=301\ncontact R1 王先生 phone as=301\nassign R3 3 as=201\nstart R3 as=101\ncorrect R3 "
        "wash=no as=301\nfinish R3 as=101\n"
        "inspect R3 passed as=402");
    const auto all = text(house, open);
    CAPTURE(all);
    CHECK(all.find("沪C") < all.find("沪B"));
    CHECK(all.find("沪B") < all.find("沪A"));
    CHECK(text(house, ready) == "沪C·3**33 ready");
    act(house, "deliver R3 as=301");
    CHECK(text(house, ready) == "free");
}

TEST_CASE("lateness and good news carry a meaning", "[signs]") {
    LittleHouse house;
    house.receive("R1");
    act(house, "assign R1 1 as=201\nstart R1 as=101");
    const auto meaning = [&house](Instant now) {
        const auto page = sign_page(sign("1"), house.workshop.board(), house.workshop.shop(), now);
        return page.lines.at(0).back().meaning;
    };
    CHECK(meaning(support::nine()) == signs::Meaning::normal);
    act(house, "delay R1 added_work 30 as=101");
    CHECK(meaning(support::nine()) == signs::Meaning::normal);  // nobody learns of it from a sign
    act(house, "contact R1 王先生 phone as=301");
    CHECK(meaning(support::nine()) == signs::Meaning::attention);
    CHECK(meaning(support::nine() + 3h) == signs::Meaning::alarm);
}

TEST_CASE("what takes over a glass is shortened like every page, and never loses its word", "[signs]") {
    LittleHouse house;
    house.receive("R1", "沪A7D3K8");
    act(house, "correct R1 wash=no as=301\nassign R1 1 as=201\nstart R1 as=101\ndelay R1 parts 60 as=101");
    auto place = sign("1");
    place.show_alerts = true;
    const auto alert = [&](int columns) {
        place.sign.setup.shape.columns = columns;
        const auto notice = alert_notice(place, house.workshop.board(), house.workshop.shop(), support::nine());
        REQUIRE(notice);
        for (const auto& line : notice->page.lines) {
            for (const auto& segment : line) CHECK(segment.meaning == signs::Meaning::alarm);
        }
        return signs::text_of(notice->page);
    };
    CHECK(alert(240) == "1号工位 沪A·7**K8 tell customer");
    CHECK(alert(160) == "1 沪A·7**K8 tell customer");
    CHECK(alert(143) == "1号工位 沪A·7**K8\ntell customer");
    CHECK(alert(80) == "1 沪A·7**K8\ntell customer");
    CHECK(alert(60) == "1号工位 沪A·7**K8 tell customer");  // it runs

    act(house, "contact R1 王先生 phone as=301\nfinish R1 as=101\ninspect R1 passed as=402");
    place.sign.setup.shape.columns = 80;
    const auto ready = ready_notice(place, house.workshop.board(), house.workshop.shop(), support::nine(), {});
    REQUIRE(ready);
    CHECK(signs::text_of(ready->page) == "沪A·7**K8 ready");
}

TEST_CASE("a stopped daemon leaves no car on the glass", "[signs]") {
    LittleHouse house;
    house.receive("R1");
    act(house, "assign R1 1 as=201\nstart R1 as=101");
    CHECK(signs::text_of(neutral_page(sign("1"), house.workshop.shop())) == "城西服务站");
    CHECK(signs::text_of(stale_page(sign("1"), house.workshop.shop())) == "wait");
}

TEST_CASE("signs wake the daemon once a shop minute while something counts down, and never when idle", "[signs]") {
    LittleHouse house;
    const std::vector places{sign("1")};
    const auto next = [&](Instant now) {
        return next_sign_change(places, house.workshop.board(), house.workshop.shop(), now);
    };
    CHECK_FALSE(next(support::nine()));
    house.receive("R1");
    CHECK(next(support::nine() + 10s) == support::nine() + 1min);
    CHECK_FALSE(next(support::nine() + 24h));
    CHECK_FALSE(next_sign_change({}, house.workshop.board(), house.workshop.shop(), support::nine()));
}
