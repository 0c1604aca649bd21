#include "board/daemon/identity.hpp"
#include "tests/daemon/little_house.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::daemon;

namespace {

struct Gate {
    Steady::time_point now{std::chrono::hours{1}};
    Settings settings = support::little_settings();
    Identity identity{[this] { return now; }};

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
    Gate gate;
    CHECK(hash_pin("4711") != hash_pin("4711"));
    CHECK(hash_pin("4711").starts_with("$argon2id$"));
    CHECK(gate.pin("301", "4711", "device a") == "301");
    CHECK(gate.pin("301", "4711", "device a") == "301");
    CHECK(gate.pin("301", "4712", "device a") == "bad-pin");
}

TEST_CASE("nobody learns whether a staff id exists or has a PIN", "[identity]") {
    Gate gate;
    CHECK(gate.pin("999", "4711", "device a") == "bad-pin");
    CHECK(gate.pin("101", "", "device a") == "bad-pin");
    CHECK(gate.pin("101", "0000", "device a") == "bad-pin");
}

TEST_CASE("after three failures the waits double, up to a minute", "[identity][slow-down]") {
    Gate gate;
    for (int i = 0; i < free_failures; ++i) CHECK(gate.pin("301", "0", "device " + std::to_string(i)) == "bad-pin");
    auto wait = first_wait;
    for (int round = 0; round < 8; ++round) {
        CAPTURE(round, wait.count());
        CHECK(gate.pin("301", "4711", "device x") == "slow-down");
        gate.now += wait - std::chrono::milliseconds{1};
        CHECK(gate.pin("301", "0", "device x") == "slow-down");
        gate.now += std::chrono::milliseconds{1};
        CHECK(gate.pin("301", "0", "device " + std::to_string(10 + round)) == "bad-pin");
        wait = std::min(wait * 2, longest_wait);
    }
    gate.now += longest_wait;
    CHECK(gate.pin("301", "4711", "device y") == "301");
    CHECK(gate.pin("301", "0", "device y") == "bad-pin");  // a right PIN ended the row of failures
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
    gate.settings.shop.people[3].pin_hash = hash_pin("9999");
    CHECK(gate.pin("301", "4711", "device a") == "bad-pin");
    CHECK(gate.pin("301", "9999", "device a") == "301");
}
