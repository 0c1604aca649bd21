#include "board/daemon/identity.hpp"
#include "tests/daemon/little_house.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

using namespace baytime;
using namespace baytime::daemon;

namespace {

struct Gate {
    Steady::time_point now{std::chrono::hours{1}};
    Settings settings = support::little_settings();
    std::vector<std::string> checked;  ///< hashes that a PIN was compared with
    Identity identity{[this] { return now; },
                      [this](const std::string& hash, std::string_view pin) {
                          checked.push_back(hash);
                          return hash == settings.shop.people[3].pin_hash && pin == "4711";
                      }};

    std::string pin(const std::string& staff, const std::string& pin, const std::string& asker) {
        const auto answer = identity.person_of(settings, staff, pin, asker);
        const auto* fault = std::get_if<IdentityFault>(&answer);
        return fault != nullptr ? fault->token : std::get<Person>(answer).id;
    }
    std::string token(const std::string& token, const std::string& peer) {
        const auto answer = identity.device_of(settings, token, peer);
        const auto* fault = std::get_if<IdentityFault>(&answer);
        return fault != nullptr ? fault->token : std::get<Device>(answer).id;
    }
};

}  // namespace

TEST_CASE("a token opens as the device it belongs to", "[identity]") {
    Gate gate;
    CHECK(gate.token(support::token_of("desk"), "a") == "desk");
    CHECK(gate.token(support::token_of("lounge"), "a") == "lounge");
    CHECK(gate.token("wrong", "a") == "bad-token");
    CHECK(gate.token(std::string(5000, 'x'), "b") == "bad-token");
}

