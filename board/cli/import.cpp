// baytime import orders FILE: the file goes to the daemon in pieces, and comes into the record whole or not at all.
#include "board/cli/connection.hpp"
#include "board/cli/files.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/text.hpp"
#include "board/cli/trouble.hpp"
#include "board/reports/csv.hpp"

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

std::string fault_line(const json::object& fault) {
    std::string out = "line " + std::to_string(number(fault, "line"));
    if (const auto order = text(fault, "order"); !order.empty()) out += ", order " + order;
    if (const auto column = text(fault, "column"); !column.empty()) out += ", " + column;
    if (const auto value = text(fault, "value"); !value.empty()) out += " \"" + value + "\"";
    return harmless(out + ": " + text(fault, "why"));
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

std::string joined(const json::object& result, std::string_view name) {
    std::string out;
    const auto* list = result.if_contains(name);
    if (list == nullptr || !list->is_array()) return out;
    for (const auto& one : list->get_array())
        out += (out.empty() ? "" : ", ") + (one.is_string() ? std::string(one.get_string()) : std::string{});
    return out;
}

void print_report(const Settings& settings, const json::object& result) {
    const auto count = [&](std::string_view name) { return std::to_string(number(result, name)); };
    const bool refused_whole = number(result, "fault_count") > 0 && !settings.skip_bad;
    for (const auto& fault : result.at("faults").as_array()) std::cout << fault_line(fault.as_object()) << "\n";
    if (refused_whole) {
        std::cout << "nothing was imported: " << count("bad_rows") << " of " << count("rows")
                  << " rows are bad; mend them, or leave them out with --skip-bad\n";
        return;
    }
    std::cout << (settings.dry_run ? "would import " : "imported ") << count("imported") << " orders; "
              << count("already") << " already there, " << count("not_settled") << " not settled yet, "
              << count("bad_rows") << " bad rows left out\n";
    if (const auto people = joined(result, "new_staff"); !people.empty())
        std::cout << harmless("new inactive staff: " + people) << "\n";
    if (const auto columns = joined(result, "ignored_columns"); !columns.empty())
        std::cout << harmless("columns passed over: " + columns) << "\n";
}

}  // namespace

int run_import(const Settings& settings) {
    if (settings.words.size() != 3 || settings.words[1] != "orders")
        throw Trouble(usage, "bad-value",
                      "usage: baytime import orders FILE.csv [--mapping FILE] [--skip-bad] [--dry-run]");
    std::string file;
    json::object ask{{"skip_bad", settings.skip_bad}, {"dry_run", settings.dry_run}};
    try {
        file = reports::as_utf8(read_whole(settings.words[2]));
        if (!settings.mapping.empty()) ask["mapping"] = reports::as_utf8(read_whole(settings.mapping));
    } catch (const Trouble&) {
        throw;
    } catch (const std::runtime_error& fault) {
        throw Trouble(refused, "bad-file", fault.what());
    }
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
    const bool bad = number(result, "fault_count") > 0 && !settings.skip_bad;
    return bad ? refused : done;
}

}  // namespace baytime::cli
