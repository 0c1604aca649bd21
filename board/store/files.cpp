#include "board/store/files.hpp"

#include <fmt/chrono.h>

#include <fcntl.h>
#include <stdio.h>  // renameat2
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <system_error>

namespace baytime::store {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

/// Without a directory in its name a file lies in the working directory.
fs::path directory_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace

void flush(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) fail("cannot open " + path.string());
    const int failed = ::fsync(descriptor);
    const int reason = errno;
    ::close(descriptor);
    errno = reason;
    if (failed != 0) fail("cannot write " + path.string());
}

void move_durably(const fs::path& from, const fs::path& to, bool replace) {
    const std::string what = "cannot move " + from.string() + " to " + to.string();
    if (replace) {
        if (::rename(from.c_str(), to.c_str()) != 0) fail(what);
    } else if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
        if (errno != EINVAL && errno != ENOSYS) fail(what);
        // A file system without that call: looking first is all that is left.
        if (fs::exists(to)) throw std::system_error(EEXIST, std::generic_category(), what);
        if (::rename(from.c_str(), to.c_str()) != 0) fail(what);
    }
    flush(directory_of(to));
}

void copy_durably(const fs::path& from, const fs::path& to) {
    fs::copy_file(from, to, fs::copy_options::overwrite_existing);
    flush(to);
    flush(directory_of(to));
}

void move_side_files(const std::string& from, const std::string& to) {
    for (const char* side : side_files)
        if (fs::exists(from + side)) move_durably(from + side, to + side, true);
}

void remove_database(const std::string& path) {
    fs::remove(path);
    for (const char* side : side_files) fs::remove(path + side);
}

std::string time_for_name() {
    return fmt::format("{:%Y-%m-%dT%H%M%SZ}", fmt::gmtime(std::time(nullptr)));
}

}  // namespace baytime::store