TEST_CASE("a token hash is BLAKE2b-256 in hex", "[identity]") {
    CHECK(hash_token("abc") == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST_CASE("a PIN hash differs each time and fits its PIN only", "[identity]") {
    const auto hash = hash_pin("4711");
    CHECK(hash != hash_pin("4711"));
    CHECK(hash.starts_with("$argon2id$"));
    CHECK(check_pin(hash, "4711"));
    CHECK_FALSE(check_pin(hash, "4712"));
    CHECK_FALSE(check_pin(hash, ""));
    Gate gate;
    CHECK(gate.pin("301", "4711", "device a") == "301");
    CHECK(gate.pin("301", "4711", "device a") == "301");
    CHECK(gate.checked.size() == 1);  // only the first use pays
    CHECK(gate.pin("301", "4712", "device a") == "bad-pin");
}

TEST_CASE("nobody learns whether a staff id exists or has a PIN", "[identity]") {
    Gate gate;
    CHECK(gate.pin("999", "4711", "device a") == "bad-pin");
    CHECK(gate.pin("101", "", "device a") == "bad-pin");
    CHECK(gate.pin("101", "0000", "device a") == "bad-pin");
}

TEST_CASE("whatever is wrong with staff id and PIN costs one check of a hash of the same cost", "[identity]") {
    Gate gate;
    const auto cost = [](const std::string& hash) { return hash.substr(0, hash.find("p=1$")); };
    const auto& real = gate.settings.shop.people[3].pin_hash;
    struct Wrong {
        const char* what;
        std::string staff, pin;
    };
    const std::vector<Wrong> all{{"the PIN", "301", "0"},
                                 {"no PIN", "301", ""},
                                 {"a PIN without end", "301", std::string(5000, 'x')},
                                 {"a person without a PIN", "101", "4711"},
                                 {"nobody of the shop", "999", "4711"},
                                 {"nobody of the shop and no PIN", "", ""}};
    for (std::size_t i = 0; i < all.size(); ++i) {
        CAPTURE(all[i].what);
        gate.checked.clear();
        CHECK(gate.pin(all[i].staff, all[i].pin, "device " + std::to_string(i)) == "bad-pin");
        REQUIRE(gate.checked.size() == 1);
        CHECK(cost(gate.checked[0]) == cost(real));
    }
}

TEST_CASE("after three failures the waits at a device double, up to a minute", "[identity][slow-down]") {
    Gate gate;
    for (int i = 0; i < free_failures; ++i) CHECK(gate.pin("301", "0", "device a") == "bad-pin");
    auto wait = first_wait;
    for (int round = 0; round < 8; ++round) {
        CAPTURE(round, wait.count());
        CHECK(gate.pin("301", "4711", "device a") == "slow-down");
        gate.now += wait - std::chrono::milliseconds{1};
        CHECK(gate.pin("301", "0", "device a") == "slow-down");
        gate.now += std::chrono::milliseconds{1};
        CHECK(gate.pin("301", "0", "device a") == "bad-pin");
        wait = std::min(wait * 2, longest_wait);
    }
    gate.now += longest_wait;
    CHECK(gate.pin("301", "4711", "device a") == "301");
    CHECK(gate.pin("301", "0", "device a") == "bad-pin");  // a right PIN ended the row of failures
}

namespace {

/// Wrong PINs of 301 that are judged while these devices try without a pause. `between`: done after each try.
int judged(Gate& gate, const std::vector<std::string>& devices, std::chrono::seconds time, const auto& between) {
    int count = 0;
    for (const auto end = gate.now + time; gate.now < end; gate.now += std::chrono::milliseconds{500}) {
        for (const auto& device : devices) {
            count += gate.pin("301", "0", device) == "bad-pin" ? 1 : 0;
            between(device);
        }
    }
    return count;
}

}  // namespace

TEST_CASE("who has a PIN, or makes up names, guesses at those of others no faster", "[identity][slow-down]") {
    Gate gate;
    gate.settings.shop.people[2].pin_hash = gate.settings.shop.people[3].pin_hash;
    int made_up = 0;
    const auto names_and_own = [&](const std::string& device) {
        for (int i = 0; i < 50; ++i) {
            made_up += gate.pin("x" + std::to_string(i), "0", device) == "bad-pin" ? 1 : 0;
            gate.pin("201", "4711", device);
        }
    };
    // Of an honest minute's guesses at one device: 3 at once, then 2, 4, 8 and 16 seconds apart.
    const auto alone = judged(gate, {"device a"}, std::chrono::seconds{50}, [](const std::string&) {});
    CHECK(alone == free_failures + 4);
    const auto of_301 = judged(gate, {"device b"}, std::chrono::seconds{50}, names_and_own);
    CHECK(of_301 + made_up <= alone);
}

TEST_CASE("no crowd of names makes a wait shorter", "[identity][slow-down]") {
    PinWaits waits;
    const Steady::time_point now{std::chrono::hours{1}};
    for (int i = 0; i < free_failures; ++i) waits.failed("301", "device a", now);
    CHECK(waits.wait("301", "device a", now) == first_wait);
    CHECK(waits.wait("101", "device a", now) == first_wait);
    CHECK(waits.wait("101", "device b", now).count() == 0);
    for (std::size_t i = 0; i < 2 * max_remembered; ++i) waits.failed("", "device " + std::to_string(i), now);
    CHECK(waits.wait("301", "device a", now) >= first_wait);
    CHECK(waits.wait("301", "a device without room of its own", now) == longest_wait);
    waits.succeeded("101", "device a");
    CHECK(waits.wait("301", "device a", now) >= first_wait);
    const auto later = now + failures_forgotten + std::chrono::seconds{1};
    waits.failed("101", "device c", later);
    CHECK(waits.wait("301", "device a", later).count() == 0);
}

TEST_CASE("whoever guesses at one device keeps nobody out at another", "[identity][slow-down]") {
    Gate gate;
    int asked = 0, refused = 0;
    const auto honest = [&](const std::string&) {
        refused += gate.pin("301", "4711", "device " + std::to_string(++asked)) == "301" ? 0 : 1;
    };
    CHECK(judged(gate, {"device thief"}, std::chrono::minutes{20}, honest) >= 20);
    CHECK(asked > 2000);
    CHECK(refused == 0);
}

TEST_CASE("many devices together guess two a minute, and whoever was in before gets in", "[identity][slow-down]") {
    Gate gate;
    REQUIRE(gate.pin("301", "4711", "device desk") == "301");
    std::vector<std::string> devices;
    for (int i = 0; i < 60; ++i) devices.push_back("device " + std::to_string(i));
    int kept_out = 0;
    const auto honest = [&](const std::string&) {
        kept_out += gate.pin("301", "4711", "device desk") == "301" ? 0 : 1;
    };
    const auto count = judged(gate, devices, std::chrono::seconds{590}, honest);
    CHECK(count >= wrong_of_person_at_once);
    CHECK(count <= wrong_of_person_at_once + 2 * 10);
    CHECK(kept_out == 0);
    CHECK(gate.pin("301", "4711", "device new") == "slow-down");
    CHECK(gate.pin("101", "0", "device new") == "bad-pin");  // others are not meant
    // Where it was right before, three wrong ones end that.
    for (int i = 0; i < free_failures; ++i) CHECK(gate.pin("301", "0", "device desk") == "bad-pin");
    gate.now += first_wait;
    CHECK(gate.pin("301", "4711", "device desk") == "slow-down");
}

TEST_CASE("a right PIN is known again at the devices where it was used last", "[identity][slow-down]") {
    PinWaits waits;
    const Steady::time_point now{std::chrono::hours{1}};
    for (std::size_t i = 0; i <= devices_of_person; ++i) waits.succeeded("301", "desk " + std::to_string(i));
    for (int i = 0; i < wrong_of_person_at_once; ++i) waits.failed("301", "device " + std::to_string(i), now);
    CHECK(waits.wait("301", "desk 0", now) == wrong_of_person_every);
    for (std::size_t i = 1; i <= devices_of_person; ++i)
        CHECK(waits.wait("301", "desk " + std::to_string(i), now).count() == 0);
    CHECK(waits.wait("301", "desk 0", now + wrong_of_person_every).count() == 0);
}

TEST_CASE("the waits of before a restart go on after it", "[identity][slow-down]") {
    Gate gate;
    const Instant noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};
    const auto wrong = [&noon](const std::string& device, std::uint64_t count) {
        return AuditEntry{
            .what = {.peer = "10.0.0.1", .device = device, .person = "301", .verb = "hello", .token = "bad-pin"},
            .at = noon,
            .count = count};
    };
    gate.identity.remember({wrong("a", 7)}, noon + first_wait);
    CHECK(gate.pin("301", "4711", "device a") == "slow-down");
    CHECK(gate.pin("301", "4711", "device b") == "301");
    gate.identity.remember({wrong("c", 1000)}, noon);
    CHECK(gate.pin("301", "4711", "device d") == "slow-down");
    CHECK(gate.pin("301", "4711", "device b") == "301");
}

TEST_CASE("a device that guesses at many people is slowed down too", "[identity][slow-down]") {
    Gate gate;
    for (const auto* staff : {"101", "102", "201"}) CHECK(gate.pin(staff, "0", "device a") == "bad-pin");
    CHECK(gate.pin("301", "4711", "device a") == "slow-down");
    CHECK(gate.pin("301", "4711", "device b") == "301");
    gate.now += first_wait;
    CHECK(gate.pin("301", "4711", "device a") == "301");
}

TEST_CASE("a peer that guesses tokens is slowed down, a right token never is", "[identity][slow-down]") {
    Gate gate;
    for (int i = 0; i < free_failures; ++i) CHECK(gate.token("guess", "10.0.0.1") == "bad-token");
    CHECK(gate.token("guess", "10.0.0.1") == "slow-down");
    CHECK(gate.token("guess", "10.0.0.2") == "bad-token");
    CHECK(gate.token(support::token_of("desk"), "10.0.0.1") == "desk");
    CHECK(gate.token("guess", "10.0.0.1") == "bad-token");  // a right token ended the row of failures
}

TEST_CASE("a wrong token may be tried again after the wait", "[identity][slow-down]") {
    Gate gate;
    for (int i = 0; i < free_failures; ++i) CHECK(gate.token("guess", "10.0.0.1") == "bad-token");
    gate.now += first_wait - std::chrono::milliseconds{1};
    CHECK(gate.token("guess", "10.0.0.1") == "slow-down");
    gate.now += std::chrono::milliseconds{1};
    CHECK(gate.token("guess", "10.0.0.1") == "bad-token");
    CHECK(gate.token("guess", "10.0.0.1") == "slow-down");
}

TEST_CASE("the memory of failures is bounded and forgets", "[identity][slow-down]") {
    SlowDown slow;
    Steady::time_point now{std::chrono::hours{1}};
    for (int i = 0; i < free_failures; ++i) slow.failed("first", now);
    CHECK(slow.wait("first", now) == first_wait);
    now += std::chrono::seconds{1};
    for (std::size_t i = 0; i < max_remembered; ++i) slow.failed("name " + std::to_string(i), now);
    CHECK(slow.wait("first", now).count() == 0);
}

TEST_CASE("a PIN that was changed no longer opens", "[identity]") {
    Gate gate;
    CHECK(gate.pin("301", "4711", "device a") == "301");
    gate.settings.shop.people[3].pin_hash = "$another";
    CHECK(gate.pin("301", "4712", "device a") == "bad-pin");
    CHECK(gate.checked.back() == "$another");
    CHECK(gate.pin("301", "4711", "device a") == "301");
    CHECK(gate.checked.size() == 3);  // nothing of the old one was taken over
}
