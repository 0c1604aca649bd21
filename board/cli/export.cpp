// baytime export DIR: the whole record as CSV files. All of them appear at once, or none.
#include "board/cli/connection.hpp"
#include "board/cli/export_tables.hpp"
#include "board/cli/files.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/trouble.hpp"

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace baytime::cli {
namespace {

namespace fs = std::filesystem;

/// A page of events is read and sent in less, also while a file is imported.
constexpr std::chrono::minutes page_deadline{2};

/// A new directory beside the wanted one; gone again unless it got its name.
class Unfinished {
public:
    explicit Unfinished(fs::path wanted) : wanted_(std::move(wanted)) {
        std::string name = wanted_.string() + ".XXXXXX";
        if (::mkdtemp(name.data()) == nullptr)
            throw Trouble(usage, "no-file", wanted_.string() + " cannot be made: is its parent directory there?");
        path_ = name;
    }
    ~Unfinished() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

    std::string file(const std::string& name) const { return (path_ / name).string(); }
    void finish() {
        std::error_code failed;
        fs::rename(path_, wanted_, failed);  // an empty directory of that name gives way
        if (failed) throw Trouble(usage, "no-file", wanted_.string() + " cannot be made: " + failed.message());
        path_.clear();
    }

private:
    fs::path wanted_, path_;
};

fs::path wanted_directory(const Settings& settings) {
    if (settings.words.size() != 2 || settings.words[1].empty())
        throw Trouble(usage, "bad-value", "usage: baytime export DIR");
    auto path = fs::absolute(settings.words[1]).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    std::error_code ignored;
    const bool there = fs::exists(path, ignored);
    if (there && !(fs::is_directory(path, ignored) && fs::is_empty(path, ignored)))
        throw Trouble(refused, "not-empty", path.string() + " is there already; name a new or an empty directory");
    return path;
}

/// Everything that was on record when this began; what is done meanwhile is left for the next export.
void read_record(Connection& connection, ExportTables& tables) {
    std::uint64_t last = 0;
    do {
        const auto page = connection.call("export-events", {{"after", tables.events()}}, page_deadline);
        if (tables.events() == 0) {
            last = page.at("seq").to_number<std::uint64_t>();
            if (const auto* staff = page.if_contains("staff")) tables.staff(staff->as_array());
        }
        const auto& events = page.at("events").as_array();
        for (const auto& event : events) {
            if (tables.events() < last) tables.take(event.as_object());
        }
        if (events.empty()) break;
    } while (tables.events() < last);
}

}  // namespace

int run_export(const Settings& settings) {
    Unfinished directory(wanted_directory(settings));
    Connection connection = Connection::open(settings);
    ExportTables tables;
    read_record(connection, tables);
    const auto events = tables.events();
    const auto files = tables.finish();
    for (const auto& [name, text] : files) write_whole(directory.file(name), text);
    directory.finish();
    std::cout << "wrote " << files.size() << " files with " << events << " events\n";
    return done;
}

}  // namespace baytime::cli
