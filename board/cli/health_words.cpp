#include "board/cli/health_words.hpp"

#include "protocol/json.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace baytime::cli {
namespace {

namespace json = protocol::json;

const json::object& group(const char* name) {
    static const json::value words =
        json::parse(json::string_view(embedded_health_words().data(), embedded_health_words().size()));
    return words.at(name).as_object();
}

std::string found_in(const char* name, std::string_view key) {
    const auto* found = group(name).if_contains(json::string_view(key.data(), key.size()));
    return std::string(found == nullptr ? key : std::string_view(found->as_string()));
}

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

/// Words of a language: two in a row that begin with small letters. Figures, names and paths have none.
bool is_sentence(std::string_view text) {
    for (std::size_t at = text.find(' '); at != text.npos; at = text.find(' ', at + 1)) {
        const auto before = text.rfind(' ', at - (at > 0 ? 1 : 0));
        const auto first = before == text.npos || before >= at ? 0 : before + 1;
        if (at > first && is_lower(text[first]) && at + 1 < text.size() && is_lower(text[at + 1])) return true;
    }
    return false;
}

/// The first path in the text, without the marks around it.
std::string_view path_in(std::string_view text) {
    auto at = text.find('/');
    while (at != text.npos && at > 0 && std::string_view(" \"[('").find(text[at - 1]) == text.npos)
        at = text.find('/', at + 1);
    if (at == text.npos) return {};
    auto path = text.substr(at, text.find_first_of(" \"])'", at) - at);
    while (path.ends_with(':') || path.ends_with(',') || path.ends_with(';')) path.remove_suffix(1);
    return path;
}

/// `36 h` and its kind.
std::string figure(std::string_view text) {
    struct Unit {
        std::string_view en, zh;
    };
    constexpr std::array units{Unit{" h", " 小时"}, Unit{" min", " 分钟"}, Unit{" s", " 秒"}};
    for (const auto& unit : units) {
        const auto number = text.substr(0, text.size() - std::min(text.size(), unit.en.size()));
        if (text.ends_with(unit.en) && number.find_first_not_of("+-0123456789") == number.npos)
            return std::string(number) + std::string(unit.zh);
    }
    return std::string(text);
}

}  // namespace

std::string label_in_chinese(std::string_view name) {
    return found_in("labels", name);
}

std::string word_in_chinese(std::string_view state) {
    return found_in("words", state);
}

std::string reason_in_chinese(std::string_view english, std::string_view otherwise) {
    std::vector<std::string_view> known;
    for (const auto& [fragment, zh] : group("reasons")) {
        const std::string_view said(zh.as_string());
        const bool holds = english.find(std::string_view(fragment.data(), fragment.size())) != english.npos;
        if (holds && std::ranges::find(known, said) == known.end()) known.push_back(said);
    }
    if (known.empty() && !is_sentence(english)) return figure(english);
    if (known.empty()) known.push_back(otherwise);
    std::string out;
    for (const auto part : known) out.append(out.empty() ? "" : "，").append(part);
    const auto path = path_in(english);
    return path.empty() ? out : out.append("：").append(path);
}

}  // namespace baytime::cli
