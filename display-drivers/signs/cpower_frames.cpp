#include "display-drivers/signs/cpower_frames.hpp"

#include <algorithm>

namespace baytime::signs::cpower {

namespace {

constexpr std::uint8_t escape = 0xAA;
constexpr std::size_t head_bytes = 5, place_bytes = 4, sum_bytes = 2;

struct Escape {
    std::uint8_t byte, code;
};
constexpr Escape escapes[] = {{frame_start, 0x05}, {frame_end, 0x0E}, {escape, 0x0A}};

constexpr ProtocolCode other_codes[] = {
    {"set_clock", 0x47, "sets the card's clock"},
    {"screen_power", 0x76, "switches the glass on or off; the layout of its data is not confirmed"},
    {"brightness", 0x46, "sets the brightness; the layout of its data is not confirmed"},
    {"restart", 0x2D, "restarts the card: not for daily use"},
    {"software_restart", 0xFE, "restarts the card's program: not for daily use"},
};

constexpr int sizes[] = {8, 12, 16, 24, 32, 40, 48, 56};

/// Numbers in data have the high byte first, unlike lengths and sums.
void put_high_first(Bytes& out, std::uint16_t value) {
    out.push_back(static_cast<std::uint8_t>(value >> 8));
    out.push_back(static_cast<std::uint8_t>(value));
}

void put_low_first(Bytes& out, std::size_t value) {
    out.push_back(static_cast<std::uint8_t>(value));
    out.push_back(static_cast<std::uint8_t>(value >> 8));
}

std::uint16_t low_first(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8);
}

std::uint16_t sum_of(std::span<const std::uint8_t> bytes) {
    unsigned sum = 0;
    for (const std::uint8_t byte : bytes) sum += byte;
    return static_cast<std::uint16_t>(sum);
}

std::optional<Bytes> unescaped(std::span<const std::uint8_t> bytes) {
    Bytes out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::uint8_t byte = bytes[i];
        if (byte == escape) {
            const std::uint8_t code = ++i < bytes.size() ? bytes[i] : 0;
            const auto* known = std::ranges::find(escapes, code, &Escape::code);
            if (known == std::end(escapes)) return std::nullopt;
            byte = known->byte;
        }
        out.push_back(byte);
    }
    return out;
}

void read(std::span<const std::uint8_t> escaped, Found& found) {
    const auto plain = unescaped(escaped);
    if (!plain) return void(found.fault = "an escape byte AA without 05, 0E or 0A after it");
    const std::span<const std::uint8_t> all(*plain);
    if (all.size() < head_bytes + sum_bytes) return void(found.fault = "too short for a frame");
    found.head = {.type = all[0], .card = all[1], .id = all[2], .code = all[3], .flag = all[4]};
    if (found.head.type != request && found.head.type != answer) {
        found.fault = "it begins neither with 68 (to the card) nor with E8 (from it)";
        return;
    }
    const auto covered = all.first(all.size() - sum_bytes);
    auto data = covered.subspan(head_bytes);
    if (found.head.code == windows_code) {
        const bool numbered = data.size() >= place_bytes && low_first(data, 0) == data.size() - place_bytes;
        // How a reply goes on behind what it returns is not documented.
        if (!numbered && found.head.type == request) return void(found.fault = "its length field is wrong");
        if (numbered) found.place = Place{.packet = data[2], .last = data[3]};
        if (numbered) data = data.subspan(place_bytes);
    }
    found.data.assign(data.begin(), data.end());
    found.sum = low_first(all, covered.size());
    found.right_sum = sum_of(covered);
}

}  // namespace

std::span<const ProtocolCode> protocol_codes() {
    return other_codes;
}

int dots_of_size(std::uint8_t code) {
    return code < std::size(sizes) ? sizes[code] : 0;
}

Bytes frame(const Head& head, std::optional<Place> place, std::span<const std::uint8_t> data,
            std::optional<std::uint16_t> sum) {
    Bytes plain{head.type, head.card, head.id, head.code, head.flag};
    if (place) {
        put_low_first(plain, data.size());
        plain.insert(plain.end(), {place->packet, place->last});
    }
    plain.insert(plain.end(), data.begin(), data.end());
    put_low_first(plain, sum.value_or(sum_of(plain)));
    Bytes out{frame_start};
    for (const std::uint8_t byte : plain) {
        const auto* special = std::ranges::find(escapes, byte, &Escape::byte);
        if (special == std::end(escapes)) {
            out.push_back(byte);
        } else {
            out.insert(out.end(), {escape, special->code});
        }
    }
    out.push_back(frame_end);
    return out;
}

