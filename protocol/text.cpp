// UTF-8, and spelling suggestions by edit distance.
#include "protocol/text.hpp"

#include "board/core/letters.hpp"
#include "protocol/harmless.hpp"

#include <algorithm>
#include <numeric>

namespace baytime::protocol {
namespace {

/// Bytes of a name compared for a suggestion; longer ones are no slip of the finger.
constexpr std::size_t longest_compared = 40;
constexpr std::size_t longest_shown = 40;

unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& letter : out) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
        if (letter == '_') letter = '-';
    }
    return out;
}

/// Letters to change, add, drop or swap with their neighbour to get from one to the other.
std::size_t edit_distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> older(other.size() + 1);
    std::vector<std::size_t> old(other.size() + 1);
    std::iota(old.begin(), old.end(), std::size_t{0});
    std::vector<std::size_t> row = old;
    for (std::size_t i = 1; i <= one.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const std::size_t change = old[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
            row[j] = std::min({change, old[j] + 1, row[j - 1] + 1});
            const bool swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
            if (swapped) row[j] = std::min(row[j], older[j - 2] + 1);
        }
        older.swap(old);
        old.swap(row);
    }
    return old.back();
}

}  // namespace

bool valid_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t length = byte_at(bytes, 0) < 0x80 ? 1 : character_bytes(bytes);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

std::string shown(std::string_view text) {
    std::string out = "\"";
    std::size_t end = std::min(text.size(), longest_shown);
    // Never cut a character in two.
    while (end < text.size() && end > 0 && (byte_at(text, end) & 0xC0U) == 0x80U) --end;
    for (const auto& letter : letters_of(text.substr(0, end))) out += has_control(letter) ? "?" : letter;
    if (end < text.size()) out += "...";
    out += '"';
    return out;
}

std::string nearest(std::string_view text, const std::vector<std::string>& known) {
    if (text.empty() || text.size() > longest_compared) return {};
    const std::string asked = lowered(text);
    std::string best;
    std::size_t least = std::max<std::size_t>(1, std::min<std::size_t>(3, asked.size() / 3)) + 1;
    for (const std::string& name : known) {
        std::size_t distance = edit_distance(asked, lowered(name));
        // The beginning of a name counts as one slip: `prom` means `promise`.
        if (asked.size() >= 3 && lowered(name).starts_with(asked)) distance = std::min<std::size_t>(distance, 1);
        if (distance < least) {
            least = distance;
            best = name;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view text, const std::vector<std::string>& known) {
    const std::string best = nearest(text, known);
    return best.empty() ? std::string() : " Did you mean \"" + best + "\"?";
}

std::string one_of(const std::vector<std::string>& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) out += i + 1 == names.size() ? " or " : ", ";
        out += names[i];
    }
    return out;
}

}  // namespace baytime::protocol
