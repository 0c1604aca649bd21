// Bytes of the tests: written as in the protocol's documents, hex with quoted text.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <string>
#include <string_view>

namespace support {

/// `00*5 01 5A "00" 02` as bytes. Text stands in double quotes, `*n` repeats the byte before it.
inline baytime::signs::Bytes bytes(std::string_view text) {
    baytime::signs::Bytes out;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == ' ') {
            ++i;
        } else if (text[i] == '"') {
            for (++i; text[i] != '"'; ++i) out.push_back(static_cast<std::uint8_t>(text[i]));
            ++i;
        } else if (text[i] == '*') {
            const auto count = static_cast<std::size_t>(text[i + 1] - '0');
            out.insert(out.end(), count - 1, out.back());
            i += 2;
        } else {
            out.push_back(static_cast<std::uint8_t>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
            i += 2;
        }
    }
    return out;
}

/// All bytes of a list of packets, for comparing and for reading in a failed test.
inline std::string hex(const baytime::signs::Bytes& all) {
    std::string out;
    for (const auto byte : all) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        out += {digits[byte >> 4], digits[byte & 15], ' '};
    }
    return out;
}

inline baytime::signs::Bytes joined(const std::vector<baytime::signs::Packet>& packets) {
    baytime::signs::Bytes out;
    for (const auto& packet : packets) out.insert(out.end(), packet.bytes.begin(), packet.bytes.end());
    return out;
}

/// Plays packets to a sign at a given moment on a clock of its own, with their pauses.
class Sender {
public:
    explicit Sender(baytime::signs::Sign& sign) : sign_(sign) {}
    baytime::signs::Bytes send(const std::vector<baytime::signs::Packet>& packets) {
        baytime::signs::Bytes reply;
        for (const auto& packet : packets) {
            const auto more = raw(packet.bytes);
            reply.insert(reply.end(), more.begin(), more.end());
            wait(packet.pause_after);
        }
        return reply;
    }
    baytime::signs::Bytes raw(const baytime::signs::Bytes& bytes) { return sign_.receive(bytes, now_); }
    void wait(std::chrono::milliseconds time) { now_ += time; }

private:
    baytime::signs::Sign& sign_;
    baytime::signs::Moment now_{std::chrono::hours(1)};
};

}  // namespace support
