#include "board/daemon/health.hpp"

#include "board/core/words.hpp"
#include "board/daemon/log.hpp"
#include "board/daemon/reload_rules.hpp"
#include "protocol/problems.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>

namespace baytime::daemon {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t mib = 1024 * 1024;

/// Free for this user, where the file or directory is or will be; nothing when that cannot be asked.
std::optional<std::int64_t> free_bytes(fs::path place) {
    std::error_code fault;
    while (!place.empty() && !fs::exists(place, fault) && place != place.root_path()) place = place.parent_path();
    const auto space = fs::space(place.empty() ? fs::path(".") : place, fault);
    if (fault) return std::nullopt;
    return static_cast<std::int64_t>(space.available);
}

/// A damaged journal that an earlier start set aside and nobody has taken away (store/rescue.cpp names it).
std::string newest_set_aside(const fs::path& journal) {
    const std::string beginning = journal.filename().string() + ".damaged-";
    std::string newest;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(journal.parent_path(), none)) {
        const auto name = entry.path().filename().string();
        const bool side_file = name.ends_with("-wal") || name.ends_with("-shm");
        if (name.starts_with(beginning) && !side_file) newest = std::max(newest, entry.path().string());
    }
    return newest;
}

/// Every configured display, and since when it is away: since the start when it has not come.
std::vector<ScreenVital> screens_of(const HealthParts& parts) {
    std::vector<ScreenVital> out;
    const auto here = parts.door.devices();
    for (const auto& device : parts.house.settings->devices) {
        if (device.kind != DeviceKind::display) continue;
        ScreenVital screen{.id = device.id, .connected = here.contains(device.id), .away = std::nullopt};
        const auto since = parts.door.left_at(device.id).value_or(parts.started);
        if (!screen.connected)
            screen.away = std::chrono::duration_cast<std::chrono::minutes>(parts.house.steady() - since);
        out.push_back(std::move(screen));
    }
    return out;
}

Vitals measure(const HealthParts& parts) {
    const auto& house = parts.house;
    Vitals out{.sound = house.workshop.sound() && house.workshop.storing(),
               .opening = house.workshop.journal().opening(),
               .set_aside = newest_set_aside(house.settings->journal),
               .config_fault = parts.config.fault,
               .restart_needed = parts.config.restart_needed,
               .required_signs_down = parts.signs.required_down(),
               .screens = screens_of(parts)};
    if (!fs::exists(out.opening.newer_copy)) out.opening.newer_copy.clear();  // somebody has seen to it
    for (const auto& place : {house.settings->journal, house.settings->backups}) {
        if (const auto free = free_bytes(place)) out.disks.push_back({.place = place, .free_mib = *free / mib});
    }
    for (const auto& [bay, orders] : orders_without_bay(house.workshop.board(), house.workshop.shop()))
        out.lost_bays[bay] = orders.size();
    out.backup_age = parts.backups.age();
    out.backup_failure = parts.backups.failure();
    out.copy_doubts = parts.backups.doubts();
    if (!house.clock.trusted()) out.clock = house.clock.guard().doubt();
    out.clock_difference = std::chrono::duration_cast<std::chrono::seconds>(house.clock.guard().difference());
    out.tokens_put_back = parts.config.tokens_put_back;
    if (house.journal_gone && house.journal_gone()) out.journal_gone = house.settings->journal;
    if (const auto& drops = parts.drops) {
        out.drop_folder = house.settings->drop.folder;
        out.drop_trouble = drops->files == 0 ? drops->why : fmt::format("{} waiting: {}", drops->files, drops->why);
    }
    out.tls_key_put_back = parts.config.tls_key_put_back;
    out.refusals_unwritten = parts.audit.unwritten();
    out.shortage = parts.door.shortage();
    out.commands_waiting = house.workshop.waiting();
    out.output_unread = house.output_waiting;
    return out;
}

json::array problem_lines(const std::vector<Problem>& problems) {
    json::array out;
    for (const auto& one : problems) {
        const auto* text = protocol::find_problem(one.name);
        json::object line{{"problem", one.name}, {"level", name(one.level)}};
        if (!one.about.empty()) line["about"] = one.about;
        if (!one.detail.empty()) line["detail"] = one.detail;
        line["what"] = text->en;
        line["remedy"] = text->en_remedy;
        out.push_back(std::move(line));
    }
    return out;
}

