// baytime support: what a helper far away needs, in a directory that can be looked through before it is sent.
#include "board/cli/connection.hpp"
#include "board/cli/files.hpp"
#include "board/cli/health_text.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/text.hpp"

#include <array>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <map>

namespace baytime::cli {
namespace {

namespace fs = std::filesystem;

std::string name_of_now() {
    std::array<char, 40> out{};
    const std::time_t now = std::time(nullptr);
    std::strftime(out.data(), out.size(), "baytime-support-%Y%m%dT%H%M%SZ", std::gmtime(&now));
    return out.data();
}

const json::array& list_of(const json::object& result, std::string_view name) {
    static const json::array none;
    const auto* found = result.if_contains(name);
    return found != nullptr && found->is_array() ? found->get_array() : none;
}

/// One member of each line, a line each.
std::string lines_of(const json::object& result, std::string_view list, std::string_view member) {
    std::string out;
    for (const auto& line : list_of(result, list)) {
        const auto* text = line.as_object().if_contains(member);
        if (text != nullptr && text->is_string())
            out.append(harmless(std::string_view(text->get_string()))).append("\n");
    }
    return out;
}

std::string tables_of(const json::object& result) {
    std::string out;
    for (const auto& line : list_of(result, "tables")) {
        const auto& one = line.as_object();
        out += "-- " + json::serialize(one.at("rows")) + " rows\n" + std::string(one.at("sql").as_string()) + ";\n";
    }
    return out;
}

std::string versions_of(const json::object& result) {
    json::object scalars;
    for (const auto& [key, value] : result) {
        if (!value.is_array() && !value.is_object()) scalars[key] = value;
    }
    return "command line  baytime " BAYTIME_VERSION "\n" + show(scalars, Offset{});
}

/// What passed to the signs, a line each: `2026-11-21T02:30:00.125Z bay-1 sent 00 01`. To the millisecond, for it is
/// the pauses that tell what a sign did not like.
std::string traces_of(const json::object& result) {
    std::string out;
    for (const auto& line : list_of(result, "traces")) {
        std::string one;
        for (const auto* member : {"at", "sign", "kind", "hex", "bytes", "note"}) {
            const auto* found = line.as_object().if_contains(member);
            if (found == nullptr) continue;
            one += one.empty() ? "" : " ";
            one += found->is_string() ? std::string(found->get_string()) : json::serialize(*found) + " bytes";
        }
        out += harmless(one) + "\n";
    }
    return out;
}

std::map<std::string, std::string> files_of(const json::object& result) {
    const auto& health = result.at("health").as_object();
    return {{"configuration.txt", lines_of(result, "settings", "setting")},
            {"health.json", json::serialize(health) + "\n"},
            {"health.txt", health_text(health, {.cells = Cells::whole})},
            {"log.txt", lines_of(result, "log", "line")},
            {"signs.txt", traces_of(result)},
            {"tables.sql", tables_of(result)},
            {"versions.txt", versions_of(result)}};
}

}  // namespace

int run_support(const Settings& settings) {
    if (settings.words.size() > 2) throw Trouble(usage, "unknown-parameter", "usage: baytime support [DIRECTORY]");
    Connection connection = Connection::open(settings);
    const auto result = connection.call("support", {});
    if (settings.json) {
        std::cout << harmless_json(json::serialize(result)) << "\n";
        return done;
    }
    const fs::path directory = settings.words.size() == 2 ? settings.words[1] : name_of_now();
    std::error_code fault;
    if (!fs::create_directory(directory, fault))
        throw Trouble(
            refused, "no-file",
            directory.string() + " cannot be made: " + (fault ? fault.message() : "something is there already"));
    fs::permissions(directory, fs::perms::owner_all, fault);
    for (const auto& [name, text] : files_of(result)) write_whole((directory / name).string(), text);
    std::cout << harmless(directory.string()) << ": look through it, then pack it: tar czf "
              << harmless(directory.filename().string()) << ".tar.gz " << harmless(directory.string()) << "\n";
    return done;
}

}  // namespace baytime::cli
