#include "display-drivers/signs/codec.hpp"
#include "display-drivers/signs/fields.hpp"
#include "display-drivers/signs/modbus_frames.hpp"
#include "tests/signs/frames.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime::signs;
using support::bytes;
using support::hex;

namespace json = boost::json;

namespace {

const Codec& codec() {
    return *find_driver("modbus")->codec;
}

Setup unit_one() {
    Setup setup;
    setup.address = "1";
    return setup;
}

Encoded encode(const std::string& command) {
    return codec().encode(json::parse(command).as_object(), unit_one());
}

std::string encoded(const std::string& command) {
    const auto result = encode(command);
    if (const auto* fault = std::get_if<CodecFault>(&result)) return fault->token + ": " + fault->sentence;
    return hex(support::joined(std::get<std::vector<Packet>>(result)));
}

}  // namespace

TEST_CASE("each command and answer is the frame of the examples, and the frame is the command again",
          "[signs][modbus][codec]") {
    struct Case {
        std::string command, frame, name;
    };
    const auto c = GENERATE(values<Case>({
        {R"({"command": "write_many", "register": "0x70", "text": "P2.3", "count": 6, "padding": 0})",
         "01 10 00 70 00 06 0C 50 32 2E 33 00 00 00 00 00 00 00 00 3B 25", "write_many"},
        {R"({"command": "write_many_reply", "register": 112, "count": 6})", "01 10 00 70 00 06 41 D0",
         "write_many_reply"},
        {R"({"command": "write_many", "register": "0x90", "value": "4.90", "encoding": "sign-magnitude"})",
         "01 10 00 90 00 02 04 00 02 01 EA DB 1C", "write_many"},
        {R"({"command": "write_many_reply", "register": 144, "count": 2})", "01 10 00 90 00 02 41 E5",
         "write_many_reply"},
        {R"({"command": "write_many", "register": 0, "text": "完工", "encoding": "gbk", "count": 4})",
         "01 10 00 00 00 04 08 CD EA B9 A4 20 20 20 20 49 1F", "write_many"},
        {R"({"command": "write_many", "register": 0, "registers": [52714, "0xB9A4", 8224, 8224]})",
         "01 10 00 00 00 04 08 CD EA B9 A4 20 20 20 20 49 1F", "write_many"},
        {R"({"command": "write_many_reply", "register": 0, "count": 4})", "01 10 00 00 00 04 C1 CA",
         "write_many_reply"},
        {R"({"command": "write_one", "register": 1, "value": 3})", "01 06 00 01 00 03 98 0B", "write_one"},
        {R"({"command": "read_holding", "register": 0, "count": 2})", "01 03 00 00 00 02 C4 0B", "read_holding"},
        {R"({"command": "read_holding_reply", "registers": "6 5"})", "01 03 04 00 06 00 05 DA 31",
         "read_holding_reply"},
        {R"({"command": "exception", "unit": "0x0A", "function": 1, "code": 2})", "0A 81 02 B0 53", "exception"},
    }));
    CAPTURE(c.command);
    const Bytes frame = bytes(c.frame);
    CHECK(encoded(c.command) == hex(frame));
    const auto found = codec().decode(frame, unit_one());
    REQUIRE(found.size() == 1);
    const auto& one = found[0].as_object();
    CAPTURE(json::serialize(one));
    CHECK(one.at("command") == json::value(c.name));
    CHECK(one.at("check") == json::value("good"));
    // Through text and back, as a program gets it.
    CHECK(encoded(json::serialize(one)) == hex(frame));
}

