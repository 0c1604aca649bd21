// The simulated display: when it answers, when it refuses, and when it stays silent.
#include "tests/signs/modbus_bench.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime::signs;
using namespace baytime::signs::modbus;
using namespace std::chrono_literals;
using support::bytes;
using support::hex;

namespace {

struct Wired {
    ModbusSign sign;
    support::Sender sender{sign};
    explicit Wired(const Setup& setup) : sign(setup) {}
    Bytes say(const Bytes& frame) {
        sender.wait(100ms);
        return sender.raw(frame);
    }
};

}  // namespace

TEST_CASE("a display answers its own unit and is silent for all others", "[signs][modbus]") {
    Wired wired(support::shipped_setup("led-485", "3"));
    const Registers text{0x5032, 0x2E33, 0, 0, 0, 0};
    CHECK(wired.say(write_many(4, 0x70, text)).empty());
    CHECK(wired.sign.glass().page == Page{});
    CHECK(hex(wired.say(write_many(3, 0x70, text))) == hex(write_many_reply(3, 0x70, 6)));
    CHECK(wired.sign.glass().page == page_of("P2.3"));
    CHECK(wired.say(write_many(0, 0x70, {0x4142, 0, 0, 0, 0, 0})).empty());
    CHECK(wired.sign.glass().page == page_of("AB"));
    CHECK(wired.sign.glass().pages == 2);
    CHECK(wired.sign.errors().empty());
}

TEST_CASE("a display is silent about a frame with a wrong check", "[signs][modbus]") {
    Wired wired(support::shipped_setup("led-485"));
    auto frame = write_one(1, 0x24, 3);
    frame.back() ^= 1;
    CHECK(wired.say(frame).empty());
    CHECK(wired.sign.errors().at("checksum") == 1);
    CHECK(hex(wired.say(write_one(1, 0x24, 3))) == hex(write_one(1, 0x24, 3)));
}

TEST_CASE("a display refuses what its maker does not document", "[signs][modbus]") {
    Wired wired(support::modbus_setup(support::whole_number));
    struct Case {
        std::string what;
        Bytes request;
        std::uint8_t exception;
    };
    const auto c = GENERATE(values<Case>({
        {"an unknown function", with_crc({1, 0x2B, 0x0E}), 1},
        {"an unknown register", write_one(1, 0x99, 1), 2},
        {"a register by the other function", write_many(1, 0x00, {1}), 2},
        {"too many registers", write_many(1, 0x04, {1, 1, 1, 1}), 2},
        {"a brightness beyond its range", write_one(1, 0x05, 16), 3},
        {"no register at all", read_holding(1, 0, 0), 3},
        {"more than can be read", read_holding(1, 0, 126), 3},
        {"an unknown register to read", read_holding(1, 0, 2), 2},
    }));
    CAPTURE(c.what);
    CHECK(hex(wired.say(c.request)) == hex(exception_reply(1, c.request[1], c.exception)));
    CHECK(wired.sign.error_count() == 1);
    Bytes to_all = c.request;
    to_all.resize(to_all.size() - 2);
    to_all[0] = 0;
    CHECK(wired.say(with_crc(to_all)).empty());
}

TEST_CASE("a display whose text cannot be read says that it lacks the function", "[signs][modbus]") {
    Wired wired(support::shipped_setup("led-485"));
    CHECK(hex(wired.say(read_holding(1, 0x70, 6))) == hex(exception_reply(1, 3, 1)));
}

TEST_CASE("3.5 characters of silence inside a frame lose it", "[signs][modbus]") {
    Wired wired(support::shipped_setup("led-485"));
    const auto frame = write_one(1, 0x24, 3);
    const Bytes head(frame.begin(), frame.begin() + 4), tail(frame.begin() + 4, frame.end());
    const auto line_time = 5ms;  // four bytes at 9600 baud take 4.2 ms
    wired.sender.wait(1s);
    CHECK(wired.sender.raw(head).empty());
    wired.sender.wait(line_time + 2ms);
    CHECK(wired.sender.raw(tail).size() == frame.size());
    wired.sender.wait(1s);
    CHECK(wired.sender.raw(head).empty());
    wired.sender.wait(line_time + 5ms);
    CHECK(wired.sender.raw(tail).empty());
    CHECK(wired.sign.errors().at("gap") == 1);
    CHECK(wired.say(frame).size() == frame.size());
}

TEST_CASE("without power the text is gone", "[signs][modbus]") {
    Wired wired(support::modbus_setup(support::four_registers));
    wired.say(write_many(1, 0, {0xCDEA, 0xB9A4, 0x2020, 0x2020}));
    CHECK(wired.sign.glass().page == page_of("完工"));
    wired.sign.power_cycle();
    CHECK(wired.sign.glass().page == Page{});
    CHECK(hex(wired.say(read_holding(1, 0, 4))) == hex(read_holding_reply(1, {0, 0, 0, 0})));
}

TEST_CASE("a display takes any bytes", "[signs][modbus]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    Wired wired(support::shipped_setup("text-panel"));
    const auto good = write_many(1, 0, {0x4142, 0x4344, 0x4546, 0x4748, 0, 0, 0, 0});
    for (int i = 0; i < 3000; ++i) {
        Bytes noise(random() % 300);
        for (auto& byte : noise) byte = static_cast<std::uint8_t>(random());
        if (i % 3 == 0) noise = good;
        if (i % 3 == 0) noise[random() % noise.size()] = static_cast<std::uint8_t>(random());
        if (random() % 2 == 0) wired.sender.wait(std::chrono::milliseconds(random() % 400));
        REQUIRE(wired.sender.raw(noise).size() <= most_frame_bytes);
        REQUIRE(wired.sign.glass().page.lines.size() <= 2);
    }
    wired.sender.wait(1h);
    CHECK(hex(wired.say(good)) == hex(write_many_reply(1, 0, 8)));
}
