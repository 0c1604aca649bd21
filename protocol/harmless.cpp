// Walks over UTF-8 character by character; which ones are obeyed is a rule of the core.
#include "protocol/harmless.hpp"

#include "board/core/letters.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace baytime::protocol {
namespace {

constexpr std::string_view replacement = "\uFFFD";

unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

/// Length of the sequence that begins with this byte; 0 when none does.
std::size_t sequence_length(unsigned lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 0;
}

/// The second byte must shut out overlong forms, surrogates and what lies above U+10FFFF.
bool second_fits(unsigned lead, unsigned second) {
    if (lead == 0xE0) return second >= 0xA0 && second <= 0xBF;
    if (lead == 0xED) return second >= 0x80 && second <= 0x9F;
    if (lead == 0xF0) return second >= 0x90 && second <= 0xBF;
    if (lead == 0xF4) return second >= 0x80 && second <= 0x8F;
    return second >= 0x80 && second <= 0xBF;
}

/// Of a character of one to three bytes.
unsigned code_point(std::string_view character) {
    unsigned code = byte_at(character, 0);
    if (character.size() > 1) code &= character.size() == 2 ? 0x1FU : 0x0FU;
    for (std::size_t i = 1; i < character.size(); ++i) code = (code << 6U) | (byte_at(character, i) & 0x3FU);
    return code;
}

/// Every character as it is, or as `instead` makes it when it may be obeyed; `instead` is given nothing for a byte that
/// is no character.
template <class Instead>
std::string mended(std::string_view text, Instead instead) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = character_bytes(text);
        const auto character = text.substr(0, length);
        if (length == 0 || is_obeyed(character)) {
            out += instead(character);
        } else {
            out += character;
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

}  // namespace

std::size_t character_bytes(std::string_view text) {
    if (text.empty()) return 0;
    const unsigned lead = byte_at(text, 0);
    const std::size_t length = sequence_length(lead);
    if (length == 0 || length > text.size()) return 0;
    if (length > 1 && !second_fits(lead, byte_at(text, 1))) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((byte_at(text, i) & 0xC0U) != 0x80U) return 0;
    }
    return length;
}

bool is_obeyed(std::string_view character) {
    return has_control(character) || character == "\uFEFF";
}

std::string harmless(std::string_view text) {
    return mended(text, [](std::string_view) { return std::string(replacement); });
}

std::string harmless_lines(std::string_view text) {
    return mended(text, [](std::string_view character) { return std::string(character == "\n" ? "\n" : replacement); });
}

std::string harmless_json(std::string_view json) {
    return mended(json, [](std::string_view character) {
        if (character.empty()) return std::string(replacement);
        std::array<char, 12> escape{};
        std::snprintf(escape.data(), escape.size(), "\\u%04x", code_point(character));
        return std::string(escape.data());
    });
}

}  // namespace baytime::protocol
