#include "board/store/replace.hpp"

#include "board/store/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace baytime::store {
namespace {

namespace fs = std::filesystem;

/// Holds the name under which the old journal is set aside, while that goes on.
std::string note_name(const std::string& path) {
    return path + ".replacing";
}

/// A name that is free: two files can be set aside within one second.
std::string free_name(const std::string& path, const char* mark) {
    const std::string name = path + mark + time_for_name();
    std::string free = name;
    for (int again = 2; fs::exists(free); ++again) free = fmt::format("{}-{}", name, again);
    return free;
}

bool side_file_there(const std::string& path) {
    return std::ranges::any_of(side_files, [&path](const char* side) { return fs::exists(path + side); });
}

bool put_waiting_in_place(const std::string& path) {
    const auto waiting = waiting_name(path);
    if (!fs::exists(waiting)) return false;
    move_durably(waiting, path, false);
    return true;
}

/// The steps were begun; `aside` is where the old journal goes.
std::optional<Finished> go_on(const std::string& path, const std::string& aside) {
    std::optional<Finished> out;
    if (!fs::exists(path)) {
        move_side_files(path, aside);
        out = Finished{.aside = aside,
                       .why = "putting another file in the journal's place was cut off; it is finished now"};
        out->put_in_place = put_waiting_in_place(path);
    } else if (!fs::exists(aside)) {
        fs::remove(waiting_name(path));  // no step was taken yet: all is as it was
    }
    fs::remove(note_name(path));
    return out;
}

/// Without a note: side files of a journal that is gone, or an older program was cut off.
std::optional<Finished> tidy(const std::string& path) {
    if (fs::exists(path)) {
        fs::remove(waiting_name(path));
        return std::nullopt;
    }
    const bool log_alone = side_file_there(path), waits = fs::exists(waiting_name(path));
    if (!log_alone && !waits) return std::nullopt;
    Finished out{.aside = free_name(path, damaged_mark),
                 .why = waits ? "an earlier start was cut off while it put a backup in place of a damaged file"
                              : "the journal's file was gone, and only its log lay there"};
    move_side_files(path, out.aside);
    out.put_in_place = put_waiting_in_place(path);
    return out;
}

}  // namespace

std::string unfinished_name(const std::string& path) {
    return path + ".restoring.new";
}

std::string waiting_name(const std::string& path) {
    return path + ".restoring";
}

std::string replace_journal(const std::string& path, const char* mark) {
    std::string aside;
    if (fs::exists(path) || side_file_there(path)) {
        aside = free_name(path, mark);
        write_private(note_name(path), aside);
        if (fs::exists(path)) move_durably(path, aside, false);
        move_side_files(path, aside);
    }
    put_waiting_in_place(path);
    fs::remove(note_name(path));
    return aside;
}

std::optional<Finished> finish_replacing(const std::string& path) {
    remove_database(unfinished_name(path));
    fs::remove(note_name(path) + ".new");  // a note that was never finished
    const auto aside = read_private(note_name(path));
    return aside.empty() ? tidy(path) : go_on(path, aside);
}

}  // namespace baytime::store
