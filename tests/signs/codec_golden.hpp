// Golden frames of a codec, both ways: named fields to bytes, and bytes to named fields and back to the same bytes.
#pragma once

#include "display-drivers/signs/codec.hpp"
#include "display-drivers/signs/setup.hpp"
#include "tests/signs/frames.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace support {

struct Golden {
    std::string what;
    std::string command;  ///< JSON
    std::string wire;     ///< as bytes() reads it
};

inline baytime::signs::Bytes encoded(const baytime::signs::Driver& driver, const boost::json::object& command) {
    const auto result = driver.codec->encode(command, baytime::signs::usual_setup(driver));
    if (const auto* fault = std::get_if<baytime::signs::CodecFault>(&result)) FAIL(fault->sentence);
    return joined(std::get<std::vector<baytime::signs::Packet>>(result));
}

/// What the one frame in `wire` says.
inline boost::json::object decoded(const baytime::signs::Driver& driver, const baytime::signs::Bytes& wire) {
    const auto frames = driver.codec->decode(wire, baytime::signs::usual_setup(driver));
    CAPTURE(boost::json::serialize(frames));
    REQUIRE(frames.size() == 1);
    REQUIRE(frames[0].get_object().if_contains("fault") == nullptr);
    return frames[0].get_object();
}

inline void check_golden(const baytime::signs::Driver& driver, const Golden& golden) {
    CAPTURE(golden.what);
    const auto wire = bytes(golden.wire);
    const auto command = boost::json::parse(golden.command).as_object();
    CHECK(hex(encoded(driver, command)) == hex(wire));
    const auto explained = decoded(driver, wire);
    CAPTURE(boost::json::serialize(explained));
    CHECK(explained.at("check") == "good");
    for (const auto& [key, value] : command) {
        if (!value.is_array()) CHECK(boost::json::serialize(explained.at(key)) == boost::json::serialize(value));
    }
    CHECK(hex(encoded(driver, explained)) == hex(wire));
}

/// Bytes that a fuzzer would soon find: valid frames, damaged, cut and joined, and noise.
inline baytime::signs::Bytes damaged(std::mt19937& random, const std::vector<std::string>& wires) {
    baytime::signs::Bytes out;
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
    const std::size_t parts = 1 + below(4);
    for (std::size_t part = 0; part < parts; ++part) {
        auto wire = bytes(wires[below(wires.size())]);
        const std::size_t changes = below(4);
        for (std::size_t i = 0; i < changes; ++i) wire[below(wire.size())] = static_cast<std::uint8_t>(below(256));
        if (below(4) == 0) wire.resize(below(wire.size()));
        out.insert(out.end(), wire.begin(), wire.end());
        const std::size_t noise = below(3) == 0 ? below(40) : 0;
        for (std::size_t i = 0; i < noise; ++i) out.push_back(static_cast<std::uint8_t>(below(256)));
    }
    return out;
}

/// Decoding takes any bytes, loses none of them, and all that it tells encodes to the same bytes again.
inline void check_decode_takes(const baytime::signs::Driver& driver, const baytime::signs::Bytes& wire) {
    const auto setup = baytime::signs::usual_setup(driver);
    CAPTURE(hex(wire));
    std::size_t at = 0;
    for (const auto& found : driver.codec->decode(wire, setup)) {
        const auto& frame = found.get_object();
        CAPTURE(boost::json::serialize(frame));
        REQUIRE(frame.at("offset").to_number<std::size_t>() == at);
        const auto length = frame.at("length").to_number<std::size_t>();
        at += length;
        const auto again = driver.codec->encode(frame, setup);
        REQUIRE(std::holds_alternative<std::vector<baytime::signs::Packet>>(again));
        const auto bytes = joined(std::get<std::vector<baytime::signs::Packet>>(again));
        REQUIRE(hex(bytes) == frame.at("hex").as_string().c_str() + std::string(" "));
    }
    REQUIRE(at == wire.size());
}

}  // namespace support
