#include "board/store/files.hpp"

#include <fmt/chrono.h>

#include <fcntl.h>
#include <stdio.h>  // renameat2
#include <sys/stat.h>
#include <unistd.h>

#include <array>

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
    // The library says "input/output error" of a disk that fills up while it copies.
    if (fs::file_size(from) > fs::space(directory_of(to)).available)
        throw std::system_error(ENOSPC, std::generic_category(),
                                fmt::format("cannot copy {} to {}", from.string(), to.string()));
    try {
        fs::copy_file(from, to, fs::copy_options::overwrite_existing);
    } catch (const fs::filesystem_error&) {
        std::error_code ignored;
        fs::remove(to, ignored);
        throw;
    }
    flush(to);
    flush(directory_of(to));
}

namespace {

constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

/// Closes what it holds.
struct Descriptor {
    explicit Descriptor(int opened) : number(opened) {}
    ~Descriptor() {
        if (number >= 0) ::close(number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number;
};

}  // namespace

void write_private(const fs::path& path, std::string_view text) {
    const std::string what = "cannot write " + path.string();
    const fs::path unfinished = path.string() + ".new";
    {
        const Descriptor file(
            ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, owner_only));
        if (file.number < 0 || ::fchmod(file.number, owner_only) != 0) fail(what);
        while (!text.empty()) {
            const auto count = ::write(file.number, text.data(), text.size());
            if (count < 0 && errno != EINTR) fail(what);
            if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
        }
        if (::fsync(file.number) != 0) fail(what);
    }
    move_durably(unfinished, path, true);
}

std::string read_private(const fs::path& path) {
    const std::string what = "cannot read " + path.string();
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number < 0 && errno == ENOENT) return {};
    struct stat about {};
    if (file.number < 0 || ::fstat(file.number, &about) != 0) fail(what);
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0 && ::fchmod(file.number, owner_only) != 0) fail(what);
    std::string text;
    std::array<char, 4096> chunk{};
    for (;;) {
        const auto count = ::read(file.number, chunk.data(), chunk.size());
        if (count < 0 && errno != EINTR) fail(what);
        if (count == 0) return text;
        if (count > 0) text.append(chunk.data(), static_cast<std::size_t>(count));
    }
}

void move_side_files(const std::string& from, const std::string& to) {
    for (const char* side : side_files)
        if (fs::exists(from + side)) move_durably(from + side, to + side, true);
}

void remove_database(const std::string& path) {
    fs::remove(path);
    for (const char* side : side_files) fs::remove(path + side);
    fs::remove(path + "-journal");  // of a copy that SQLite wrote by itself
}

std::string time_for_name() {
    return fmt::format("{:%Y-%m-%dT%H%M%SZ}", fmt::gmtime(std::time(nullptr)));
}

}  // namespace baytime::store
