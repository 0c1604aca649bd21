#include "display-drivers/signs/modbus_frames.hpp"
#include "tests/signs/frames.hpp"

#include <catch2/catch.hpp>

using namespace baytime::signs;
using namespace baytime::signs::modbus;
using support::bytes;
using support::hex;

TEST_CASE("the check sum is CRC-16/MODBUS", "[signs][modbus]") {
    CHECK(crc(bytes("\"123456789\"")) == 0x4B37);
    CHECK(crc_fits(bytes("01 10 00 70 00 06 41 D0")));
    CHECK_FALSE(crc_fits(bytes("01 10 00 70 00 06 41 D1")));
    CHECK_FALSE(crc_fits(bytes("01 10")));
}

TEST_CASE("requests and replies are those of the makers' examples", "[signs][modbus]") {
    CHECK(hex(write_many(1, 0x70, {0x5032, 0x2E33, 0, 0, 0, 0})) ==
          hex(bytes("01 10 00 70 00 06 0C 50 32 2E 33 00 00 00 00 00 00 00 00 3B 25")));
    CHECK(hex(write_many_reply(1, 0x70, 6)) == hex(bytes("01 10 00 70 00 06 41 D0")));
    CHECK(hex(write_many(1, 0x90, {0x0002, 0x01EA})) == hex(bytes("01 10 00 90 00 02 04 00 02 01 EA DB 1C")));
    CHECK(hex(write_many_reply(1, 0x90, 2)) == hex(bytes("01 10 00 90 00 02 41 E5")));
    CHECK(hex(write_many(1, 0, {0xCDEA, 0xB9A4, 0x2020, 0x2020})) ==
          hex(bytes("01 10 00 00 00 04 08 CD EA B9 A4 20 20 20 20 49 1F")));
    CHECK(hex(write_many_reply(1, 0, 4)) == hex(bytes("01 10 00 00 00 04 C1 CA")));
}

TEST_CASE("a frame ends after 3.5 characters of silence", "[signs][modbus]") {
    using namespace std::chrono_literals;
    CHECK(frame_gap(9600) > 4ms);
    CHECK(frame_gap(9600) < 4100us);
    CHECK(frame_gap(1200) > 32ms);
    CHECK(frame_gap(115200) == 1750us);
}

TEST_CASE("a reply is judged for exactly the request and unit that asked", "[signs][modbus]") {
    const Bytes request = write_many(3, 0x70, {1, 2});
    struct Case {
        std::string what;
        Bytes received;
        Answer answer;
    };
    auto noisy = bytes("00 FF");
    const auto reply = write_many_reply(3, 0x70, 2);
    noisy.insert(noisy.end(), reply.begin(), reply.end());
    auto late = write_many_reply(2, 0x70, 2);
    auto both = late;
    both.insert(both.end(), reply.begin(), reply.end());
    auto echoed = request;
    echoed.insert(echoed.end(), reply.begin(), reply.end());
    auto broken = reply;
    broken[4] ^= 1;
    const auto c = GENERATE_COPY(values<Case>({
        {"nothing yet", {}, Answer::partial},
        {"the reply", reply, Answer::good},
        {"half of it", Bytes(reply.begin(), reply.begin() + 5), Answer::partial},
        {"noise before it", noisy, Answer::good},
        {"another unit's reply, late", late, Answer::partial},
        {"another unit's reply before it", both, Answer::good},
        {"our own request, heard", request, Answer::partial},
        {"our own request and the reply", echoed, Answer::good},
        {"a wrong check", broken, Answer::bad},
        {"the reply to something else", write_many_reply(3, 0x71, 2), Answer::bad},
        {"no such function", exception_reply(3, 0x10, 1), Answer::refused},
        {"no such register", exception_reply(3, 0x10, 2), Answer::refused},
        {"no such value", exception_reply(3, 0x10, 3), Answer::refused},
        {"device failure", exception_reply(3, 0x10, 4), Answer::bad},
        {"busy", exception_reply(3, 0x10, 6), Answer::bad},
        {"another unit's exception", exception_reply(2, 0x10, 2), Answer::partial},
        {"nothing but noise", Bytes(300, 0x55), Answer::bad},
    }));
    CAPTURE(c.what);
    CHECK(reply_to(request, c.received, false).answer == c.answer);
}

TEST_CASE("a single write looks like its own reply, so a hearing converter is to be named", "[signs][modbus]") {
    const Bytes request = write_one(3, 0x24, 7);
    auto twice = request;
    twice.insert(twice.end(), request.begin(), request.end());
    CHECK(reply_to(request, request, false).answer == Answer::good);
    CHECK(reply_to(request, request, true).answer == Answer::partial);
    CHECK(reply_to(request, twice, true).answer == Answer::good);
}

TEST_CASE("nothing answers a question that was not asked", "[signs][modbus]") {
    CHECK(reply_to({}, write_many_reply(3, 0x70, 2), false).answer == Answer::partial);
}

TEST_CASE("what was read comes back as numbers", "[signs][modbus]") {
    const auto request = read_holding(3, 0x70, 2);
    const auto reply = reply_to(request, read_holding_reply(3, {0x5032, 7}), false);
    CHECK(reply.answer == Answer::good);
    CHECK(reply.values == Registers{0x5032, 7});
    CHECK(reply_to(request, read_holding_reply(3, {1}), false).answer == Answer::partial);
    CHECK(reply_to(request, exception_reply(3, 3, 6), false).exception == 6);
    CHECK(exception_name(6) == "busy");
    CHECK(exception_name(99) == "exception 99");
}
