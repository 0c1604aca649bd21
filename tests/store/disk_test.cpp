// What is said when the file, the directory or the disk does not let the journal work; and the one writer.
#include "board/store/connection.hpp"
#include "board/store/journal.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/temp_dir.hpp"

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <functional>

using namespace baytime;
using namespace baytime::support;
using store::Journal;

namespace {

/// Runs `work` in a child process and returns what it threw there. A child that dies is a text of its own.
std::string error_in_child(const std::function<void()>& work) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const std::string error = error_of(work);
        const auto written = ::write(ends[1], error.data(), error.size());
        ::_exit(written == static_cast<ssize_t>(error.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    std::string error;
    std::array<char, 512> part{};
    for (ssize_t count = 0; (count = ::read(ends[0], part.data(), part.size())) > 0;)
        error.append(part.data(), static_cast<std::size_t>(count));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? error : "the child died";
}

/// Root may write everywhere, so the child becomes nobody.
void become_nobody() {
    constexpr uid_t nobody = 65534;
    if (::getuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) ::_exit(3);
}

}  // namespace

TEST_CASE("a second process on the same journal is refused with the name of the first", "[store]") {
    const TempDir dir;
    const std::string path = dir.path() / "journal.db";
    const auto journal = Journal::open(path, "");
    journal->append(sample_events(1, 3), {});
    const std::string expected = path + " is in use by process " + std::to_string(::getpid()) +
                                 ": stop that one first, or give this one another file";
    CHECK(error_in_child([&] { Journal::open(path, ""); }) == expected);
    std::filesystem::create_symlink(path, dir.path() / "link.db");
    CHECK(error_in_child([&] { Journal::open(dir.path() / "link.db", ""); }) == expected);
    journal->append(sample_events(4, 5), {});
    CHECK(lines(*journal) == lines(sample_events(1, 5)));
}

TEST_CASE("a journal that was closed may be opened by another process", "[store]") {
    const TempDir dir;
    const std::string path = dir.path() / "journal.db";
    Journal::open(path, "")->append(sample_events(1, 3), {});
    CHECK(error_in_child([&] { Journal::open(path, "")->append(sample_events(4, 5), {}); }).empty());
    CHECK(lines(*Journal::open(path, "")) == lines(sample_events(1, 5)));
}

TEST_CASE("a read-only place is named in a sentence", "[store]") {
    const TempDir dir;
    const std::string path = dir.path() / "journal.db";
    Journal::open(path, "")->append(sample_events(1, 3), {});
    namespace fs = std::filesystem;
    const auto open = [&] {
        become_nobody();
        Journal::open(path, "");
    };
    fs::permissions(dir.path(), fs::perms{0555});
    fs::remove(path + ".lock");
    CHECK(error_in_child(open) == "cannot write the lock file " + path + ".lock: Permission denied");
    fs::permissions(dir.path(), fs::perms{0777});
    fs::permissions(path, fs::perms{0444});
    CHECK(error_in_child(open) == path + " is read-only: this user may not write to it or to its directory");
    const auto elsewhere = [&] {
        become_nobody();
        Journal::open("/proc/baytime/journal.db", "");
    };
    CHECK_THAT(error_in_child(elsewhere), Catch::StartsWith("the journal /proc/baytime/journal.db cannot be used: "));
    fs::permissions(path, fs::perms{0644});
    CHECK(lines(*Journal::open(path, "")) == lines(sample_events(1, 3)));
}

TEST_CASE("a name that can be no journal is refused", "[store]") {
    const TempDir dir;
    CHECK(error_of([] { Journal::open("", ""); }) == "the journal has no file name: set [store] path");
    CHECK(error_of([&] { Journal::open(dir.path(), ""); }) ==
          dir.path().string() + " is a directory, not a journal file");
}

TEST_CASE("every failure of SQLite becomes a sentence that names the file", "[store]") {
    struct Case {
        int code;
        const char* sentence;
    };
    const auto c = GENERATE(values<Case>({
        {SQLITE_FULL, "the disk is full: nothing more fits into j.db; free some space on its file system"},
        {SQLITE_READONLY, "j.db is read-only: this user may not write to it or to its directory"},
        {SQLITE_CANTOPEN, "j.db cannot be opened: is it there, and may this user read and write it?"},
        {SQLITE_BUSY, "j.db is locked by another program: is it open in sqlite3?"},
        {SQLITE_CORRUPT, "j.db is damaged: message"},
        {SQLITE_NOTADB, "j.db is damaged: message"},
        {SQLITE_IOERR, "the disk that holds j.db failed: message"},
        {SQLITE_IOERR_FSYNC, "the disk that holds j.db failed: message"},
        {SQLITE_CONSTRAINT, "j.db: message"},
    }));
    CHECK(store::sentence(SQLite::Exception("message", c.code), "j.db") == c.sentence);
}

TEST_CASE("a write that fails half-way stores nothing, and the journal works on when it can", "[store]") {
    const TempDir dir;
    const std::string path = dir.path() / "journal.db";
    const auto error = error_in_child([&] {
        const auto journal = Journal::open(path, "");
        journal->append(sample_events(1, 3), {});
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit tight{.rlim_cur = 96 * 1024, .rlim_max = RLIM_INFINITY};
        const rlimit free{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
        if (::setrlimit(RLIMIT_FSIZE, &tight) != 0) ::_exit(3);
        const std::string failed = error_of([&] { journal->append(sample_events(4, 5000), {}); });
        if (::setrlimit(RLIMIT_FSIZE, &free) != 0) ::_exit(3);
        if (lines(*journal) != lines(sample_events(1, 3))) throw std::runtime_error("not rolled back: " + failed);
        journal->append(sample_events(4, 6), {});
        throw std::runtime_error(failed);
    });
    CHECK_THAT(error, Catch::StartsWith("not stored: the disk that holds " + path + " failed: "));
    CHECK(lines(*Journal::open(path, "")) == lines(sample_events(1, 6)));
}
