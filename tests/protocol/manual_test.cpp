// PROTOCOL.md is held against the code: verbs, usages, parameters, roles, error tokens and limits.
#include "board/core/decide.hpp"
#include "protocol/replies.hpp"
#include "protocol/verbs.hpp"
#include "tests/support/paths.hpp"

#include <boost/describe/enumerators.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

using namespace baytime;
using namespace baytime::protocol;

namespace {

std::vector<std::string> manual_lines() {
    std::ifstream file(support::source("protocol/PROTOCOL.md"));
    REQUIRE(file);
    std::vector<std::string> out;
    for (std::string line; std::getline(file, line);) out.push_back(line);
    return out;
}

/// The lines under each `### verb`, up to the next heading.
std::map<std::string, std::vector<std::string>> verb_sections() {
    std::map<std::string, std::vector<std::string>> out;
    std::vector<std::string>* section = nullptr;
    for (const std::string& line : manual_lines()) {
        if (line.starts_with("### ")) {
            section = &out[line.substr(4)];
        } else if (line.starts_with("## ")) {
            section = nullptr;
        } else if (section != nullptr) {
            section->push_back(line);
        }
    }
    return out;
}

/// The tokens of the error table, with their codes.
std::map<std::string, int> error_table() {
    std::map<std::string, int> out;
    bool inside = false;
    for (const std::string& line : manual_lines()) {
        if (line.starts_with("## ")) inside = line.starts_with("## 13.");
        if (!inside || !line.starts_with("| `")) continue;
        const std::size_t end = line.find("` | ");
        out[line.substr(3, end - 3)] = std::stoi(line.substr(end + 4));
    }
    return out;
}

bool has_line(const std::vector<std::string>& lines, std::string_view wanted) {
    return std::ranges::find(lines, wanted) != lines.end();
}

/// `one of `a`, `b`` for a choice.
std::string manual_type(const std::string& type) {
    if (type.find('|') == std::string::npos) return type;
    std::string out = "one of `";
    for (const char letter : type) out += letter == '|' ? std::string("`, `") : std::string(1, letter);
    return out + "`";
}

std::vector<std::string> parameter_rows(const std::vector<std::string>& lines) {
    std::vector<std::string> out;
    std::ranges::copy_if(lines, std::back_inserter(out), [](const auto& line) { return line.starts_with("| `"); });
    return out;
}

std::string roles_line(const Verb& verb) {
    std::string out;
    for (const Role role : verb.roles) out += (out.empty() ? "Roles: `" : ", `") + name(role) + "`";
    return out + ".";
}

std::string access_line(const Verb& verb) {
    switch (verb.access) {
        case Access::anyone: return "Access: anyone.";
        case Access::display: return "Access: any device.";
        case Access::staff: return "Access: station or full.";
        case Access::full: return "Access: full.";
    }
    return {};
}

}  // namespace

TEST_CASE("the manual has a heading for every verb, and none without one", "[manual]") {
    const auto sections = verb_sections();
    std::set<std::string> headings, names;
    for (const auto& [heading, lines] : sections) headings.insert(heading);
    for (const Verb& verb : verbs()) names.emplace(verb.name);
    CHECK(headings == names);
}

TEST_CASE("the manual shows usage, parameters and roles as the table has them", "[manual]") {
    const auto sections = verb_sections();
    for (const Verb& verb : verbs()) {
        CAPTURE(verb.name);
        const auto& lines = sections.at(std::string(verb.name));
        CHECK(has_line(lines, verb.usage));
        CHECK(has_line(lines, verb.acts ? roles_line(verb) : access_line(verb)));
        const auto rows = parameter_rows(lines);
        REQUIRE(rows.size() == verb.parameters.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Parameter& one = verb.parameters[i];
            CHECK_THAT(rows[i], Catch::StartsWith("| `" + one.name + "` | " + manual_type(one.type) + " | " +
                                                  (one.required ? "yes" : "no") + " | "));
        }
        CHECK(std::ranges::any_of(lines, [](const auto& line) { return line.starts_with("```session"); }));
    }
}

TEST_CASE("the parameters of every acting verb stand in the manual", "[manual]") {
    const auto lines = manual_lines();
    for (const Parameter& one : common_parameters()) {
        const std::string row = "| `" + one.name + "` | " + one.type + " | ";
        CHECK(std::ranges::any_of(lines, [&row](const auto& line) { return line.starts_with(row); }));
    }
}

TEST_CASE("every refusal of the rules stands in the error table, and every code is right", "[manual]") {
    const auto table = error_table();
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Refusal>>([&table](auto one) {
        CAPTURE(one.name);
        CHECK(table.contains(token(one.value)));
    });
    for (const auto& [error, code] : table) {
        CAPTURE(error);
        CHECK(code == code_of(error));
    }
    for (const char* error : {"bad-json", "bad-utf8", "line-too-long", "not-a-call", "unknown-verb",
                              "missing-parameter", "unknown-parameter", "bad-value"}) {
        CHECK(table.contains(error));
    }
}

TEST_CASE("the errors a verb names exist", "[manual]") {
    const auto table = error_table();
    for (const auto& [verb, lines] : verb_sections()) {
        for (std::string line : lines) {
            if (!line.starts_with("Errors: ")) continue;
            for (std::size_t at = line.find('`'); at != std::string::npos; at = line.find('`', at)) {
                const std::size_t end = line.find('`', at + 1);
                const std::string error = line.substr(at + 1, end - at - 1);
                CAPTURE(verb, error);
                CHECK(table.contains(error));
                at = end + 1;
            }
        }
    }
}

TEST_CASE("the limits of the manual are those of the code", "[manual]") {
    std::string text;
    for (const std::string& line : manual_lines()) text += line + "\n";
    const auto says = [&text](const std::string& row) {
        CAPTURE(row);
        CHECK(text.find("\n| " + row) != std::string::npos);
    };
    says("a line of words, without LF | " + std::to_string(max_words_line) + " bytes");
    says("a line of JSON, without LF | 65,536 bytes");
    CHECK(max_json_line == 65'536);
    says("nesting of JSON | " + std::to_string(max_json_depth) + " |");
    says("calls in a batch | " + std::to_string(max_batch) + " |");
    says("a JSON-RPC id that is a text | " + std::to_string(max_call_id_bytes) + " bytes");
    says("an order number | " + std::to_string(max_order_bytes) + " of");
    says("ids of people, bays, devices | " + std::to_string(max_id_bytes) + " of");
    says("any other text | " + std::to_string(max_text_bytes) + " bytes");
    says("a key | " + std::to_string(max_key_bytes) + " bytes");
    says("minutes | 1 to 10,080");
    CHECK(max_minutes == 10'080);
    says("items in one request, and of one job | " + std::to_string(max_items) + " |");
    says("entries of one kind kept for a job | " + std::to_string(max_log_entries) + " |");
    says("`at` | " + std::to_string(oldest_tap.count()) + " h back, " + std::to_string(clock_tolerance.count()) +
         " min");
    says("`undo` | " + std::to_string(undo_window.count()) + " s |");
}
