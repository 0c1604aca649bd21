// baytime import orders FILE: the file goes to the daemon in pieces, and comes into the record whole or not at all.
#include "board/cli/connection.hpp"
#include "board/cli/files.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/text.hpp"
#include "board/cli/trouble.hpp"
#include "board/reports/file_texts.hpp"
#include "board/reports/order_file.hpp"

#include <algorithm>
#include <iostream>

namespace baytime::cli {
namespace {

/// Bytes of the file in one line: escapes may double them, and a line has 64 KiB.
constexpr std::size_t piece_bytes = 24 * 1024;
/// A file of half a million orders is read, checked and stored in less.
constexpr std::chrono::minutes import_deadline{5};

/// The longest piece that cuts no character and whose JSON fits a line.
std::string_view piece_of(std::string_view rest) {
    std::size_t end = std::min(rest.size(), piece_bytes);
    for (;;) {
        while (end > 0 && end < rest.size() && (static_cast<unsigned char>(rest[end]) & 0xC0U) == 0x80U) --end;
        const auto piece = rest.substr(0, end);
        if (json::serialize(json::value(json::string_view(piece.data(), piece.size()))).size() < 2 * piece_bytes)
            return piece;
        end /= 2;  // full of control characters
    }
}

std::int64_t number(const json::object& result, std::string_view name) {
    const auto* found = result.if_contains(name);
    return found != nullptr && found->is_number() ? found->to_number<std::int64_t>() : 0;
}

std::string text(const json::object& object, std::string_view name) {
    const auto* found = object.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

std::vector<std::string> texts(const json::array& list) {
    std::vector<std::string> out;
    for (const auto& one : list) out.push_back(one.is_string() ? std::string(one.get_string()) : std::string{});
    return out;
}

/// Nothing came in: a bad row that was not to be skipped, or no row could be read at all.
bool refused_whole(const Settings& settings, const json::object& result) {
    return number(result, "fault_count") > 0 && (!settings.skip_bad || number(result, "rows") == 0);
}

/// In the language asked for, when this program knows the fault; a newer daemon's own sentence otherwise.
std::string line_of(const json::object& fault, bool chinese) {
    reports::Fault read{.line = static_cast<int>(number(fault, "line")),
                        .order = text(fault, "order"),
                        .column = text(fault, "column"),
                        .value = text(fault, "value"),
                        .why = text(fault, "why")};
    const auto known = from_name<reports::Wrong>(text(fault, "fault"));
    if (!known) return harmless("line " + std::to_string(read.line) + ": " + read.why);
    read.fault = *known;
    if (const auto* with = fault.if_contains("with"); with != nullptr && with->is_array())
        read.with = texts(with->get_array());
    return harmless(reports::fault_line(read, chinese));
}

/// Only the daemon writes the record: without it there is nothing to import into.
Connection connect_to_import(const Settings& settings) {
    try {
        return Connection::open(settings);
    } catch (const Trouble& trouble) {
        if (trouble.code != no_connection) throw;
        throw Trouble(
            no_connection, trouble.token,
            std::string(trouble.what()) +
                "; orders are imported by the running daemon: start the daemon (systemctl start baytimed), or "
                "name it with --host and --port, and say this again");
    }
}

/// Every fault: the first ones came with the answer, the others are asked for.
json::array all_faults(Connection& connection, json::object& result) {
    json::array faults;
    if (auto* first = result.if_contains("faults"); first != nullptr && first->is_array()) faults = first->get_array();
    const auto count = static_cast<std::size_t>(number(result, "fault_count"));
    while (faults.size() < count) {
        auto more = connection.call("import-faults", {{"from", faults.size()}});
        const auto& list = more["faults"].as_array();
        if (list.empty()) break;
        for (const auto& one : list) faults.push_back(one);
    }
    return faults;
}

/// A sentence of the report.
std::string say(const Settings& settings, const char* key, const std::vector<std::string>& with) {
    return harmless(reports::file_text(key, with, settings.chinese));
}

/// Values without which their rows went in.
void print_passed_over(const Settings& settings, const json::object& result) {
    const auto count = number(result, "passed_over_count");
    const auto* list = result.if_contains("passed_over");
    if (count == 0 || list == nullptr || !list->is_array()) return;
    std::cout << say(settings, "passed_over", {std::to_string(count)}) << "\n";
    for (const auto& one : list->get_array()) std::cout << line_of(one.as_object(), settings.chinese) << "\n";
    const auto more = count - static_cast<std::int64_t>(list->get_array().size());
    if (more > 0) std::cout << say(settings, "more_passed_over", {std::to_string(more)}) << "\n";
}

void print_report(const Settings& settings, const json::object& result) {
    const auto count = [&](std::string_view name) { return std::to_string(number(result, name)); };
    for (const auto& fault : result.at("faults").as_array())
        std::cout << line_of(fault.as_object(), settings.chinese) << "\n";
    if (refused_whole(settings, result)) {
        const bool header = number(result, "rows") == 0;
        std::cout << (header ? say(settings, "nothing_imported_header", {})
                             : say(settings, "nothing_imported", {count("bad_rows"), count("rows")}) +
                                   say(settings, "skip_hint", {}))
                  << "\n";
        return;
    }
    std::cout << say(settings, settings.dry_run ? "would_import" : "imported",
                     {count("imported"), count("already"), count("not_settled"), count("bad_rows")})
              << "\n";
    if (number(result, "updated") > 0)
        std::cout << say(settings, settings.dry_run ? "would_update" : "updated", {count("updated")}) << "\n";
    for (const auto& [member, key] :
         {std::pair{"new_staff", "new_staff"}, std::pair{"ignored_columns", "columns_passed_over"},
          std::pair{"unknown_returns", "unknown_returns"}}) {
        const auto* list = result.if_contains(member);
        if (list == nullptr || !list->is_array() || list->get_array().empty()) continue;
        std::string all;
        for (const auto& one : texts(list->get_array())) all += (all.empty() ? "" : ", ") + one;
        std::cout << say(settings, key, {all}) << "\n";
    }
    print_passed_over(settings, result);
}

/// The file and the mapping as UTF-8; what is wrong with them is said in the language asked for.
std::string read_text(const Settings& settings, const std::string& path) {
    const auto bytes = read_whole(path);
    try {
        return reports::as_utf8(bytes);
    } catch (const reports::BadFile& bad) {
        throw Trouble(refused, "bad-file", path + ": " + reports::fault_line(bad.fault, settings.chinese));
    }
}

std::string read_mapping_text(const Settings& settings) {
    auto mapping = read_text(settings, settings.mapping);
    try {
        reports::read_mapping(mapping);
    } catch (const reports::BadFile& bad) {
        throw Trouble(refused, "bad-mapping",
                      settings.mapping + ": " + reports::fault_line(bad.fault, settings.chinese));
    }
    return mapping;
}

}  // namespace

int run_import(const Settings& settings) {
    if (settings.words.size() != 3 || settings.words[1] != "orders")
        throw Trouble(usage, "bad-value",
                      "usage: baytime import orders FILE.csv [--mapping FILE] [--skip-bad] [--dry-run]");
    json::object ask{{"skip_bad", settings.skip_bad}, {"dry_run", settings.dry_run}};
    const std::string file = read_text(settings, settings.words[2]);
    if (!settings.mapping.empty()) ask["mapping"] = read_mapping_text(settings);
    Connection connection = connect_to_import(settings);
    if (!settings.as.empty()) connection.call("hello", {{"badge", settings.as}});
    for (std::string_view rest = file; !rest.empty();) {
        const auto piece = piece_of(rest);
        connection.call("import-part", {{"text", json::string_view(piece.data(), piece.size())}});
        rest.remove_prefix(piece.size());
    }
    json::object result = connection.call("import-orders", ask, import_deadline);
    result["faults"] = all_faults(connection, result);
    if (settings.json || settings.format == "json") {
        std::cout << harmless_json(json::serialize(result)) << "\n";
    } else {
        print_report(settings, result);
    }
    return refused_whole(settings, result) ? refused : done;
}

}  // namespace baytime::cli
