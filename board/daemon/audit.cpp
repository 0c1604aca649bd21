#include "board/daemon/audit.hpp"

#include "board/daemon/log.hpp"
#include "protocol/json.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace baytime::daemon {

namespace json = boost::json;
namespace fs = std::filesystem;

std::string audit_line(const AuditEntry& entry) {
    const auto& what = entry.what;
    json::object line{{"at", protocol::iso_utc(entry.at)}, {"peer", what.peer}, {"token", what.token}};
    const auto put = [&line](const char* member, const std::string& text) {
        if (!text.empty()) line[member] = text;
    };
    put("verb", what.verb);
    put("device", what.device);
    put("person", what.person);
    if (entry.count != 1) line["count"] = entry.count;
    return json::serialize(line);
}

std::optional<AuditEntry> parse_audit_line(std::string_view text) {
    boost::system::error_code fault;
    const auto value = json::parse(json::string_view(text.data(), text.size()), fault);
    const auto* line = fault ? nullptr : value.if_object();
    if (line == nullptr) return std::nullopt;
    const auto member = [line](const char* name) {
        const auto* found = line->if_contains(name);
        return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
    };
    const auto at = protocol::from_iso(member("at"));
    if (!at || member("token").empty()) return std::nullopt;
    AuditEntry entry{.what = {.peer = member("peer"),
                              .device = member("device"),
                              .person = member("person"),
                              .verb = member("verb"),
                              .token = member("token")},
                     .at = *at};
    if (const auto* count = line->if_contains("count"); count != nullptr && count->is_int64())
        entry.count = static_cast<std::uint64_t>(std::max<std::int64_t>(1, count->get_int64()));
    return entry;
}

namespace {

enum class Budget { strangers, devices, wrong_pins, wrong_tokens };

Budget budget_of(const TurnedAway& what) {
    if (what.token == "bad-pin") return Budget::wrong_pins;
    if (what.token == "bad-token") return Budget::wrong_tokens;
    return what.device.empty() ? Budget::strangers : Budget::devices;
}

}  // namespace

Audit::~Audit() {
    end_windows(Instant::max());
    write_unwritten();
    if (const auto lost = unwritten(); lost > 0) log::error("audit_lost", {{"refusals", lost}});
}

TurnedAway Audit::within_budget(TurnedAway what) const {
    const auto budget = budget_of(what);
    std::size_t all = 0, of_peer = 0;
    for (const auto& [one, window] : open_) {
        if (budget_of(one) != budget) continue;
        ++all;
        if (one.peer == what.peer) ++of_peer;
    }
    const bool over = all >= (budget == Budget::wrong_tokens ? max_wrong_tokens : max_kinds);
    if (!over && of_peer < max_kinds_of_one_peer) return what;
    // Which device it was stays: there are no more of them than have a token.
    const bool names_token = budget == Budget::wrong_pins || budget == Budget::wrong_tokens;
    return {.peer = over ? std::string{} : std::move(what.peer),
            .device = budget == Budget::devices ? std::move(what.device) : std::string{},
            .person = {},
            .verb = {},
            .token = names_token ? std::move(what.token) : "more"};
}

void Audit::add(TurnedAway what, Instant now) {
    end_windows(now);
    if (!open_.contains(what)) what = within_budget(std::move(what));
    const auto [found, first] = open_.try_emplace(what, Window{.first = now, .last = now});
    if (first) return write({.what = std::move(what), .at = now});
    found->second.last = now;
    ++found->second.more;
}

void Audit::end_windows(Instant now) {
    std::erase_if(open_, [this, now](const auto& one) {
        const auto& [what, window] = one;
        // A clock that was set back ends them too.
        if (now >= window.first && now - window.first < audit_window) return false;
        if (window.more > 0) write({.what = what, .at = window.last, .count = window.more});
        return true;
    });
}

void Audit::rotate() const {
    std::error_code ignored;
    if (fs::file_size(path_, ignored) < max_audit_file_bytes || ignored) return;
    for (int i = old_audit_files; i > 0; --i) {
        const auto from = i == 1 ? path_ : fmt::format("{}.{}", path_, i - 1);
        fs::rename(from, fmt::format("{}.{}", path_, i), ignored);
    }
}

void Audit::write(const AuditEntry& entry) {
    write_unwritten();
    if (unwritten_.empty() && append(entry)) return;
    if (unwritten_.empty()) log::error("audit_failed", {{"why", std::strerror(errno)}});  // NOLINT: one thread
    keep(entry);
}

bool Audit::append(const AuditEntry& entry) const {
    rotate();
    const auto line = audit_line(entry) + "\n";
    const int file = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return false;
    struct stat before {};
    const bool measured = ::fstat(file, &before) == 0;
    errno = ENOSPC;  // a part that was written sets none
    const bool done = ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    const int why = errno;
    // A part of a line would spoil the next one.
    if (!done && measured && ::ftruncate(file, before.st_size) != 0) log::error("audit_torn");
    ::close(file);
    errno = why;
    return done;
}

void Audit::keep(const AuditEntry& entry) {
    auto what = entry.what;
    if (!unwritten_.contains(what) && unwritten_.size() >= max_unwritten_kinds)
        what = {.peer = {}, .device = {}, .person = {}, .verb = {}, .token = "more"};
    const auto [found, first] = unwritten_.try_emplace(what, AuditEntry{.what = what, .at = entry.at, .count = 0});
    found->second.at = std::max(found->second.at, entry.at);
    found->second.count += entry.count;
}

std::uint64_t Audit::unwritten() const {
    std::uint64_t all = 0;
    for (const auto& [what, entry] : unwritten_) all += entry.count;
    return all;
}

std::vector<AuditEntry> Audit::kept() const {
    std::vector<AuditEntry> out;
    for (const auto& [what, entry] : unwritten_) out.push_back(entry);
    std::ranges::stable_sort(out, {}, &AuditEntry::at);
    return out;
}

void Audit::write_unwritten() {
    if (unwritten_.empty()) return;
    while (!unwritten_.empty()) {
        const auto oldest = std::ranges::min_element(unwritten_, {}, [](const auto& one) { return one.second.at; });
        if (!append(oldest->second)) return;
        unwritten_.erase(oldest);
    }
    log::info("audit_written");
}

std::vector<AuditEntry> Audit::newest(std::size_t count) {
    end_windows(Instant::max());
    write_unwritten();
    std::vector<AuditEntry> all;
    for (int i = 0; i <= old_audit_files && all.size() < count; ++i) {
        std::ifstream in(i == 0 ? path_ : fmt::format("{}.{}", path_, i));
        std::vector<AuditEntry> older;
        for (std::string line; std::getline(in, line);) {
            if (auto entry = parse_audit_line(line)) older.push_back(*std::move(entry));
        }
        all.insert(all.begin(), older.begin(), older.end());
    }
    for (auto& entry : kept()) all.push_back(std::move(entry));
    if (all.size() > count) all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(count));
    return all;
}

}  // namespace baytime::daemon
