#include "display-drivers/signs/gbk.hpp"

#include "display-drivers/signs/utf8.hpp"

#include <iconv.h>
#include <algorithm>
#include <array>
#include <stdexcept>

namespace baytime::signs {

namespace {

/// What stands for a character that the glyphs lack. All of the right-hand side is in GB2312.
struct LookAlike {
    std::string_view character, instead;
};
constexpr LookAlike look_alikes[] = {
    {"•", "·"},   {"‧", "·"},   {"∙", "·"},      {"・", "·"},     {"･", "·"},      {"–", "-"},   {"‐", "-"},
    {"‑", "-"},   {"−", "-"},   {"―", "—"},      {"«", "《"},     {"»", "》"},     {"‹", "〈"},  {"›", "〉"},
    {"‚", ","},   {"„", "“"},   {"\u00a0", " "}, {"\u2009", " "}, {"\u202f", " "}, {"€", "EUR"}, {"£", "￡"},
    {"¥", "￥"},  {"¢", "￠"},  {"©", "(c)"},    {"®", "(R)"},    {"™", "TM"},     {"²", "2"},   {"³", "3"},
    {"¹", "1"},   {"½", "1/2"}, {"¼", "1/4"},    {"¾", "3/4"},    {"✓", "√"},      {"✔", "√"},   {"✗", "×"},
    {"✘", "×"},   {"∗", "*"},   {"☑", "√"},      {"➔", "→"},      {"➜", "→"},      {"⇒", "→"},   {"ä", "a"},
    {"ö", "o"},   {"Ä", "A"},   {"Ö", "O"},      {"Ü", "U"},      {"ß", "ss"},     {"ñ", "n"},   {"Ñ", "N"},
    {"ç", "c"},   {"Ç", "C"},   {"å", "a"},      {"Å", "A"},      {"æ", "ae"},     {"ø", "o"},   {"Ø", "O"},
    {"â", "a"},   {"ã", "a"},   {"î", "i"},      {"ï", "i"},      {"ô", "o"},      {"õ", "o"},   {"û", "u"},
    {"ë", "e"},   {"É", "E"},   {"È", "E"},      {"À", "A"},      {"Á", "A"},      {"車", "车"}, {"門", "门"},
    {"號", "号"}, {"學", "学"}, {"領", "领"},    {"試", "试"},    {"檢", "检"},    {"質", "质"}, {"維", "维"},
    {"點", "点"}, {"時", "时"}, {"鐘", "钟"},    {"東", "东"},    {"馬", "马"},    {"請", "请"}, {"開", "开"},
    {"關", "关"}, {"費", "费"}, {"單", "单"},    {"臺", "台"},    {"灣", "湾"},    {"廣", "广"}, {"噴", "喷"},
    {"機", "机"}, {"電", "电"}, {"輪", "轮"},    {"間", "间"},    {"現", "现"},
};

/// One direction of the C library's converter. There is one thread, so one of each is kept open.
class Converter {
public:
    Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {
        if (handle_ == iconv_t(-1)) {  // NOLINT: that is how iconv says it
            throw std::runtime_error(std::string("the C library cannot convert ") + from + " to " + to +
                                     "; are its gconv modules installed?");
        }
    }
    ~Converter() { iconv_close(handle_); }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    /// One whole character, or nothing when it has no code on the other side.
    std::optional<std::string> one(std::string_view character) {
        std::array<char, 8> in{}, out{};
        std::ranges::copy(character, in.begin());
        char *from = in.data(), *to = out.data();
        std::size_t left = character.size(), room = out.size();
        iconv(handle_, nullptr, nullptr, nullptr, nullptr);
        const auto said = iconv(handle_, &from, &left, &to, &room);
        if (said != 0 || left != 0) return std::nullopt;
        return std::string(out.data(), out.size() - room);
    }

private:
    iconv_t handle_;
};

bool within(std::string_view code, GlyphSet glyphs) {
    if (code.size() != 2) return false;  // the converter's 80 for the euro is no code of a sign
    if (glyphs == GlyphSet::gbk) return true;
    const auto lead = static_cast<unsigned char>(code[0]), trail = static_cast<unsigned char>(code[1]);
    return lead >= 0xA1 && lead <= 0xF7 && trail >= 0xA1 && trail <= 0xFE;
}

/// The code of one character, as the glyphs have it.
std::optional<std::string> code_of(std::string_view character, GlyphSet glyphs) {
    static Converter converter("GBK", "UTF-8");
    if (character.size() == 1) {
        if (static_cast<unsigned char>(character[0]) >= 0x80) return std::nullopt;
        return std::string(character);
    }
    auto code = converter.one(character);
    if (code && !within(*code, glyphs)) return std::nullopt;
    return code;
}

std::optional<std::string> look_alike(std::string_view character, GlyphSet glyphs) {
    const auto* found = std::ranges::find(look_alikes, character, &LookAlike::character);
    if (found == std::end(look_alikes)) return std::nullopt;
    std::string out;
    for (auto rest = found->instead; !rest.empty();) {
        const auto next = first_character(rest);
        const auto code = code_of(next, glyphs);
        if (!code) return std::nullopt;
        out += *code;
        rest.remove_prefix(next.size());
    }
    return out;
}

bool control(std::string_view character) {
    const char32_t code = code_point(character);
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

template <typename Lacking>
std::string written(std::string_view text, GlyphSet glyphs, Lacking lacking) {
    std::string out;
    while (!text.empty()) {
        const auto character = first_character(text);
        text.remove_prefix(character.size());
        if (control(character)) continue;
        auto code = code_of(character, glyphs);
        if (!code) code = look_alike(character, glyphs);
        out += code ? *code : lacking(character);
    }
    return out;
}

}  // namespace

std::string to_gbk(std::string_view text, GlyphSet glyphs, char otherwise) {
    return written(text, glyphs, [otherwise](std::string_view) { return std::string(1, otherwise); });
}

std::string without_gbk(std::string_view text, GlyphSet glyphs) {
    std::string missing;
    written(text, glyphs, [&](std::string_view character) {
        missing += character;
        return std::string();
    });
    return missing;
}

std::optional<std::string> exact_gbk(std::string_view text, GlyphSet glyphs) {
    std::string out;
    while (!text.empty()) {
        const auto character = first_character(text);
        const auto code = code_of(character, glyphs);
        if (!code) return std::nullopt;
        out += *code;
        text.remove_prefix(character.size());
    }
    return out;
}

std::string from_gbk(std::string_view bytes) {
    static Converter converter("UTF-8", "GBK");
    std::string out;
    while (!bytes.empty()) {
        std::size_t used = 1;
        const auto lead = static_cast<unsigned char>(bytes[0]);
        const bool pair = lead > 0x80 && bytes.size() >= 2;  // 80 alone would be the converter's euro
        if (lead < 0x80) {
            out += bytes[0];
        } else if (const auto wide = pair ? converter.one(bytes.substr(0, 2)) : std::nullopt) {
            out += *wide;
            used = 2;
        } else {
            out += "\uFFFD";
        }
        bytes.remove_prefix(used);
    }
    return out;
}

}  // namespace baytime::signs
