// The wire of the simulated card: which frames count, and what is answered.
#include "display-drivers/signs/onbon_sign.hpp"

#include <algorithm>

namespace baytime::signs {

using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t head = 0xA5, end = 0x5A;
constexpr auto longest_gap = 1000ms;             ///< not documented
constexpr std::size_t most_packet_bytes = 1024;  ///< of the receive buffer
constexpr std::size_t least_packet_bytes = 21;   // header, five bytes of data, check
constexpr std::size_t header_bytes = 14;
constexpr unsigned silent_broadcast = 0xFFFF, broadcast = 0xFFFE;
constexpr unsigned any_type = 0xFE;
// A card of the family 5K.
constexpr unsigned own_type = 0x51;
constexpr std::uint8_t unknown_group = 1, unknown_command = 2, busy = 3, crc_error = 5;

unsigned two(std::span<const std::uint8_t> bytes, std::size_t at) {
    return bytes[at] + 256U * bytes[at + 1];
}

/// CRC-16/ARC, four bits at a time.
unsigned crc_of(std::span<const std::uint8_t> bytes) {
    constexpr unsigned steps[] = {0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
                                  0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400};
    unsigned crc = 0;
    for (const std::uint8_t byte : bytes) {
        crc = (crc >> 4) ^ steps[(crc ^ byte) & 15];
        crc = (crc >> 4) ^ steps[(crc ^ static_cast<unsigned>(byte >> 4)) & 15];
    }
    return crc;
}

unsigned sum_of(std::span<const std::uint8_t> bytes) {
    unsigned sum = 0;
    for (const std::uint8_t byte : bytes) sum += byte;
    return sum & 0xFFFFU;
}

bool check_right(std::span<const std::uint8_t> packet) {
    const auto covered = packet.first(packet.size() - 2);
    const unsigned said = two(packet, packet.size() - 2);
    const std::uint8_t mode = packet[8];
    if (mode == 0) return said == crc_of(covered);
    if (mode == 1) return said == sum_of(covered);
    return mode == 2;
}

unsigned number_of_address(const std::string& address) {
    unsigned out = 0;
    for (const char c : address) {
        const bool digit = c >= '0' && c <= '9', letter = c >= 'A' && c <= 'F';
        if (!digit && !letter) return 1;
        out = out * 16 + static_cast<unsigned>(digit ? c - '0' : c - 'A' + 10);
    }
    return out >= broadcast ? 1 : out;
}

}  // namespace

OnbonSign::OnbonSign(Setup setup) : setup_(std::move(setup)), address_(number_of_address(setup_.address)) {
    power_cycle();
}

void OnbonSign::power_cycle() {
    areas_.clear();
    on_ = true;
    brightness_ = 15;
    wire_ = Wire::idle;
    packet_.clear();
    look();
}

Bytes OnbonSign::receive(std::span<const std::uint8_t> bytes, Moment at) {
    answers_.clear();
    expire(at);
    for (const std::uint8_t byte : bytes) take(byte, at);
    return std::move(answers_);
}

void OnbonSign::take(std::uint8_t byte, Moment at) {
    if (wire_ != Wire::idle && at - last_ > longest_gap) drop("gap");
    last_ = at;
    if (byte == head) {
        // Always a new frame, because inside of one it is escaped.
        if (wire_ == Wire::body) drop("cut-off");
        wire_ = Wire::head;
        packet_.clear();
    } else if (wire_ == Wire::idle) {
        return;
    } else if (byte == end) {
        wire_ = Wire::idle;
        frame_done(at);
    } else if (packet_.size() >= most_packet_bytes) {
        drop("overflow");
    } else {
        wire_ = Wire::body;
        packet_.push_back(byte);
    }
}

void OnbonSign::drop(const std::string& kind) {
    complain(kind);
    wire_ = Wire::idle;
    packet_.clear();
}

bool OnbonSign::unescape() {
    std::size_t to = 0;
    for (std::size_t from = 0; from < packet_.size(); ++from) {
        std::uint8_t byte = packet_[from];
        if (byte == 0xA6 || byte == 0x5B) {
            if (from + 1 == packet_.size()) return false;
            const std::uint8_t which = packet_[++from];
            if (which == 0 || which > 2) return false;
            if (which == 2) --byte;  // A5, 5A
        }
        packet_[to++] = byte;
    }
    packet_.resize(to);
    return true;
}

void OnbonSign::frame_done(Moment at) {
    if (!unescape()) return complain("escape");
    const std::span<const std::uint8_t> packet(packet_);
    if (packet.size() < least_packet_bytes || header_bytes + two(packet, 12) + 2 != packet.size()) {
        return complain("length");
    }
    const unsigned to = two(packet, 0);
    if (to != address_ && to != silent_broadcast && to != broadcast) return;
    const unsigned type = packet[10];
    if (type != any_type && type != own_type) return;
    const auto data = packet.subspan(header_bytes, packet.size() - header_bytes - 2);
    may_reply_ = to != silent_broadcast && data[2] == 1;
    if (!check_right(packet)) {
        complain("checksum");
        return reply(crc_error);
    }
    if (may_reply_ && refuses()) return reply(busy);
    obey(data, at);
}

void OnbonSign::obey(std::span<const std::uint8_t> data, Moment at) {
    const std::uint8_t group = data[0], code = data[1];
    const auto parameters = data.subspan(5);
    std::uint8_t error = 0;
    if (group == 0xA3) {
        error = screen_command(code, parameters, at);
    } else if (group == 0xA1) {
        if (code != 2) error = refuse("unknown-command", unknown_command);
    } else if (group == 0xA2) {
        const bool known = code == 0 || code == 1 || code == 4;
        if (!known) error = refuse("unknown-command", unknown_command);
        if (code == 1) power_cycle();
    } else {
        error = refuse("unknown-group", unknown_group);
    }
    look();
    reply(error);
}

std::uint8_t OnbonSign::refuse(const std::string& kind, std::uint8_t error) {
    complain(kind);
    return error;
}

/// A good answer to a question carries data whose layout is not public, so the bare ACK is sent.
void OnbonSign::reply(std::uint8_t error) {
    if (!may_reply_) return;
    const auto low = [](unsigned value) { return static_cast<std::uint8_t>(value & 0xFFU); };
    Bytes plain{0x00, 0x80, low(address_), low(address_ >> 8), 0, 0, 0, 0, 0, 0, own_type, 2, 5, 0};
    plain.insert(plain.end(), {0xA0, static_cast<std::uint8_t>(error == 0 ? 0 : 1), error, 0, 0});
    const unsigned crc = crc_of(plain);
    plain.insert(plain.end(), {low(crc), low(crc >> 8)});
    answers_.insert(answers_.end(), 8, head);
    for (const std::uint8_t byte : plain) {
        const bool of_head = byte == 0xA5 || byte == 0xA6, of_end = byte == 0x5A || byte == 0x5B;
        if (of_head || of_end) answers_.push_back(of_head ? 0xA6 : 0x5B);
        answers_.push_back(!of_head && !of_end ? byte : byte == 0xA5 || byte == 0x5A ? 2 : 1);
    }
    answers_.push_back(end);
}

}  // namespace baytime::signs
