// Bytes, numbers and texts as people and JSON write them.
#include "display-drivers/signs/fields.hpp"
#include "display-drivers/signs/utf8.hpp"

#include <charconv>

namespace baytime::signs {

namespace {

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

std::string hex_of(std::span<const std::uint8_t> bytes, bool blank) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const std::uint8_t byte : bytes) {
        if (blank && !out.empty()) out += ' ';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::optional<Bytes> bytes_of_hex(std::string_view text) {
    constexpr std::string_view between = " \t\r\n:,-";
    Bytes out;
    while (!text.empty()) {
        if (between.find(text[0]) != std::string_view::npos) {
            text.remove_prefix(1);
        } else if (text.starts_with("0x") || text.starts_with("0X")) {
            text.remove_prefix(2);
            if (text.empty()) return std::nullopt;
        } else {
            if (text.size() < 2) return std::nullopt;
            const int high = digit_of(text[0]), low = digit_of(text[1]);
            if (high < 0 || low < 0) return std::nullopt;
            out.push_back(static_cast<std::uint8_t>(high * 16 + low));
            text.remove_prefix(2);
        }
    }
    return out;
}

std::optional<std::int64_t> number_of(std::string_view text) {
    const bool minus = text.starts_with('-');
    if (minus) text.remove_prefix(1);
    int base = 10;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        base = 16;
        text.remove_prefix(2);
    }
    if (text.starts_with('-')) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return minus ? -number : number;
}

std::string text_of_bytes(std::string_view bytes) {
    std::string out;
    for (const char byte : bytes) out += utf8(static_cast<unsigned char>(byte));
    return out;
}

std::optional<std::string> bytes_of_text(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto character = first_character(text);
        const char32_t code = code_point(character);
        if (code > 0xFF) return std::nullopt;
        out += static_cast<char>(code);
        text.remove_prefix(character.size());
    }
    return out;
}

}  // namespace baytime::signs
