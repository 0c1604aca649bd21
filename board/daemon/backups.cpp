#include "board/daemon/backups.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

namespace baytime::daemon {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view prefix = "journal-";

/// Our own copies, oldest first: their names sort by time.
std::vector<fs::path> copies_in(const std::string& directory) {
    std::vector<fs::path> out;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(directory, missing)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(".db")) out.push_back(entry.path());
    }
    std::ranges::sort(out);
    return out;
}

}  // namespace

bool backup_due(const std::string& directory) {
    const auto copies = copies_in(directory);
    if (copies.empty()) return true;
    std::error_code unreadable;
    const auto written = fs::last_write_time(copies.back(), unreadable);
    return unreadable || fs::file_time_type::clock::now() - written >= backup_every;
}

std::string make_backup(store::Journal& journal, const std::string& directory) {
    fs::create_directories(directory);
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto path = fs::path(directory) / fmt::format("{}{}.db", prefix, date::format("%Y-%m-%dT%H%M%SZ", now));
    journal.backup(path.string());
    auto copies = copies_in(directory);
    while (copies.size() > backups_kept) {
        fs::remove(copies.front());
        copies.erase(copies.begin());
    }
    return path.string();
}

}  // namespace baytime::daemon
