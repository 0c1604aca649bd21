#include "board/daemon/drop_folder.hpp"

#include "board/daemon/import_desk.hpp"
#include "board/daemon/log.hpp"
#include "board/reports/file_texts.hpp"
#include "protocol/harmless.hpp"
#include "protocol/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

namespace baytime::daemon {

namespace fs = std::filesystem;

namespace {

bool is_csv(const fs::path& file) {
    auto end = file.extension().string();
    std::ranges::transform(end, end.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return end == ".csv" && !file.filename().string().starts_with('.');
}

std::string read_file(const fs::path& file, std::size_t most) {
    if (fs::file_size(file) > most) throw std::runtime_error(fmt::format("a file may have {} bytes; cut it", most));
    std::ifstream in(file, std::ios::binary);
    std::string out{std::istreambuf_iterator<char>(in), {}};
    if (!in.is_open() || in.bad()) throw std::runtime_error("it cannot be read: may this user read it?");
    return out;
}

/// The cause alone, without names of files.
std::string cause(const std::exception& failure) {
    const auto* system = dynamic_cast<const std::system_error*>(&failure);
    return system != nullptr ? system->code().message() : failure.what();
}

/// All of it, or nothing is left. Throws std::system_error.
void write_file(const fs::path& file, const std::string& text) {
    const auto unfinished = file.string() + ".part";
    errno = 0;
    std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    std::error_code failed;
    if (!out) failed = {errno != 0 ? errno : EIO, std::generic_category()};
    if (!failed) fs::rename(unfinished, file, failed);
    if (!failed) return;
    std::error_code ignored;
    fs::remove(unfinished, ignored);
    throw std::system_error(failed, "cannot write " + file.string());
}

/// A file in the log. Names that people give hold plates and phones; size and time tell which one it is as well.
struct InLog {
    explicit InLog(const fs::path& file) {
        std::error_code gone;
        const auto size = fs::file_size(file, gone);
        if (gone) return;
        bytes = size;
        const auto at = fs::last_write_time(file, gone);
        if (!gone)
            written =
                protocol::iso_utc(std::chrono::floor<std::chrono::milliseconds>(std::chrono::file_clock::to_sys(at)));
    }
    std::uintmax_t bytes = 0;
    std::string written;
};

/// A name in the directory that no earlier file has: `october.csv`, then `october-2.csv`.
fs::path free_name(const fs::path& directory, const fs::path& file) {
    fs::path out = directory / file.filename();
    for (int number = 2; fs::exists(out); ++number)
        out = directory / fmt::format("{}-{}{}", file.stem().string(), number, file.extension().string());
    return out;
}

/// The text beside a file, for whoever finds it there.
std::string result_text(const ImportReport& report, bool skip_bad, bool chinese) {
    const auto say = [chinese](const char* key, const std::vector<std::string>& with) {
        return reports::file_text(key, with, chinese) + "\n";
    };
    const auto number = [](std::size_t count) { return std::to_string(count); };
    std::string out;
    const auto listed = std::min(report.faults.size(), max_drop_faults);
    for (std::size_t i = 0; i < listed; ++i) out += reports::fault_line(report.faults[i], chinese) + "\n";
    if (listed < report.faults.size()) out += say("more_faults", {number(report.faults.size() - listed)});
    if (!report.faults.empty() && report.rows == 0) return out + say("nothing_imported_header", {});
    if (!report.faults.empty() && !skip_bad)
        return out + say("nothing_imported", {number(report.bad_rows), number(report.rows)});
    out += say("imported",
               {number(report.imported), number(report.already), number(report.not_settled), number(report.bad_rows)});
    if (report.updated > 0) out += say("updated", {number(report.updated)});
    if (report.passed_over.empty()) return out;
    out += say("passed_over", {number(report.passed_over_count)});
    for (const auto& one : report.passed_over) out += reports::fault_line(one, chinese) + "\n";
    const auto more = report.passed_over_count - report.passed_over.size();
    return more > 0 ? out + say("more_passed_over", {number(more)}) : out;
}

/// The file is there and cannot be read.
struct Unreadable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

reports::OrderFile read_drop(const House& house, const fs::path& file) {
    try {
        reports::Mapping mapping;
        if (const auto& names = house.settings->drop.mapping; !names.empty())
            mapping = reports::read_mapping(reports::as_utf8(read_file(names, max_import_bytes)));
        const auto text = reports::as_utf8(read_file(file, max_import_bytes));
        return reports::read_orders(text, mapping, house.workshop.zone());
    } catch (const reports::BadFile&) {
        throw;
    } catch (const std::runtime_error& fault) {
        throw Unreadable(fault.what());
    }
}

}  // namespace

bool DropFolder::is_whole(const fs::path& file, const std::set<std::string>& complete) const {
    std::error_code gone;
    if (!is_csv(file) || !fs::is_regular_file(fs::symlink_status(file, gone)) || unmoved_.contains(file)) return false;
    if (complete.contains(file.filename().string())) return true;
    const auto age = fs::file_time_type::clock::now() - fs::last_write_time(file, gone);
    return !gone && (age >= drop_settled || age < -drop_settled);
}

void DropFolder::look(const std::set<std::string>& complete) {
    const fs::path folder = house_.settings->drop.folder;
    if (std::exchange(folder_, folder.string()) != folder.string()) unmoved_.clear();
    trouble_.reset();
    if (folder.empty() || house_.stopping) return;
    retry_unmoved();
    std::error_code failed;
    std::vector<fs::path> files;
    for (auto entry = fs::directory_iterator(folder, failed); !failed && entry != fs::directory_iterator();
         entry.increment(failed)) {
        if (is_whole(entry->path(), complete)) files.push_back(entry->path());
    }
    if (failed) {
        log::warn("drop_folder_unreadable", {{"path", folder.string()}, {"why", failed.message()}});
        if (!trouble_) trouble_ = DropTrouble{.files = 0, .why = failed.message()};
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
        if (unmoved_.size() < max_unmoved) take(file);
    }
}

void DropFolder::waits(const std::string& why) {
    if (!trouble_) trouble_ = DropTrouble{};
    ++trouble_->files;
    trouble_->why = why;
}

void DropFolder::take(const fs::path& file) {
    const bool skip_bad = house_.settings->drop.skip_bad, chinese = house_.settings->drop.chinese;
    const InLog shown(file);
    try {
        const auto report = house_.workshop.import(read_drop(house_, file), "import", skip_bad, false);
        const bool good = report.faults.empty() || (skip_bad && report.rows > 0);
        log::info("drop_imported", {{"bytes", shown.bytes},
                                    {"written", shown.written},
                                    {"orders", good ? report.imported : 0},
                                    {"already", report.already},
                                    {"bad_rows", report.bad_rows}});
        if (report.stored) house_.work_waiting();
        put_away(file, good ? "done" : "failed", result_text(report, skip_bad, chinese));
    } catch (const reports::BadFile& bad) {
        put_away(file, "failed", reports::fault_line(bad.fault, chinese) + "\n");
    } catch (const Unreadable& fault) {
        put_away(file, "failed", std::string(fault.what()) + "\n");
    } catch (const std::exception& failure) {  // the store: the file stays, and the next look tries again
        log::error("drop_import_failed", {{"bytes", shown.bytes}, {"written", shown.written}, {"why", failure.what()}});
        waits(cause(failure));
    }
}

void DropFolder::put_away(const fs::path& file, const char* where, const std::string& result) {
    Unmoved unmoved{.where = where, .result = result};
    if (try_put_away(file, unmoved)) return;
    std::error_code gone;
    unmoved.bytes = fs::file_size(file, gone);
    unmoved.written = fs::last_write_time(file, gone);
    if (!gone) unmoved_.insert_or_assign(file, std::move(unmoved));
}

/// The text first: a file in done/ always has one. After a power cut in between the file is imported again, which
/// changes nothing.
bool DropFolder::try_put_away(const fs::path& file, Unmoved& unmoved) {
    try {
        const auto directory = file.parent_path() / unmoved.where;
        fs::create_directories(directory);
        const auto place = free_name(directory, file);
        write_file(place.string() + ".result.txt", protocol::harmless_lines(unmoved.result));
        fs::rename(file, place);
        return true;
    } catch (const std::exception& failure) {
        const InLog shown(file);
        const auto why = cause(failure);
        if (std::exchange(unmoved.why, why) != why)
            log::error("drop_file_stuck",
                       {{"bytes", shown.bytes},
                        {"written", shown.written},
                        {"why", why},
                        {"meaning",
                         "it was read, but cannot be moved to done/ or failed/ with its text; that is "
                         "tried again every minute"}});
        waits(why);
        return false;
    }
}

void DropFolder::retry_unmoved() {
    for (auto one = unmoved_.begin(); one != unmoved_.end();) {
        std::error_code gone;
        auto& [file, unmoved] = *one;
        // One that somebody took away or wrote anew meanwhile is read like any other.
        const bool same = fs::file_size(file, gone) == unmoved.bytes && !gone &&
                          fs::last_write_time(file, gone) == unmoved.written && !gone;
        if (same && !try_put_away(file, unmoved))
            ++one;
        else
            one = unmoved_.erase(one);
    }
}

}  // namespace baytime::daemon
