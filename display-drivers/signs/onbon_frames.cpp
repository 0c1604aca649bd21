#include "display-drivers/signs/onbon_frames.hpp"

#include <algorithm>
#include <array>

namespace baytime::signs::onbon {

namespace {

constexpr std::uint8_t head_escape = 0xA6, end_escape = 0x5B;
constexpr std::size_t header_bytes = 14, length_at = 12, check_bytes = 2, least_data_bytes = 5;
constexpr std::uint8_t delete_every_area = 0xFF;

constexpr HeaderField headers[] = {
    {"destination", &Header::destination, 2, "screen number; 0xFFFF every card, silent; 0xFFFE every card, with reply"},
    {"source", &Header::source, 2, "who sends: 0x8000 to 0xDFFF is a computer"},
    {"reserved", &Header::reserved, 3, "always 0"},
    {"option", &Header::option, 1, "bit 0: a bar code follows the header, for setting up IP only"},
    {"check_mode", &Header::check_mode, 1, "0 CRC, 1 sum, 2 none", 2},
    {"display_mode", &Header::display_mode, 1, "0 dynamic areas stand beside programs, 1 they go first", 1},
    {"device_type", &Header::device_type, 1, "0xFE any; 0x51 5K1, 0x58 5K2, 0x54 5MK1, 0x53 5MK2, 0x61 6K1, ..."},
    {"protocol_version", &Header::protocol_version, 1, "2"},
};

constexpr AreaField area_table[] = {
    {"area_type", &Area::area_type, 1, "always 0", 0, 0},
    {"x", &Area::x, 2, "left edge in units of 8 pixels; with 0x8000 added in pixels, on 6K cards"},
    {"y", &Area::y, 2, "upper edge in pixels"},
    {"width", &Area::width, 2, "in units of 8 pixels; with 0x8000 added in pixels, on 6K cards"},
    {"height", &Area::height, 2, "in pixels"},
    {"area_id", &Area::area_id, 1, "numbered from 0 without gaps", 0, 254},
    {"line_spacing", &Area::line_spacing, 1, "pixels between two lines"},
    {"run_mode", &Area::run_mode, 1,
     "0 loop, 1 stop on the last page, 2 loop and vanish after the time-out, 3 logo after it, 4 once, 5 count times", 0,
     5},
    {"timeout", &Area::timeout, 2, "seconds (run mode 5: how many times)"},
    {"voice", &Area::voice, 1, "0 none; voice cards put more fields here, which are not explained", 0, 0},
    {"extension_length", &Area::extension_length, 1, "always 0", 0, 0},
    {"alignment", &Area::alignment, 1, "0 left, 1 right, 2 centre; plus 0 top, 4 bottom, 8 middle", 0, 10},
    {"lines", &Area::lines, 1, "1 a single line, 2 several lines", 1, 2},
    {"wrap", &Area::wrap, 1, "1 only at line breaks, 2 by itself", 1, 2},
    {"display_mode", &Area::display_mode, 1, "1 static, 2 quick, 3 moves left, 4 right, 5 up, 6 down", 1, 6},
    {"exit_mode", &Area::exit_mode, 1, "always 0", 0, 0},
    {"speed", &Area::speed, 1, "0 the fastest to 24 the slowest", 0, 24},
    {"stay", &Area::stay, 1, "how long a page stays, in units of 0.5 s"},
};

constexpr std::string_view errors[] = {
    "none",         "unknown_group", "unknown_command",  "busy",        "out_of_memory", "crc_error",
    "file_missing", "flash_error",   "download_error",   "file_name",   "file_type",     "file_crc",
    "font_missing", "firmware_type", "date_time_format", "file_exists", "block_number",
};

void put(Bytes& out, std::uint32_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint32_t number(std::span<const std::uint8_t> bytes) {
    std::uint32_t out = 0;
    for (std::size_t i = bytes.size(); i > 0; --i) out = out << 8 | bytes[i - 1];
    return out;
}

/// CRC-16/ARC.
std::uint16_t crc(std::span<const std::uint8_t> bytes) {
    constexpr unsigned polynomial = 0xA001;  // 8005 reflected
    unsigned out = 0;
    for (const std::uint8_t byte : bytes) {
        out ^= byte;
        for (int bit = 0; bit < 8; ++bit) out = (out & 1U) != 0 ? out >> 1 ^ polynomial : out >> 1;
    }
    return static_cast<std::uint16_t>(out);
}

/// A5, A6, 5A and 5B become two bytes.
void put_escaped(Bytes& out, std::uint8_t byte) {
    if (byte == frame_head || byte == head_escape) {
        out.push_back(head_escape);
        out.push_back(byte == frame_head ? 2 : 1);
    } else if (byte == frame_end || byte == end_escape) {
        out.push_back(end_escape);
        out.push_back(byte == frame_end ? 2 : 1);
    } else {
        out.push_back(byte);
    }
}

/// Nothing when an escape byte is followed by anything but 1 or 2.
std::optional<Bytes> unescaped(std::span<const std::uint8_t> bytes) {
    Bytes out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::uint8_t byte = bytes[i];
        if (byte != head_escape && byte != end_escape) {
            out.push_back(byte);
            continue;
        }
        const std::uint8_t which = i + 1 < bytes.size() ? bytes[i + 1] : 0;
        if (which != 1 && which != 2) return std::nullopt;
        out.push_back(which == 1 ? byte : byte == head_escape ? frame_head : frame_end);
        ++i;
    }
    return out;
}

Bytes before_check(const Header& header, const Command& command) {
    Bytes out;
    for (const HeaderField& field : headers) put(out, header.*field.member, field.bytes);
    put(out, static_cast<std::uint32_t>(least_data_bytes + command.parameters.size()), 2);
    out.insert(out.end(), {command.group, command.code, command.request});
    put(out, command.reserved, 2);
    out.insert(out.end(), command.parameters.begin(), command.parameters.end());
    return out;
}

/// Reads header and command of a frame without head and end.
void read(std::span<const std::uint8_t> escaped, Found& found) {
    const auto plain = unescaped(escaped);
    if (!plain) return void(found.fault = "an escape byte (A6, 5B) without 01 or 02 after it");
    const std::span<const std::uint8_t> all(*plain);
    if (all.size() < header_bytes + least_data_bytes + check_bytes) return void(found.fault = "too short for a frame");
    const std::size_t data = number(all.subspan(length_at, 2));
    if (header_bytes + data + check_bytes != all.size()) {
        found.fault = "it says " + std::to_string(data) + " bytes of data and has " +
                      std::to_string(all.size() - header_bytes - check_bytes);
        return;
    }
    std::size_t at = 0;
    for (const HeaderField& field : headers) {
        found.header.*field.member = number(all.subspan(at, field.bytes));
        at += field.bytes;
    }
    const auto body = all.subspan(header_bytes, data);
    found.command = {.group = body[0],
                     .code = body[1],
                     .request = body[2],
                     .reserved = static_cast<std::uint16_t>(number(body.subspan(3, 2))),
                     .parameters = Bytes(body.begin() + least_data_bytes, body.end())};
    found.check = static_cast<std::uint16_t>(number(all.last(check_bytes)));
    found.right_check = check_of(all.first(all.size() - check_bytes), found.header.check_mode);
}

}  // namespace

std::span<const HeaderField> header_fields() {
    return headers;
}

std::span<const AreaField> area_fields() {
    return area_table;
}

Command dynamic_areas(const std::vector<std::uint8_t>& deleted, bool delete_all, const std::vector<Area>& areas) {
    Command out{.group = 0xA3, .code = 0x06};
    Bytes& to = out.parameters;
    to.push_back(delete_all ? delete_every_area : static_cast<std::uint8_t>(deleted.size()));
    if (!delete_all) to.insert(to.end(), deleted.begin(), deleted.end());
    to.push_back(static_cast<std::uint8_t>(areas.size()));
    for (const Area& area : areas) {
        Bytes block;
        for (const AreaField& field : area_table) put(block, area.*field.member, field.bytes);
        put(block, static_cast<std::uint32_t>(area.text.size()), 4);
        block.insert(block.end(), area.text.begin(), area.text.end());
        put(to, static_cast<std::uint32_t>(block.size()), 2);
        to.insert(to.end(), block.begin(), block.end());
    }
    return out;
}

Command ping() {
    return {.group = 0xA2, .code = 0x00};
}

Command screen_power(bool on) {
    return {.group = 0xA3, .code = 0x00, .parameters = {static_cast<std::uint8_t>(on ? 1 : 2)}};
}

Command brightness(std::uint8_t value) {
    constexpr std::uint8_t fixed = 1;
    Command out{.group = 0xA3, .code = 0x02, .parameters = {fixed, value}};
    out.parameters.insert(out.parameters.end(), half_hours, value);
    return out;
}

Command answer(std::uint8_t error) {
    return {.group = 0xA0, .code = static_cast<std::uint8_t>(error == 0 ? 0 : 1), .request = error};
}

std::uint16_t check_of(std::span<const std::uint8_t> bytes, std::uint32_t check_mode) {
    constexpr std::uint32_t sum_mode = 1, no_check = 2;
    if (check_mode == no_check) return 0;
    if (check_mode != sum_mode) return crc(bytes);
    unsigned sum = 0;
    for (const std::uint8_t byte : bytes) sum += byte;
    return static_cast<std::uint16_t>(sum);
}

Bytes frame(const Header& header, const Command& command, std::size_t heads, std::optional<std::uint16_t> check) {
    Bytes plain = before_check(header, command);
    put(plain, check.value_or(check_of(plain, header.check_mode)), check_bytes);
    Bytes out(heads, frame_head);
    for (const std::uint8_t byte : plain) put_escaped(out, byte);
    out.push_back(frame_end);
    return out;
}

Packet packet(const Header& header, const Command& command, Bytes bytes) {
    constexpr std::uint8_t reply_wanted = 1;
    const bool heard = command.request == reply_wanted && header.destination != everyone_silent;
    return {.bytes = std::move(bytes), .pause_after = heard ? pause_after_reply : pause_unheard, .acknowledged = heard};
}

std::size_t wire_bytes(std::string_view bytes) {
    Bytes out;
    for (const char byte : bytes) put_escaped(out, static_cast<std::uint8_t>(byte));
    return out.size();
}

std::vector<Found> frames_in(std::span<const std::uint8_t> wire) {
    std::vector<Found> out;
    for (auto at = wire.begin(); at != wire.end();) {
        auto begin = std::find(at, wire.end(), frame_head);
        if (begin == wire.end()) break;
        const auto body = std::find_if(begin, wire.end(), [](std::uint8_t byte) { return byte != frame_head; });
        const auto most = static_cast<std::ptrdiff_t>(most_heads);
        if (body - begin > most) begin = body - most;
        const auto end =
            std::find_if(body, wire.end(), [](std::uint8_t b) { return b == frame_end || b == frame_head; });
        const bool whole = end != wire.end() && *end == frame_end;
        Found found{.offset = static_cast<std::size_t>(begin - wire.begin()),
                    .length = static_cast<std::size_t>(end - begin) + (whole ? 1 : 0),
                    .heads = static_cast<std::size_t>(body - begin)};
        if (found.length > most_frame_bytes) {
            found.fault = "longer than the card's receive buffer of 1024 bytes";
        } else if (whole) {
            read(wire.subspan(found.offset + found.heads, static_cast<std::size_t>(end - body)), found);
        } else {
            found.unfinished = end == wire.end();
            found.fault =
                found.unfinished ? "cut off: no end byte 5A" : "cut off: a new frame begins before the end byte";
        }
        out.push_back(std::move(found));
        at = whole ? end + 1 : end;
    }
    return out;
}

std::string_view error_name(std::uint8_t error) {
    return error < std::size(errors) ? errors[error] : std::string_view();
}

std::optional<std::uint8_t> error_number(std::string_view name) {
    const auto* found = std::ranges::find(errors, name);
    if (found == std::end(errors)) return std::nullopt;
    return static_cast<std::uint8_t>(found - std::begin(errors));
}

}  // namespace baytime::signs::onbon
