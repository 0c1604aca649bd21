#include "board/daemon/health_rules.hpp"

#include "board/core/words.hpp"
#include "protocol/problems.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace baytime::daemon {

namespace {

using enum HealthLevel;

class List {
public:
    void add(std::string_view name, HealthLevel level, std::string about = {}, std::string detail = {}) {
        assert(protocol::find_problem(name) != nullptr);
        found.push_back(
            {.name = std::string(name), .level = level, .about = std::move(about), .detail = std::move(detail)});
    }
    std::vector<Problem> found;
};

void look_at_store(const Vitals& vitals, List& list) {
    if (!vitals.sound) list.add("storage-failed", critical);
    if (!vitals.journal_gone.empty()) list.add("journal-gone", critical, vitals.journal_gone);
    const auto& opening = vitals.opening;
    if (!opening.damaged.empty() && opening.restored_from.empty())
        list.add("started-empty", critical, opening.damaged, opening.damage);
    if (!opening.damaged.empty() && !opening.restored_from.empty())
        list.add("restored-from-backup", warning, opening.restored_from, opening.damage);
    if (!opening.newer_copy.empty())
        list.add("journal-behind", critical, opening.newer_copy,
                 fmt::format("{} > {}", opening.newer_copy_events, opening.events));
    if (opening.damaged.empty() && !vitals.set_aside.empty()) list.add("set-aside", warning, vitals.set_aside);
}

void look_at_backups(const Vitals& vitals, const HealthLimits& limits, List& list) {
    if (!vitals.backup_failure.empty()) list.add("backup-failed", warning, "", vitals.backup_failure);
    for (const auto& one : vitals.copy_doubts) list.add("backup-doubtful", warning, one.copy, one.why);
    if (vitals.backup_age < limits.backup_warning) return;
    const auto hours = std::chrono::duration_cast<std::chrono::hours>(vitals.backup_age);
    list.add("backup-old", vitals.backup_age < limits.backup_critical ? warning : critical, "",
             fmt::format("{} h", hours.count()));
}

void look_at_disks(const Vitals& vitals, const HealthLimits& limits, List& list) {
    for (const auto& disk : vitals.disks) {
        if (disk.free_mib >= std::max(limits.disk_warning_mib, limits.disk_critical_mib)) continue;
        list.add("disk-low", disk.free_mib < limits.disk_critical_mib ? critical : warning, disk.place,
                 fmt::format("{} MiB", disk.free_mib));
    }
}

void look_at_displays(const Vitals& vitals, const HealthLimits& limits, List& list) {
    for (const auto& sign : vitals.required_signs_down) list.add("sign-down", critical, sign);
    for (const auto& screen : vitals.screens) {
        if (screen.connected || !screen.away || *screen.away < limits.screen_away) continue;
        list.add("screen-away", warning, screen.id, fmt::format("{} min", screen.away->count()));
    }
}

void look_at_connections(const Vitals& vitals, const HealthLimits& limits, List& list) {
    if (const auto& shortage = vitals.shortage)
        list.add("places-taken", warning, shortage->about, std::to_string(shortage->taken));
    if (std::cmp_greater_equal(vitals.commands_waiting, limits.commands_waiting))
        list.add("queue-long", warning, "", std::to_string(vitals.commands_waiting));
    if (std::cmp_greater_equal(vitals.output_unread / 1024, limits.output_unread_kib))
        list.add("output-unread", warning, "", fmt::format("{} KiB", vitals.output_unread / 1024));
}

void look_at_clock(const Vitals& vitals, List& list) {
    if (vitals.clock == ClockDoubt::none) return;
    const auto* token = vitals.clock == ClockDoubt::behind_journal ? "clock-behind"
                        : vitals.clock == ClockDoubt::far_ahead    ? "clock-ahead"
                                                                   : "clock-untrusted";
    list.add(token, warning, baytime::name(vitals.clock), fmt::format("{:+} s", vitals.clock_difference.count()));
}

}  // namespace

std::vector<Problem> problems_of(const Vitals& vitals, const HealthLimits& limits) {
    List list;
    look_at_store(vitals, list);
    look_at_clock(vitals, list);
    if (vitals.refusals_unwritten > 0)
        list.add("audit-unwritten", warning, "", std::to_string(vitals.refusals_unwritten));
    if (!vitals.config_fault.empty()) list.add("configuration-refused", warning, "", vitals.config_fault);
    if (!vitals.restart_needed.empty()) list.add("restart-needed", warning, vitals.restart_needed);
    for (const auto& [bay, cars] : vitals.lost_bays) list.add("bay-missing", warning, bay, std::to_string(cars));
    if (!vitals.tokens_put_back.empty()) list.add("tokens-put-back", warning, vitals.tokens_put_back);
    if (!vitals.tls_key_put_back.empty()) list.add("tls-key-put-back", warning, vitals.tls_key_put_back);
    if (!vitals.drop_trouble.empty()) list.add("drop-waiting", warning, vitals.drop_folder, vitals.drop_trouble);
    look_at_disks(vitals, limits, list);
    look_at_displays(vitals, limits, list);
    look_at_backups(vitals, limits, list);
    look_at_connections(vitals, limits, list);
    std::ranges::stable_sort(list.found, [](const Problem& a, const Problem& b) {
        if (a.level != b.level) return a.level > b.level;
        return protocol::find_problem(a.name) < protocol::find_problem(b.name);
    });
    return std::move(list.found);
}

HealthLevel worst(const std::vector<Problem>& problems) {
    return problems.empty() ? ok : problems.front().level;
}

}  // namespace baytime::daemon
