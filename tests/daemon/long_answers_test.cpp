// Answers that take long, and what is kept while others wait behind them.
#include "tests/daemon/little_house.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <deque>

using namespace baytime;
using namespace baytime::daemon;
using support::LittleHouse;

namespace {

bool good(const std::string& line) {
    return line.starts_with("OK ");
}

/// A house in which each answer that takes long takes a while, and calls come back when the test says so.
struct SlowHouse : LittleHouse {
    struct Later {
        Steady::duration wait;
        std::function<void()> call;
    };

    explicit SlowHouse(Settings first = support::little_settings()) : LittleHouse(std::move(first)) {
        house.later = [this](Steady::duration wait, std::function<void()> call) {
            calls.push_back({wait, std::move(call)});
        };
        house.steady = [this] { return steady += std::chrono::milliseconds{slow ? 1 : 0}; };
    }
    /// The wait passes, and what waited longest is called.
    void come_back() {
        REQUIRE_FALSE(calls.empty());
        const auto [wait, call] = std::move(calls.front());
        calls.pop_front();
        slow = false;
        pass(std::chrono::ceil<std::chrono::milliseconds>(wait));
        slow = true;
        call();
        slow = false;
    }
    std::shared_ptr<Conversation> at(const std::string& device) {
        auto talk = connect(false);
        REQUIRE(good(ask(*talk, "hello token=" + support::token_of(device))));
        return talk;
    }
    std::size_t answers(Conversation& talk) {
        return static_cast<std::size_t>(std::ranges::count_if(read(talk), good));
    }

    bool slow = false;
    std::deque<Later> calls;
};

Settings hasty() {
    auto settings = support::little_settings();
    settings.requests_per_second = 1'000'000;
    return settings;
}

}  // namespace

TEST_CASE("an answer that takes long lets others work before the next one", "[long]") {
    SlowHouse house;
    auto talk = house.connect();
    house.slow = true;
    CHECK(good(house.ask(*talk, "calibration")));
    REQUIRE(house.calls.size() == 1);
    CHECK(house.calls.front().wait == Steady::duration::zero());
    CHECK(house.say(*talk, "calibration\nping\n").empty());  // whoever came in meanwhile is heard first
    house.come_back();
    CHECK(house.answers(*talk) == 2);
    house.come_back();
    CHECK(house.calls.empty());
    house.slow = true;
    CHECK(good(house.ask(*talk, "calibration")));  // nobody has worked since, so it need not rest
    house.slow = false;
    house.come_back();
    house.receive("R1");
    CHECK(house.say(*talk, "calibration\n").empty());
    REQUIRE(house.calls.size() == 1);
    CHECK(house.calls.front().wait > Steady::duration::zero());
    house.come_back();
    CHECK(house.answers(*talk) == 1);
}

TEST_CASE("commands that wait are decided before an answer that takes long", "[long]") {
    SlowHouse house;
    house.receive("R1");
    const auto talk = house.connect(), other = house.connect();
    other->receive("assign R1 1 as=201\n");
    talk->receive("calibration\n");
    CHECK(house.answers(*talk) == 0);
    house.come_back();  // they still wait, and go first once
    CHECK(house.answers(*talk) == 0);
    house.turn();
    CHECK(house.answers(*other) == 1);
    house.come_back();
    CHECK(house.answers(*talk) == 1);
    other->receive("start R1 as=101\n");
    talk->receive("calibration\n");
    house.come_back();
    CHECK(house.answers(*talk) == 0);
    house.come_back();  // under load some always wait
    CHECK(house.answers(*talk) == 1);
}

