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

Audit::~Audit() {
    end_windows(Instant::max());
}

void Audit::add(TurnedAway what, Instant now) {
    end_windows(now);
    const auto of_peer = static_cast<std::size_t>(
        std::ranges::count_if(open_, [&what](const auto& one) { return one.first.peer == what.peer; }));
    if (!open_.contains(what)) {
        if (open_.size() >= max_kinds)
            what = {.peer = {}, .device = {}, .person = {}, .verb = {}, .token = "more"};
        else if (of_peer >= max_kinds_of_one_peer)
            what = {.peer = what.peer, .device = {}, .person = {}, .verb = {}, .token = "more"};
    }
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
    rotate();
    const auto line = audit_line(entry) + "\n";
    const int file = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const bool done = file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    if (!done && !failed_) log::error("audit_failed", {{"why", std::strerror(errno)}});  // NOLINT: one thread
    failed_ = !done;
    if (file >= 0) ::close(file);
}

std::vector<AuditEntry> Audit::newest(std::size_t count) {
    end_windows(Instant::max());
    std::vector<AuditEntry> all;
    for (int i = 0; i <= old_audit_files && all.size() < count; ++i) {
        std::ifstream in(i == 0 ? path_ : fmt::format("{}.{}", path_, i));
        std::vector<AuditEntry> older;
        for (std::string line; std::getline(in, line);) {
            if (auto entry = parse_audit_line(line)) older.push_back(*std::move(entry));
        }
        all.insert(all.begin(), older.begin(), older.end());
    }
    if (all.size() > count) all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(count));
    return all;
}

}  // namespace baytime::daemon
