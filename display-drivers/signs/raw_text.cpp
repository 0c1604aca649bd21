#include "display-drivers/signs/raw_text.hpp"

#include "display-drivers/signs/gbk.hpp"
#include "display-drivers/signs/latin.hpp"
#include "display-drivers/signs/utf8.hpp"

#include <algorithm>

namespace baytime::signs::raw {

namespace {

/// Without control characters; broken bytes become `?`.
std::string plain_utf8(std::string_view text) {
    constexpr char32_t last_control = 0x9F, replacement = 0xFFFD;
    std::string out;
    while (!text.empty()) {
        const auto character = first_character(text);
        const char32_t code = code_point(character);
        const bool control = code < ' ' || (code >= 0x7F && code <= last_control);
        if (!control) out += code == replacement ? "?" : std::string(character);
        text.remove_prefix(character.size());
    }
    return out;
}

}  // namespace

std::string letters(std::string_view text, const RawTemplate& form) {
    std::string out = form.encoding == Encoding::gbk    ? to_gbk(text)
                      : form.encoding == Encoding::utf8 ? plain_utf8(text)
                                                        : latin(text);
    out.erase(0, std::min(out.find_first_not_of(' '), out.size()));
    out.erase(out.find_last_not_of(' ') + 1);
    return out;
}

std::optional<std::string> exact(std::string_view text, const RawTemplate& form) {
    if (form.encoding == Encoding::gbk) return exact_gbk(text);
    const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (form.encoding == Encoding::ascii && !ascii) return std::nullopt;
    return std::string(text);
}

std::string shown(std::string_view bytes, const RawTemplate& form) {
    if (form.encoding == Encoding::gbk) return from_gbk(bytes);
    std::string out;
    while (!bytes.empty()) {
        const auto character = first_character(bytes);
        const char32_t code = code_point(character);
        const bool broken = form.encoding == Encoding::ascii ? code >= 0x7F : code == 0xFFFD;
        out += broken ? "?" : std::string(character);
        bytes.remove_prefix(character.size());
    }
    return out;
}

}  // namespace baytime::signs::raw
