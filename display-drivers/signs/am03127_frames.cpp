#include "display-drivers/signs/am03127_frames.hpp"

#include <algorithm>

namespace baytime::signs::am {

namespace {

std::string hex2(unsigned value) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return {digits[(value >> 4) & 15U], digits[value & 15U]};
}

std::string two(int value) {
    constexpr int hundred = 100;
    const int digits = value % hundred;
    return (digits < 10 ? "0" : "") + std::to_string(digits);
}

std::string tag(const std::string& inside) {
    return "<" + inside + ">";
}

Bytes bytes_of(std::string_view text) {
    return Bytes(text.begin(), text.end());
}

}  // namespace

std::string checksum(std::string_view packet) {
    unsigned sum = 0;
    for (const char byte : packet) sum ^= static_cast<unsigned char>(byte);
    return hex2(sum);
}

Bytes frame(std::string_view address, std::string_view packet) {
    return bytes_of(tag("ID" + std::string(address)) + std::string(packet) + checksum(packet) + std::string(frame_end));
}

Bytes set_id(std::string_view address) {
    return bytes_of("<ID>" + tag(std::string(address)) + std::string(frame_end));
}

std::string line_packet(int line, char page, const Manner& manner, std::string_view text) {
    return tag("L" + std::to_string(line)) + tag({'P', page}) + tag({'F', manner.lead}) + tag({'M', manner.display}) +
           tag({'W', manner.wait}) + tag({'F', manner.lag}) + std::string(text);
}

std::string clock_packet(const SignClock& now, int second) {
    const int monday_first = now.weekday == 0 ? 7 : now.weekday;  // 01 is Monday, 07 Sunday
    return "<SC>" + two(now.year) + two(monday_first) + two(now.month) + two(now.day) + two(now.hour) +
           two(now.minute) + two(second);
}

std::string schedule_packet(char schedule, std::string_view start, std::string_view end, std::string_view pages) {
    return tag({'T', schedule}) + std::string(start) + std::string(end) + std::string(pages);
}

std::string default_page_packet(char page) {
    return tag({'R', 'P', page});
}

std::string brightness_packet(char level) {
    return tag({'B', level});
}

std::string delete_all_packet() {
    return "<D*>";
}

std::string block_tag(std::size_t index) {
    return tag({'G', static_cast<char>('A' + static_cast<char>(index / blocks_a_letter)),
                static_cast<char>('1' + static_cast<char>(index % blocks_a_letter))});
}

std::string block_packet(std::size_t index, const Block& dots) {
    return block_tag(index) + bytes_of_block(dots);
}

std::string bytes_of_block(const Block& dots) {
    constexpr int unit_columns = 8, dots_a_byte = 4, bits_a_dot = 2;
    std::string out;
    for (int unit = 0; unit < block_columns / unit_columns; ++unit) {
        for (int row = 0; row < block_rows; ++row) {
            for (int half = 0; half < unit_columns / dots_a_byte; ++half) {
                unsigned byte = 0;
                for (int dot = 0; dot < dots_a_byte; ++dot) {
                    const int column = unit * unit_columns + half * dots_a_byte + dot;
                    const auto at = static_cast<std::size_t>(row * block_columns + column);
                    byte = byte << bits_a_dot | static_cast<unsigned>(dots[at]);
                }
                out += static_cast<char>(byte);
            }
        }
    }
    return out;
}

std::optional<std::size_t> binary_bytes(std::string_view packet) {
    if (packet.size() < 2) return std::nullopt;
    if (!packet.starts_with("<G") && !packet.starts_with("<F")) return 0;
    const bool graphic = packet[1] == 'G';
    const std::size_t length = graphic ? graphic_tag_bytes : character_tag_bytes;
    if (packet.size() < length) {
        // A lead effect such as <FA> closes earlier; only the beginning of a packet can say so.
        return packet.find('>') != std::string_view::npos ? std::optional<std::size_t>(0) : std::nullopt;
    }
    if (packet.find('>') != length - 1) return 0;
    return graphic ? block_bytes : character_bytes;
}

}  // namespace baytime::signs::am
