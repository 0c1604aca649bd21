#include "board/reports/staff_names.hpp"

namespace baytime::reports {

namespace {

/// The first character of valid UTF-8.
std::string_view first_letter(std::string_view text) {
    std::size_t end = 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    return text.substr(0, end);
}

/// U+FF01..U+FF5E are the letters ! to ~, as wide as Chinese ones; U+3000 and U+00A0 are blanks.
std::string half_width(std::string_view letter) {
    if (letter == "\u3000" || letter == "\u00A0") return " ";
    if (letter.size() != 3 || letter[0] != '\xEF') return std::string(letter);
    const auto high = static_cast<unsigned char>(letter[1]), low = static_cast<unsigned char>(letter[2]);
    const int code = ((high & 0x3F) << 6) | (low & 0x3F) | 0xF000;
    return code >= 0xFF01 && code <= 0xFF5E ? std::string(1, static_cast<char>(code - 0xFF01 + '!'))
                                            : std::string(letter);
}

bool is_blank(const std::string& letter) {
    return letter == " " || letter == "\t" || letter == "\r" || letter == "\n";
}

}  // namespace

std::string plain_name(std::string_view text) {
    std::string out, last;
    bool gap = false;
    while (!text.empty()) {
        const auto letter = first_letter(text);
        text.remove_prefix(letter.size());
        std::string plain = half_width(letter);
        if (is_blank(plain)) {
            gap = true;
            continue;
        }
        // Three bytes and more: Chinese, which has no blanks between words.
        if (gap && !last.empty() && last.size() < 3 && plain.size() < 3) out += ' ';
        gap = false;
        out += plain;
        last = std::move(plain);
    }
    return out;
}

StaffNames::StaffNames(const Shop& shop) : shop_(shop) {
    for (const auto& person : shop.people) {
        if (auto plain = plain_name(person.name); !plain.empty()) ids_[std::move(plain)].push_back(person.id);
    }
}

const std::string& StaffNames::id_of(const std::string& text) const {
    if (knows(text)) return text;
    const auto named = ids_.find(text);
    return named != ids_.end() && named->second.size() == 1 ? named->second.front() : text;
}

std::vector<std::string> StaffNames::namesakes(const std::string& text) const {
    const auto named = ids_.find(text);
    if (knows(text) || named == ids_.end() || named->second.size() < 2) return {};
    return named->second;
}

}  // namespace baytime::reports