std::vector<Packet> transmission(const Head& head, std::span<const std::uint8_t> data) {
    constexpr std::uint8_t reply_wanted = 1;
    const bool heard = head.type == request && (head.flag & reply_wanted) != 0;
    std::vector<Bytes> frames;
    if (head.code != windows_code) frames.push_back(frame(head, std::nullopt, data));
    const std::size_t count =
        std::max<std::size_t>(1, (data.size() + most_packet_data_bytes - 1) / most_packet_data_bytes);
    for (std::size_t i = 0; head.code == windows_code && i < count; ++i) {
        const auto begin = i * most_packet_data_bytes;
        const auto part = data.subspan(begin, std::min(most_packet_data_bytes, data.size() - begin));
        frames.push_back(frame(
            head, Place{.packet = static_cast<std::uint8_t>(i), .last = static_cast<std::uint8_t>(count - 1)}, part));
    }
    std::vector<Packet> out;
    for (Bytes& bytes : frames) {
        out.push_back({.bytes = std::move(bytes), .pause_after = packet_pause, .acknowledged = heard});
        out.back().unfinished = out.size() < frames.size();
    }
    return out;
}

Bytes define_windows(const std::vector<Window>& windows) {
    Bytes out{static_cast<std::uint8_t>(Do::define_windows), static_cast<std::uint8_t>(windows.size())};
    for (const Window& window : windows) {
        for (const auto value : {window.x, window.y, window.width, window.height}) put_high_first(out, value);
    }
    return out;
}

Bytes characters(std::uint8_t colour, std::uint8_t size, std::string_view gbk) {
    Bytes out;
    for (std::size_t i = 0; i < gbk.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(gbk[i]);
        const bool wide = byte >= 0x80 && i + 1 < gbk.size();
        out.push_back(static_cast<std::uint8_t>(colour << 4 | size));
        out.push_back(wide ? byte : 0);
        out.push_back(wide ? static_cast<std::uint8_t>(gbk[++i]) : byte);
    }
    return out;
}

Bytes text(const Manner& manner, std::span<const std::uint8_t> formatted) {
    Bytes out{static_cast<std::uint8_t>(Do::text), manner.window, manner.mode, manner.align, manner.speed};
    put_high_first(out, manner.stay);
    out.insert(out.end(), formatted.begin(), formatted.end());
    out.insert(out.end(), text_end.begin(), text_end.end());
    return out;
}

Bytes clock_data(const SignClock& now) {
    constexpr int from_computer = 0, from_year = 2000;
    const int second = 0;
    Bytes out;
    for (const int value :
         {from_computer, second, now.minute, now.hour, now.weekday % 7, now.day, now.month, now.year - from_year, 0}) {
        out.push_back(static_cast<std::uint8_t>(value));
    }
    return out;
}

std::vector<Found> frames_in(std::span<const std::uint8_t> wire) {
    std::vector<Found> out;
    for (auto at = wire.begin(); at != wire.end();) {
        const auto begin = std::find(at, wire.end(), frame_start);
        if (begin == wire.end()) break;
        const auto is_edge = [](std::uint8_t byte) { return byte == frame_start || byte == frame_end; };
        const auto end = std::find_if(begin + 1, wire.end(), is_edge);
        const bool whole = end != wire.end() && *end == frame_end;
        Found found{.offset = static_cast<std::size_t>(begin - wire.begin()),
                    .length = static_cast<std::size_t>(end - begin) + (whole ? 1 : 0)};
        if (found.length > most_frame_bytes) {
            found.fault = "longer than any frame that makes sense";
        } else if (whole) {
            read(wire.subspan(found.offset + 1, found.length - 2), found);
        } else {
            found.unfinished = end == wire.end();
            found.fault =
                found.unfinished ? "cut off: no end byte AE" : "cut off: a new frame begins before the end byte";
        }
        out.push_back(std::move(found));
        at = whole ? end + 1 : end;
    }
    return out;
}

}  // namespace baytime::signs::cpower
