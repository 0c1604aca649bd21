// The tables behind latin(). Provinces that sound alike get a code of their own, so that no two plates read the same.
#include "display-drivers/signs/latin.hpp"

#include "display-drivers/signs/latin_table.hpp"
#include "display-drivers/signs/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace baytime::signs {

namespace {

constexpr char unknown = '_';

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Full-width forms (FF01..FF5E) as the ASCII they stand for.
std::optional<char> narrow(std::string_view c) {
    if (c.size() != 3 || c[0] != '\xEF') return std::nullopt;
    const unsigned code =
        ((static_cast<unsigned char>(c[1]) & 0x3FU) << 6) | (static_cast<unsigned char>(c[2]) & 0x3FU);
    constexpr unsigned first = 0xF01, last = 0xF5D;  // below the shared lead bits of FF01 and FF5D
    if (code < first || code > last) return std::nullopt;
    return static_cast<char>('!' + static_cast<char>(code - first));
}

const Latin* longest(std::span<const Latin> table, std::string_view text) {
    const Latin* best = nullptr;
    for (const Latin& entry : table) {
        if (text.starts_with(entry.chinese) && (best == nullptr || entry.chinese.size() > best->chinese.size())) {
            best = &entry;
        }
    }
    return best;
}

class Writer {
public:
    void run(std::string_view text) {
        while (!text.empty()) text.remove_prefix(step(text));
    }
    std::string take() { return std::move(out_); }
    std::string missing;

private:
    /// Writes what stands first in `text` and says how many bytes that was.
    std::size_t step(std::string_view text) {
        const auto c = first_character(text);
        if (static_cast<unsigned char>(c[0]) < 0x80) return ascii(c[0]);
        if (const auto used = plate(text)) return used;
        constexpr std::string_view numbered_bay = "号工位";
        if (text.starts_with(numbered_bay) && bay_before()) return numbered_bay.size();
        if (const auto* entry = longest(latin_words, text)) return word(*entry);
        if (const auto* entry = longest(latin_signs, text)) return plain(*entry);
        if (const auto* entry = longest(latin_sounds, text)) return plain(*entry);
        if (const auto* entry = longest(latin_provinces, text)) return plain(*entry);
        if (const auto ascii_form = narrow(c)) {
            ascii(*ascii_form);
        } else {
            letter(unknown);
            missing += c;
        }
        return c.size();
    }

    std::size_t ascii(char c) {
        if (c == '~') c = '-';  // drawn as half a space by some signs
        if (c == '\t' || c == '\n') c = ' ';
        if (c < ' ' || c == '\x7f') return 1;
        letter(c);
        return 1;
    }

    /// `沪A·12345`, `粤Z·1234港`: what tells plates apart, and no blank inside.
    std::size_t plate(std::string_view text) {
        if (const auto* province = longest(latin_provinces, text)) {
            const auto rest = text.substr(province->chinese.size());
            if (rest.empty() || !is_letter(rest[0])) return 0;
            out_ += std::string(province->latin) + '-' + rest[0];
            std::size_t used = province->chinese.size() + 1;
            for (const std::string_view dot : {"·", "•", "・"}) {
                if (text.substr(used).starts_with(dot)) used += dot.size();
            }
            in_word_ = false;
            return used;
        }
        const auto* ending = longest(latin_plate_endings, text);
        const bool after_number = !out_.empty() && (is_alphanumeric(out_.back()) || out_.back() == '*');
        if (ending == nullptr || !after_number || in_word_) return 0;
        out_ += '-' + std::string(ending->latin);
        return ending->chinese.size();
    }

    /// `3号工位` is written `BAY 3`: the number already stands at the end.
    bool bay_before() {
        std::size_t begin = out_.size();
        while (begin > 0 && is_alphanumeric(out_[begin - 1])) --begin;
        if (begin == out_.size()) return false;
        out_.insert(begin, "BAY ");
        in_word_ = true;
        return true;
    }

    std::size_t word(const Latin& entry) {
        if (!out_.empty() && is_alphanumeric(out_.back())) out_ += ' ';
        out_ += entry.latin;
        in_word_ = true;
        return entry.chinese.size();
    }

    std::size_t plain(const Latin& entry) {
        const bool begins = !entry.latin.empty() && is_alphanumeric(entry.latin[0]);
        if (begins && in_word_ && !out_.empty() && is_alphanumeric(out_.back())) out_ += ' ';
        out_ += entry.latin;
        in_word_ = false;
        return entry.chinese.size();
    }

    void letter(char c) {
        if (in_word_ && is_alphanumeric(c)) out_ += ' ';
        in_word_ = false;
        out_ += c;
    }

    std::string out_;
    bool in_word_ = false;  ///< a whole word was written last: what follows is set off by a blank
};

}  // namespace

std::string latin(std::string_view text) {
    Writer writer;
    writer.run(text);
    return writer.take();
}

std::string without_latin(std::string_view text) {
    Writer writer;
    writer.run(text);
    return writer.missing;
}

}  // namespace baytime::signs
