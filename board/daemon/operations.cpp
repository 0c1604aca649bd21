#include "board/daemon/operations.hpp"

#include "board/core/words.hpp"
#include "board/daemon/log.hpp"
#include "board/daemon/parameter.hpp"
#include "board/daemon/rescue_copy.hpp"
#include "board/daemon/settings_parts.hpp"
#include "board/store/inventory.hpp"
#include "config/outline.hpp"

#include <boost/version.hpp>

#include <sys/utsname.h>

#include <array>

namespace baytime::daemon {

namespace json = boost::json;

namespace {

constexpr std::array all_rooms{log::Room::daemon, log::Room::door, log::Room::store, log::Room::signs};

json::array texts(const std::vector<std::string>& list, const char* member) {
    json::array out;
    for (const auto& one : list) out.push_back(json::object{{member, one}});
    return out;
}

json::array configuration(const std::string& path) {
    try {
        return texts(config::outline(path, words_of_settings()), "setting");
    } catch (const std::exception& fault) {
        return {json::object{{"setting", "(the file can not be read now)"}}};
    }
}

/// The newest log lines. Where a reason may quote what somebody wrote, only the event stays.
json::array log_lines() {
    constexpr std::array quoting{" reload_refused ", " command_failed ", " question_failed ", " import_failed "};
    json::array out;
    for (auto line : log::kept_lines()) {
        for (const auto* event : quoting) {
            if (const auto at = line.find(event); at != line.npos) line.resize(at + std::string_view(event).size() - 1);
        }
        out.push_back(json::object{{"line", line}});
    }
    return out;
}

/// Without the line of the configuration that was refused.
json::object health_without_quotes(const House& house) {
    auto health = protocol::result_object(house.health());
    health.stable_erase("config_fault");
    for (auto& line : health["problems"].as_array()) {
        auto& problem = line.as_object();
        if (problem.at("problem") == "configuration-refused") problem.stable_erase("detail");
    }
    return health;
}

json::array tables(const store::Inventory& inventory) {
    json::array out;
    for (const auto& one : inventory.tables)
        out.push_back({{"table", one.table}, {"rows", one.rows}, {"sql", one.sql}});
    return out;
}

}  // namespace

Outcome Operations::answer(std::string_view verb, const protocol::Query& query) {
    if (verb == "backup") {
        const bool asks_only = query.parameters.contains("status");
        return !asks_only && house_.journal_gone && house_.journal_gone() ? rescue() : backups_.answer(query);
    }
    if (verb == "log-level") return log_level(query);
    return support();
}

Outcome Operations::rescue() {
    protocol::Result result;
    auto& members = result.members;
    try {
        const auto made = write_rescue_copy(house_.workshop.journal(), *house_.settings);
        log::warn("rescue_copy", {{"path", made.path}, {"events", made.events}, {"bytes", made.bytes}});
        members["state"] = "done";
        members["path"] = made.path;
        members["events"] = made.events;
        members["bytes"] = made.bytes;
    } catch (const std::exception& failure) {
        log::error("backup_failed", {{"why", failure.what()}});
        members["state"] = "failed";
        members["why"] = failure.what();
    }
    return result;
}

Outcome Operations::log_level(const protocol::Query& query) {
    const auto room = parameter(query, "room"), level = parameter(query, "level");
    if (const auto wanted = from_name<log::Level>(level)) {
        for (const auto one : all_rooms) {
            if (room.empty() || room == "all" || room == name(one)) log::set_level(one, *wanted);
        }
        log::warn("log_level", {{"level", level}, {"room", room.empty() ? "all" : room}});
    }
    protocol::Result result;
    for (const auto one : all_rooms) result.members[name(one)] = name(log::level_of(one));
    return result;
}

Outcome Operations::support() {
    protocol::Result result;
    auto& members = result.members;
    members["product"] = product;
    members["protocol"] = protocol::version;
    members["compiler"] = __VERSION__;
    members["boost"] = BOOST_LIB_VERSION;
    utsname system{};
    if (::uname(&system) == 0)
        members["system"] = std::string(system.sysname) + " " + system.release + " " + system.machine;
    const auto inventory = store::inventory(house_.settings->journal);
    members["health"] = health_without_quotes(house_);
    members["sqlite"] = inventory.sqlite;
    members["schema"] = inventory.schema;
    result.more = {{"settings", configuration(config_.path)},
                   {"tables", tables(inventory)},
                   {"traces", signs_.tails(*house_.settings)},
                   {"log", log_lines()}};
    return result;
}

}  // namespace baytime::daemon