TEST_CASE("devices take turns, however many connections one of them has", "[long]") {
    SlowHouse house;
    std::vector<std::shared_ptr<Conversation>> crowd;
    for (int i = 0; i < 20; ++i) crowd.push_back(house.at("scan-3"));
    const auto desk = house.at("desk");
    for (const auto& one : crowd) one->receive("calibration\ncalibration\n");
    desk->receive("calibration\n");
    const auto of_crowd = [&] {
        std::size_t all = 0;
        for (const auto& one : crowd) all += house.answers(*one);
        return all;
    };
    CHECK(of_crowd() == 1);
    std::size_t more = 0;
    for (int i = 0; i < 10 && house.answers(*desk) == 0; ++i) {
        house.come_back();
        const auto now = of_crowd();
        CHECK(now <= 1);
        more += now;
    }
    CHECK(more <= 1);
    // Where many ask, each rests, also while nobody works.
    Steady::duration rests{};
    std::size_t made = 0;
    for (; made < 10; made += of_crowd()) {
        rests += house.calls.front().wait;
        house.come_back();
    }
    CHECK(rests >= std::chrono::milliseconds{20});
    for (std::size_t i = 0; i < 200 && !house.calls.empty(); ++i) house.come_back();
    made += of_crowd();
    CHECK(1 + more + made == 2 * crowd.size());  // nobody is forgotten
    CHECK(house.calls.empty());
}

TEST_CASE("whoever has left while an answer waits is not answered", "[long]") {
    SlowHouse house;
    auto talk = house.connect();
    const auto other = house.connect();
    CHECK(good(house.ask(*talk, "calibration")));
    talk->receive("calibration\n");
    other->receive("calibration\n");
    talk.reset();
    for (int i = 0; i < 10 && !house.calls.empty(); ++i) house.come_back();
    CHECK(house.answers(*other) == 1);
}

TEST_CASE("whoever goes on sending without end is told why, and given up", "[long][limit]") {
    SlowHouse house(hasty());
    std::vector<TurnedAway> refusals;
    house.house.turned_away = [&refusals](const TurnedAway& one) { refusals.push_back(one); };
    const auto talk = house.connect();
    CHECK(good(house.ask(*talk, "calibration")));
    talk->receive("calibration\n");
    for (std::size_t i = 0; i < max_lines_waiting; ++i) {
        REQUIRE_FALSE(talk->finished());
        talk->receive("ping\n");
    }
    const auto lines = house.read(*talk);
    REQUIRE(lines.size() == 1);
    CHECK_THAT(lines[0], Catch::StartsWith("ERR too-many-in-flight more than 1024 lines wait for their answers"));
    CHECK(talk->finished());
    REQUIRE_FALSE(refusals.empty());
    CHECK(refusals.back().token == "too-many-in-flight");
    CHECK(house.house.output_waiting == 0);
}

TEST_CASE("what waits behind a slow answer counts as output, and more is refused", "[long][limit]") {
    SlowHouse house(hasty());
    const auto talk = house.connect();
    CHECK(good(house.ask(*talk, "calibration")));
    talk->receive("calibration\n");
    std::string batch = "[1";
    for (int i = 1; i < 64; ++i) batch += ",1";
    for (int i = 0; i < 400; ++i) talk->receive(batch + "]\n");
    CHECK(talk->outbox().full());
    CHECK(talk->outbox().waiting() < 2 * max_output_bytes);
    CHECK(house.house.output_waiting == talk->outbox().waiting());
    const std::string long_line =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"x\":\"" + std::string(60'000, 'x');
    talk->receive(long_line + "\"}\n");
    CHECK_FALSE(talk->finished());
    for (int i = 0; i < 10 && !house.calls.empty(); ++i) house.come_back();
    const auto lines = house.read(*talk);
    CHECK_THAT(lines.back(), Catch::Contains("too-much-output"));
    CHECK(house.house.output_waiting == 0);
    CHECK(good(house.ask(*talk, "ping")));
}

TEST_CASE("long lines that wait behind a slow answer count too", "[long][limit]") {
    SlowHouse house(hasty());
    const auto talk = house.connect();
    CHECK(good(house.ask(*talk, "calibration")));
    talk->receive("calibration\n");
    std::string items;
    for (int i = 0; i < 100; ++i)
        items += std::string(i == 0 ? "" : ",") + "{\"name\":\"" + std::string(100, 'x') + "\",\"minutes\":5}";
    const auto quote = R"({"jsonrpc":"2.0","id":1,"method":"quote","params":{"items":[)" + items + "]}}\n";
    for (int i = 0; i < 500; ++i) talk->receive(quote);
    CHECK(talk->outbox().full());
    talk->dismiss(token_revoked());
    CHECK(talk->outbox().waiting() < 1000);
}
