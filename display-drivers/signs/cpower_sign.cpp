// The wire of the simulated card: which packets count, in which order, and what is returned.
#include "display-drivers/signs/cpower_sign.hpp"

#include <algorithm>

namespace baytime::signs {

using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t start = 0xA5, end = 0xAE;
constexpr auto longest_gap = 1000ms;  ///< not documented
constexpr std::size_t most_packet_bytes = 4096, most_command_bytes = 64 * 1024;
constexpr std::size_t least_packet_bytes = 7;  // 68 32 id code flag, sum
constexpr std::uint8_t wrong_sum = 1, wrong_order = 2;

unsigned id_of(const std::string& address) {
    const auto digits = address.size() == 2 && address.find_first_not_of("0123456789ABCDEF") == std::string::npos;
    const unsigned id = digits ? static_cast<unsigned>(std::stoul(address, nullptr, 16)) : 0;
    return id == 0 || id == 0xFF ? 1 : id;
}

}  // namespace

CPowerSign::CPowerSign(Setup setup) : setup_(std::move(setup)), id_(id_of(setup_.address)) {
    look();
}

void CPowerSign::power_cycle() {
    windows_ = saved_;
    on_ = true;
    brightness_ = 100;
    clock_.clear();
    wire_ = Wire::idle;
    packet_.clear();
    command_.clear();
    next_packet_ = 0;
    look();
}

Bytes CPowerSign::receive(std::span<const std::uint8_t> bytes, Moment at) {
    answers_.clear();
    for (const std::uint8_t byte : bytes) take(byte, at);
    return std::move(answers_);
}

void CPowerSign::take(std::uint8_t byte, Moment at) {
    if (wire_ == Wire::body && at - last_ > longest_gap) drop("gap");
    last_ = at;
    if (byte == start) {
        // Always a new frame, because inside of one it is escaped.
        if (!packet_.empty()) drop("cut-off");
        wire_ = Wire::body;
    } else if (wire_ == Wire::idle) {
        return;
    } else if (byte == end) {
        wire_ = Wire::idle;
        frame_done();
        packet_.clear();
    } else if (packet_.size() >= most_packet_bytes) {
        drop("overflow");
    } else {
        packet_.push_back(byte);
    }
}

void CPowerSign::drop(const std::string& kind) {
    complain(kind);
    wire_ = Wire::idle;
    packet_.clear();
}

bool CPowerSign::unescape() {
    Bytes plain;
    bool escaped = false;
    for (const std::uint8_t byte : packet_) {
        if (escaped) {
            if (byte != 0x05 && byte != 0x0E && byte != 0x0A) return false;
            plain.push_back(static_cast<std::uint8_t>(0xA0 + byte));
        } else if (byte != 0xAA) {
            plain.push_back(byte);
        }
        escaped = !escaped && byte == 0xAA;
    }
    packet_ = std::move(plain);
    return !escaped;
}

void CPowerSign::frame_done() {
    if (!unescape()) return complain("escape");
    if (packet_.size() < least_packet_bytes) return complain("length");
    constexpr std::uint8_t windows = 0x7B;
    if (packet_[0] != 0x68 || packet_[1] != 0x32) return complain("unknown-type");
    if (packet_[2] != id_ && packet_[2] != 0xFF) return;
    unsigned sum = 0;
    for (std::size_t i = 0; i + 2 < packet_.size(); ++i) sum += packet_[i];
    const unsigned said = packet_[packet_.size() - 2] + 256U * packet_.back();
    if (said != (sum & 0xFFFFU)) {
        complain("checksum");
        return reply(wrong_sum);
    }
    if ((packet_[4] & 1U) != 0 && refuses()) return reply(wrong_sum);
    if (packet_[3] == windows) {
        window_packet();
    } else {
        reply(other_code(packet_[3], std::span(packet_).subspan(5, packet_.size() - least_packet_bytes)));
    }
    look();
}

void CPowerSign::window_packet() {
    constexpr std::size_t data_at = 9, around_data = 11;
    if (packet_.size() < around_data || packet_[5] + 256U * packet_[6] != packet_.size() - around_data) {
        complain("length");
        return reply(wrong_sum);
    }
    const int number = packet_[7], last = packet_[8];
    if (number == 0) {
        next_packet_ = 0;
        last_packet_ = last;
        command_.clear();
    }
    const std::size_t bytes = packet_.size() - around_data;
    if (number != next_packet_ || last != last_packet_ || number > last ||
        command_.size() + bytes > most_command_bytes) {
        complain("packet-order");
        next_packet_ = 0;
        command_.clear();
        return reply(wrong_order);
    }
    command_.insert(command_.end(), packet_.begin() + data_at, packet_.end() - 2);
    ++next_packet_;
    if (number < last) return reply(0);
    next_packet_ = 0;
    reply(obey(command_));
    command_.clear();
}

void CPowerSign::reply(std::uint8_t value) {
    if ((packet_[4] & 1U) == 0) return;
    Bytes plain{0xE8, 0x32, static_cast<std::uint8_t>(id_), packet_[3], value};
    if (packet_[3] == 0x7B) {
        const bool numbered = packet_.size() >= 11;
        const std::uint8_t number = numbered ? packet_[7] : std::uint8_t{0},
                           last = numbered ? packet_[8] : std::uint8_t{0};
        plain.insert(plain.end(), {0, 0, number, last});
    }
    unsigned sum = 0;
    for (const std::uint8_t byte : plain) sum += byte;
    plain.push_back(static_cast<std::uint8_t>(sum));
    plain.push_back(static_cast<std::uint8_t>(sum >> 8));
    answers_.push_back(start);
    for (const std::uint8_t byte : plain) {
        const bool special = byte == 0xA5 || byte == 0xAE || byte == 0xAA;
        if (special) answers_.push_back(0xAA);
        answers_.push_back(special ? static_cast<std::uint8_t>(byte - 0xA0) : byte);
    }
    answers_.push_back(end);
}

}  // namespace baytime::signs
