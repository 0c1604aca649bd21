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