json::array screen_lines(const Vitals& vitals) {
    json::array out;
    for (const auto& screen : vitals.screens) {
        json::object line{{"screen", screen.id}, {"connected", screen.connected}};
        if (screen.away) line["away_minutes"] = screen.away->count();
        out.push_back(std::move(line));
    }
    return out;
}

/// When something last happened to a car of this bay.
json::array bay_lines(const House& house) {
    std::map<std::string_view, Instant> newest;
    for (const auto& [order, job] : house.workshop.board().jobs) {
        if (!job.bay.empty()) newest[job.bay] = std::max(newest[job.bay], job.newest_at);
    }
    json::array out;
    for (const auto& bay : house.workshop.shop().bays) {
        json::object line{{"bay", bay.id}};
        if (const auto found = newest.find(bay.id); found != newest.end())
            line["last_event"] = protocol::iso_utc(found->second);
        out.push_back(std::move(line));
    }
    return out;
}

void put_store(const HealthParts& parts, json::object& members) {
    const auto& workshop = parts.house.workshop;
    const auto& opening = parts.house.workshop.journal().opening();
    const auto& settings = *parts.house.settings;
    members["seq"] = workshop.board().seq;
    members["jobs_open"] = workshop.board().open.size();
    members["jobs"] = workshop.board().jobs.size();
    members["commits"] = workshop.commits();
    members["failed_commits"] = workshop.failed_commits();
    members["journal"] = !opening.damaged.empty() ? "damaged" : opening.created ? "created" : "good";
    if (!opening.damaged.empty()) {
        members["journal_damaged"] = opening.damaged;
        members["journal_restored_from"] = opening.restored_from.empty() ? "nothing" : opening.restored_from;
    }
    std::error_code unknown;
    if (const auto bytes = fs::file_size(settings.journal, unknown); !unknown) members["journal_bytes"] = bytes;
    if (const auto free = free_bytes(settings.journal)) members["disk_free_bytes"] = *free;
    if (const auto free = free_bytes(settings.backups)) members["backup_disk_free_bytes"] = *free;
    for (const auto& member : parts.backups.health()) members[member.key()] = member.value();
}

void put_clock(ShopClock& clock, json::object& members) {
    for (const auto& member : clock.json()) members[member.key()] = member.value();
    members["clock"] = !clock.real() ? "training" : clock.trusted() ? "trusted" : name(clock.guard().doubt());
    if (!clock.real()) return;
    members["clock_difference_seconds"] =
        std::chrono::duration_cast<std::chrono::seconds>(clock.guard().difference()).count();
    members["clock_steps"] = clock.guard().steps();
    members["clock_synchronised"] = ShopClock::synchronised();
}

}  // namespace

protocol::Result health_of(const HealthParts& parts) {
    auto& house = parts.house;
    const auto now = house.clock.now();  // looks at the clock before it is judged
    static_cast<void>(now);
    const auto vitals = measure(parts);
    const auto problems = problems_of(vitals, house.settings->health);
    protocol::Result result{.members = {}, .lines_name = "signs", .lines = parts.signs.health()};
    auto& members = result.members;
    members["health"] = problems.empty() ? "ok" : problems.front().name;
    members["level"] = name(worst(problems));
    members["product"] = product;
    members["uptime_seconds"] =
        std::chrono::duration_cast<std::chrono::seconds>(house.steady() - parts.started).count();
    put_store(parts, members);
    members["connections"] = parts.door.connections();
    members["connections_refused"] = parts.door.refused();
    if (!house.tls_fingerprint.empty()) {
        members["tls"] = parts.door.listening_on().back();
        members["tls_fingerprint"] = house.tls_fingerprint;
    }
    members["watchers"] = house.watchers.count();
    members["commands_waiting"] = vitals.commands_waiting;
    members["output_unread_bytes"] = vitals.output_unread;
    members["config"] = parts.config.fault.empty() ? "good" : "refused";
    if (!parts.config.fault.empty()) members["config_fault"] = parts.config.fault;
    members["reloads"] = parts.config.reloads;
    for (const auto room : {log::Room::daemon, log::Room::door, log::Room::store, log::Room::signs})
        members["log_" + name(room)] = name(log::level_of(room));
    put_clock(house.clock, members);
    result.more = {
        {"problems", problem_lines(problems)}, {"screens", screen_lines(vitals)}, {"bays", bay_lines(house)}};
    return result;
}

}  // namespace baytime::daemon
