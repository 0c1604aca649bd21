// The wire of the simulated sign: when a packet counts, and when a real sign would have lost it.
#include "display-drivers/signs/alpha_sign.hpp"

#include <algorithm>

namespace baytime::signs {

using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t nul = 0, soh = 1, stx = 2, etx = 3, eot = 4;
constexpr std::size_t least_nulls = 5;
constexpr auto longest_gap = 1000ms;  ///< a longer one inside a packet drops it
constexpr auto least_rest = 250ms;    ///< after a packet; 0.1 s loses packets on a BetaBrite Classic, 0.25 s works
constexpr auto least_inner_pause = 100ms;
constexpr std::size_t most_packet_bytes = 32 * 1024;
constexpr std::size_t header_bytes = 3;  // type and address

// Bits of the serial error register; single source, an open library that cites the maker's document.
constexpr unsigned bit_command = 1U << 5, bit_sum = 1U << 4, bit_overflow = 1U << 3, bit_timeout = 1U << 2,
                   bit_framing = 1U << 1;

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
}

unsigned sum_of(std::string_view bytes) {
    unsigned sum = 0;
    for (const char byte : bytes) sum += static_cast<unsigned char>(byte);
    return sum & 0xFFFFU;
}

}  // namespace

Bytes AlphaSign::receive(std::span<const std::uint8_t> bytes, Moment at) {
    answers_.clear();
    for (const std::uint8_t byte : bytes) take(byte, at);
    return std::move(answers_);
}

void AlphaSign::take(std::uint8_t byte, Moment at) {
    if (at < deaf_until_) {
        if (!deafness_noted_) complain("too-soon");
        deafness_noted_ = true;
        wire_ = Wire::idle;
        nulls_ = 0;
        return;
    }
    deafness_noted_ = false;
    if (wire_ != Wire::idle && at - last_ > longest_gap) drop("gap", bit_timeout);
    last_ = at;
    if (wire_ == Wire::idle) {
        if (byte == soh && nulls_ < least_nulls) complain("no-sync");
        if (byte == soh) wire_ = nulls_ < least_nulls ? Wire::skipping : Wire::packet;
        nulls_ = byte == nul ? nulls_ + 1 : 0;
        packet_.clear();
        times_.clear();
        return;
    }
    if (byte == eot) {
        if (wire_ == Wire::packet) packet_done(at);
        wire_ = Wire::idle;
        deaf_until_ = std::max(deaf_until_, at + least_rest);
        return;
    }
    if (wire_ == Wire::skipping) return;
    if (byte > 0x7F) return drop("eight-bit", bit_framing);
    if (packet_.size() >= most_packet_bytes) return drop("overflow", bit_overflow);
    packet_ += static_cast<char>(byte);
    times_.push_back(at);
}

void AlphaSign::drop(const std::string& kind, unsigned bit) {
    refuse(kind, bit);
    wire_ = kind == "gap" ? Wire::idle : Wire::skipping;
    nulls_ = 0;
}

void AlphaSign::refuse(const std::string& kind, unsigned bit) {
    complain(kind);
    register_ |= bit;
}

bool AlphaSign::addressed() const {
    constexpr std::string_view every_type = "Z!z";
    const char type = packet_[0];
    // A sign set up as Z plays a BetaBrite, which also answers to its own letter.
    const bool own_type = type == setup_.type || (setup_.type == 'Z' && type == '^');
    if (!own_type && every_type.find(type) == std::string_view::npos) return false;
    const std::string_view address = std::string_view(packet_).substr(1, 2);
    if (address == "00") return true;
    for (std::size_t i = 0; i < 2; ++i) {
        if (address[i] != '?' && address[i] != setup_.address[i]) return false;
    }
    return true;
}

std::vector<AlphaSign::Received> AlphaSign::split() {
    std::vector<Received> out;
    std::size_t at = header_bytes;
    while (at < packet_.size()) {
        if (packet_[at] != stx) {
            refuse("garbage", bit_command);
            return {};
        }
        const auto end = std::min(packet_.find(static_cast<char>(etx), at), packet_.size());
        Received next{.body = packet_.substr(at + 1, end - at - 1), .begin = at + 1};
        std::size_t sum_end = std::min(end + 1, packet_.size());
        while (sum_end < packet_.size() && sum_end < end + 5 && is_hex(packet_[sum_end])) ++sum_end;
        if (end < packet_.size() && sum_end == end + 5) {
            const auto said = static_cast<unsigned>(std::stoul(packet_.substr(end + 1, 4), nullptr, 16));
            next.in_order = said == sum_of(std::string_view(packet_).substr(at, end + 1 - at));
        } else if (end < packet_.size() && sum_end != end + 1) {
            next.in_order = false;
        }
        out.push_back(std::move(next));
        at = sum_end;
    }
    return out;
}

bool AlphaSign::paused_enough(const Received& command, std::size_t count) const {
    if (count < 2 || command.body.empty()) return true;
    return times_[command.begin] - times_[command.begin - 1] >= least_inner_pause;
}

void AlphaSign::packet_done(Moment at) {
    if (packet_.size() <= header_bytes) return refuse("garbage", bit_command);
    if (!addressed()) return;
    const auto commands = split();
    for (const Received& command : commands) {
        if (!command.in_order) {
            refuse("checksum", bit_sum);
        } else if (command.body.empty()) {
            refuse("unknown-command", bit_command);
        } else if (!paused_enough(command, commands.size())) {
            refuse("no-pause", bit_timeout);
        } else {
            obey(command, at, commands.size() > 1);
        }
    }
    look();
}

void AlphaSign::obey(const Received& command, Moment at, bool nested) {
    const std::string_view body = command.body;
    switch (body[0]) {
        case 'A': return write_text(body.substr(1));
        case 'G': return write_string(body.substr(1));
        case 'I': return write_dots(command);
        case 'E': return special(body.substr(1), at);
        case 'B':
        case 'F':
        case 'H':
            if (nested) return refuse("nested-read", bit_command);
            return answer(body);
        default: return refuse("unknown-command", bit_command);
    }
}

void AlphaSign::write_dots(const Received& command) {
    constexpr std::size_t rows_at = 6;  // I, label, height, width
    constexpr std::size_t size_at = 2;
    if (command.body.size() < rows_at || find(command.body[1], 'D') == nullptr) {
        return refuse("unknown-file", bit_command);
    }
    if (command.body.size() > rows_at) {
        const auto first = command.begin + rows_at;
        if (times_[first] - times_[first - 1] < least_inner_pause) return refuse("no-pause", bit_timeout);
    }
    Stored& file = *find(command.body[1], 'D');
    const std::string size = command.body.substr(size_at, rows_at - size_at);
    if (!std::ranges::all_of(size, is_hex)) return refuse("bad-picture", bit_command);
    const bool high = size.substr(0, 2) > file.size.substr(0, 2), wide = size.substr(2) > file.size.substr(2);
    if (high || wide) return refuse("too-long", bit_overflow);
    file.data = command.body.substr(size_at);
}

}  // namespace baytime::signs
