// Number plates, and how much of them a stranger may see.
#include "board/core/plate.hpp"
#include "board/core/letters.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace baytime {

namespace {

// The provinces, then plates of the armed forces' and embassies' kinds.
constexpr std::string_view regions =
    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领民航军空海北沈兰济南广成";
constexpr std::string_view suffixes = "学警挂港澳使领应急临试超";

bool one_of(std::string_view list, const std::string& letter) {
    return letter.size() == 3 && list.find(letter) != std::string_view::npos;
}

/// How many letters at the front and at the back a stranger may see; at least two stay hidden.
std::pair<std::size_t, std::size_t> shown(std::size_t count) {
    if (count <= 4) return {1, 1};
    if (count == 5) return {2, 1};
    if (count == 6) return {2, 2};
    return {3, count >= 8 ? 3 : 2};
}

struct Mask {
    Letters letters;
    std::vector<bool> hidden;

    std::string text() const {
        std::string out;
        for (std::size_t i = 0; i < letters.size(); ++i) {
            if (i == 2 && !plain(letters[0])) out += "·";
            out += hidden[i] ? "*" : letters[i];
        }
        return out;
    }
    auto hidden_count() const { return std::ranges::count(hidden, true); }
};

Mask mask_of(const std::string& plate) {
    Mask mask{.letters = letters_of(plate), .hidden = {}};
    const std::size_t count = mask.letters.size();
    const auto [front, back] = shown(count);
    mask.hidden.assign(count, false);
    for (std::size_t i = front; i + back < count; ++i) mask.hidden[i] = true;
    return mask;
}

/// The hidden place that tells the most of these plates apart; of equals the last.
std::size_t telling_place(const std::vector<Mask*>& group) {
    std::size_t best = 0;
    std::size_t most = 0;
    for (std::size_t i = 0; i < group.front()->hidden.size(); ++i) {
        if (!group.front()->hidden[i]) continue;
        std::set<std::string> different;
        for (const Mask* each : group) different.insert(each->letters[i]);
        if (different.size() >= most) {
            most = different.size();
            best = i;
        }
    }
    return best;
}

/// One step: reveals one more letter of every group that coincides. False when nothing more may be revealed.
bool reveal(std::map<std::string, Mask>& masks) {
    std::map<std::string, std::vector<Mask*>> groups;
    for (auto& [plate, mask] : masks) groups[mask.text()].push_back(&mask);
    bool changed = false;
    for (auto& [text, group] : groups) {
        if (group.size() < 2 || group.front()->hidden_count() < 2) continue;
        const std::size_t place = telling_place(group);
        for (Mask* each : group) each->hidden[place] = false;
        changed = true;
    }
    return changed;
}

}  // namespace

std::string normal_plate(std::string_view text) {
    Letters out;
    for (const auto& letter : letters_of(text)) {
        if (!separator(letter)) out.push_back(plain_form(letter));
    }
    if (out.size() < 4 || out.size() > 12) return {};
    const bool chinese = one_of(regions, out.front());
    // The armed police since 2012: WJ, the province, then numbers.
    const bool police = out.size() >= 7 && out.size() <= 9 && out[0] == "W" && out[1] == "J" && one_of(regions, out[2]);
    if (chinese ? out.size() < 6 || out.size() > 9 : !plain(out.front())) return {};
    std::size_t digits = 0;
    for (std::size_t i = 1; i < out.size(); ++i) {
        const bool last = i + 2 >= out.size();                                   // 应急 takes two
        const bool inner_region = chinese && i == 1 && one_of(regions, out[i]);  // 民航 and the like
        if (!plain(out[i]) && !inner_region && !(police && i == 2) && !(chinese && last && one_of(suffixes, out[i])))
            return {};
        digits += out[i].front() >= '0' && out[i].front() <= '9' ? 1u : 0u;
    }
    digits += plain(out.front()) && out.front().front() <= '9' ? 1u : 0u;
    return digits == 0 ? std::string{} : joined(out);
}

std::string dotted_plate(std::string_view plate) {
    const Letters letters = letters_of(plate);
    if (letters.size() < 3 || plain(letters.front())) return std::string(plate);
    return letters[0] + letters[1] + "·" + joined({letters.begin() + 2, letters.end()});
}

std::vector<std::string> masked_plates(const std::vector<std::string>& plates) {
    std::map<std::string, Mask> masks;  // the same car twice is no coincidence
    for (const auto& plate : plates) masks.try_emplace(plate, mask_of(plate));
    while (reveal(masks)) {
    }
    std::vector<std::string> out;
    out.reserve(plates.size());
    for (const auto& plate : plates) out.push_back(masks.at(plate).text());
    return out;
}

}  // namespace baytime
