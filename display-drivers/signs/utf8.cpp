#include "display-drivers/signs/utf8.hpp"

namespace baytime::signs {

namespace {

constexpr char32_t broken = 0xFFFD;

std::size_t length_from(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;  // a follower, or an overlong form
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
}

char32_t joined(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return lead;
    char32_t code = lead & (0xFFU >> (character.size() + 1));
    for (const char byte : character.substr(1)) code = (code << 6) | (static_cast<unsigned char>(byte) & 0x3FU);
    return code;
}

bool allowed(char32_t code, std::size_t length) {
    constexpr char32_t least[] = {0, 0x80, 0x800, 0x10000};
    return code >= least[length - 1] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

}  // namespace

std::string_view first_character(std::string_view text) {
    const std::size_t length = length_from(static_cast<unsigned char>(text[0]));
    if (length < 2 || text.size() < length) return text.substr(0, 1);
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return text.substr(0, 1);
    }
    const auto whole = text.substr(0, length);
    return allowed(joined(whole), length) ? whole : text.substr(0, 1);
}

char32_t code_point(std::string_view character) {
    if (character.size() == 1 && static_cast<unsigned char>(character[0]) >= 0x80) return broken;
    return joined(character);
}

std::string utf8(char32_t code) {
    const auto byte = [](char32_t value) { return static_cast<char>(value); };
    if (code < 0x80) return {byte(code)};
    if (code < 0x800) return {byte(0xC0 | (code >> 6)), byte(0x80 | (code & 0x3F))};
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return "?";
    if (code < 0x10000)
        return {byte(0xE0 | (code >> 12)), byte(0x80 | ((code >> 6) & 0x3F)), byte(0x80 | (code & 0x3F))};
    return {byte(0xF0 | (code >> 18)), byte(0x80 | ((code >> 12) & 0x3F)), byte(0x80 | ((code >> 6) & 0x3F)),
            byte(0x80 | (code & 0x3F))};
}

}  // namespace baytime::signs
