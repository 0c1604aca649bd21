// Text as letters.
#include "board/core/letters.hpp"

#include <set>

namespace baytime {

namespace {

std::size_t letter_bytes(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0x80) return 1;
    if ((byte & 0xe0) == 0xc0) return 2;
    if ((byte & 0xf0) == 0xe0) return 3;
    return (byte & 0xf8) == 0xf0 ? 4 : 0;
}

}  // namespace

bool has_control(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = [&](std::size_t more) {
            return i + more < text.size() ? static_cast<unsigned char>(text[i + more]) : 0U;
        };
        if (byte(0) < 0x20 || byte(0) == 0x7f) return true;
        if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) <= 0x9f) return true;
        if (byte(0) == 0xd8 && byte(1) == 0x9c) return true;  // U+061C
        if (byte(0) != 0xe2) continue;
        const unsigned low = byte(2);
        const bool mark = low == 0x8e || low == 0x8f;       // U+200E, U+200F
        const bool embedding = low >= 0xa8 && low <= 0xae;  // U+2028 to U+202E
        const bool isolate = low >= 0xa6 && low <= 0xa9;    // U+2066 to U+2069
        if ((byte(1) == 0x80 && (mark || embedding)) || (byte(1) == 0x81 && isolate)) return true;
    }
    return false;
}

Letters letters_of(std::string_view text) {
    Letters out;
    while (!text.empty()) {
        const std::size_t bytes = letter_bytes(text.front());
        if (bytes == 0 || bytes > text.size()) return {};
        out.emplace_back(text.substr(0, bytes));
        text.remove_prefix(bytes);
    }
    return out;
}

std::string joined(const Letters& letters) {
    std::string out;
    for (const auto& each : letters) out += each;
    return out;
}

bool plain(const std::string& letter) {
    const char c = letter.front();
    return letter.size() == 1 && ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
}

bool separator(const std::string& letter) {
    static const std::set<std::string> all = {" ", "-", ".", "·", "•", "・", "‧", "∙", "\u00a0", "\u3000"};
    return all.contains(letter);
}

std::string plain_form(const std::string& letter) {
    if (letter.size() == 1 && letter[0] >= 'a' && letter[0] <= 'z') return {static_cast<char>(letter[0] - 'a' + 'A')};
    if (letter.size() != 3 || letter[0] != '\xef') return letter;
    const int code =
        ((static_cast<unsigned char>(letter[1]) & 0x3f) << 6) + (static_cast<unsigned char>(letter[2]) & 0x3f);
    const int ascii = code + 0xf000 - 0xff01 + 0x21;
    const bool known =
        (ascii >= '0' && ascii <= '9') || (ascii >= 'A' && ascii <= 'Z') || (ascii >= 'a' && ascii <= 'z');
    return known ? plain_form(std::string(1, static_cast<char>(ascii))) : letter;
}

}  // namespace baytime
