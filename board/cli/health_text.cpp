#include "board/cli/health_text.hpp"

#include "board/cli/health_words.hpp"
#include "board/cli/text.hpp"
#include "protocol/problems.hpp"

#include <algorithm>
#include <array>

namespace baytime::cli {
namespace {

namespace json = protocol::json;

std::string label_of(std::string_view name, bool chinese) {
    return chinese ? label_in_chinese(name) : std::string(name);
}

/// Members that hold a reason, and those that hold a state.
constexpr std::array reasons{"backup_failed", "config_fault", "last_error"};
constexpr std::array states{"clock",     "config",    "journal", "journal_restored_from", "log_daemon", "log_door",
                            "log_signs", "log_store", "state"};

json::value value_of(std::string_view member, const json::value& value, bool chinese) {
    if (!chinese) return value;
    if (value.is_bool()) return json::value(value.get_bool() ? "是" : "否");
    if (!value.is_string()) return value;
    const std::string_view text(value.get_string());
    if (std::ranges::find(reasons, member) != reasons.end()) return json::value(reason_in_chinese(text));
    if (std::ranges::find(states, member) != states.end()) return json::value(word_in_chinese(text));
    return value;
}

std::string text_of(const json::object& line, std::string_view member) {
    const auto* found = line.if_contains(member);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

const json::array& list_of(const json::object& health, std::string_view name) {
    static const json::array none;
    const auto* found = health.if_contains(name);
    return found != nullptr && found->is_array() ? found->get_array() : none;
}

/// `WARNING - backup-old, screen-away`
std::string verdict(const json::object& health, bool chinese) {
    const auto level = text_of(health, "level");
    std::string out = level == "ok" ? "OK" : level == "warning" ? "WARNING" : "CRITICAL";
    if (level == "ok") return out + (chinese ? " - 一切正常" : " - all is well");
    for (const auto& line : list_of(health, "problems"))
        out += (out.find(" - ") == out.npos ? " - " : ", ") + text_of(line.as_object(), "problem");
    return out;
}

std::string problem(const json::object& line, bool chinese) {
    const auto* text = protocol::find_problem(text_of(line, "problem"));
    // A newer daemon may name a problem that this program does not know: then its own words are better than none.
    const bool known = chinese && text != nullptr;
    auto what = known ? std::string(text->zh) : text_of(line, "what");
    const auto remedy = known ? std::string(text->zh_remedy) : text_of(line, "remedy");
    std::string particulars = text_of(line, "about");
    if (known && text->name == "clock-untrusted") particulars = word_in_chinese(particulars);
    if (const auto detail = text_of(line, "detail"); !detail.empty())
        particulars += (particulars.empty() ? "" : ", ") + (known ? reason_in_chinese(detail) : detail);
    if (!particulars.empty()) what += " (" + particulars + ")";
    return "  ! " + harmless(what) + "\n    -> " + harmless(remedy) + "\n";
}

json::object renamed(const json::object& members, bool chinese) {
    json::object out;
    for (const auto& [key, value] : members)
        out[label_of(std::string_view(key), chinese)] = value_of(std::string_view(key), value, chinese);
    return out;
}

std::string table(const json::array& lines, const Manner& manner) {
    json::array rows;
    for (const auto& line : lines) rows.push_back(renamed(line.as_object(), manner.chinese));
    if (rows.empty()) return {};
    return "\n" + show(json::object{{"lines", std::move(rows)}}, manner.offset, manner.cells);
}

}  // namespace

std::string health_text(const json::object& health, const Manner& manner) {
    std::string out = harmless(verdict(health, manner.chinese)) + "\n";
    for (const auto& line : list_of(health, "problems")) out += problem(line.as_object(), manner.chinese);
    json::object figures;
    for (const auto& [key, value] : health) {
        if (!value.is_array() && key != "health" && key != "level") figures[key] = value;
    }
    out += "\n" + show(renamed(figures, manner.chinese), manner.offset);
    for (const auto* name : {"signs", "screens", "bays"}) out += table(list_of(health, name), manner);
    return out;
}

}  // namespace baytime::cli