TEST_CASE("a mistake in a command names the field and what would be right", "[signs][modbus][codec]") {
    struct Case {
        std::string command, said;
    };
    const auto c = GENERATE(values<Case>({
        {R"({"command": "write_more"})", "unknown-command"},
        {R"({"command": "write_one", "register": 1})", "missing-field: write_one needs the field value"},
        {R"({"command": "write_one", "register": 70000, "value": 1})", "bad-field: register"},
        {R"({"command": "write_one", "register": 1, "value": 1, "colour": 1})", "unknown-field"},
        {R"({"command": "write_many", "register": 1})", "only one of them"},
        {R"({"command": "write_many", "register": 1, "text": "a", "value": 1})", "only one of them"},
        {R"({"command": "write_many", "register": 1, "text": "abcd", "count": 1})", "needs 2 registers"},
        {R"({"command": "write_many", "register": 1, "registers": [1, 70000]})", "not 70000"},
        {R"({"command": "write_many", "register": 1, "text": "a", "encoding": "fixed"})", "ascii or gbk"},
        {R"({"command": "write_many", "register": 1, "value": "abc"})", "takes a number"},
        {R"({"command": "write_one", "register": 1, "value": 1, "crc": "00"})", "two bytes"},
        {R"({"command": "write_many", "register": 1, "registers": [1], "count": 1})", "count of write_many has no use"},
        {R"({"command": "write_many", "register": 1, "value": 4.9})", "encoding = fixed"},
        {R"({"command": "write_many", "register": 1, "value": 70000, "count": 1})", "too large"},
        {R"({"command": "write_many", "register": 1, "value": "12 min"})", "takes a number"},
    }));
    CAPTURE(c.command);
    CHECK_THAT(encoded(c.command), Catch::Contains(c.said));
}

TEST_CASE("a wrong check is shown and can be sent again as it was", "[signs][modbus][codec]") {
    const auto frame = bytes("01 10 00 70 00 06 41 D1");
    const auto found = codec().decode(frame, unit_one());
    REQUIRE(found.size() == 1);
    CHECK(found[0].at("check") == json::value("bad: it is 0xD141, it should be 0xD041"));
    CHECK(encoded(json::serialize(found[0])) == hex(frame));
}

TEST_CASE("frames are found in a stream with noise between them", "[signs][modbus][codec]") {
    auto wire = bytes("FF 00 13");
    const auto put = [&](const Bytes& more) { wire.insert(wire.end(), more.begin(), more.end()); };
    put(modbus::read_holding(7, 0x70, 6));
    put(modbus::read_holding_reply(7, {0x5032, 0x2E33, 0, 0, 0, 0}));
    put(bytes("42"));
    put(modbus::exception_reply(7, 0x10, 6));
    const auto found = codec().decode(wire, unit_one());
    CAPTURE(json::serialize(found));
    REQUIRE(found.size() == 5);
    CHECK(found[0].at("fault") == json::value("3 bytes outside of any frame"));
    CHECK(found[1].at("command") == json::value("read_holding"));
    CHECK(found[2].at("explained") == json::value("as text: P2.3"));
    CHECK(found[4].at("explained") == json::value("busy"));
}

TEST_CASE("any bytes can be decoded, and frames that were found are the bytes again", "[signs][modbus][codec]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 300; ++i) {
        Bytes wire;
        for (int part = 0; part < 4; ++part) {
            Bytes piece(random() % 40);
            for (auto& byte : piece) byte = static_cast<std::uint8_t>(random());
            if (piece.size() > 1) piece[1] = std::array<std::uint8_t, 4>{0x03, 0x06, 0x10, 0x90}[random() % 4];
            if (random() % 2 == 0) piece = modbus::with_crc(piece);
            wire.insert(wire.end(), piece.begin(), piece.end());
        }
        std::size_t at = 0;
        for (const auto& one : codec().decode(wire, unit_one())) {
            CAPTURE(json::serialize(one));
            REQUIRE(one.at("offset").to_number<std::size_t>() == at);
            const auto length = one.at("length").to_number<std::size_t>();
            const Bytes piece(wire.begin() + static_cast<std::ptrdiff_t>(at),
                              wire.begin() + static_cast<std::ptrdiff_t>(at + length));
            at += length;
            REQUIRE(encoded(json::serialize(one)) == hex(piece));
        }
        REQUIRE(at == wire.size());
    }
}
