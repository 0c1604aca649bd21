// A copy put back by hand.
#include "board/store/restore.hpp"
#include "board/store/journal.hpp"
#include "board/store/log_space.hpp"
#include "tests/store/cars.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <fstream>

using namespace baytime;
using namespace baytime::support;
using store::Journal;

namespace {

/// A journal of 20 events and a copy from when it had 10.
struct Fixture {
    TempDir dir;
    std::string path = dir.path() / "journal.db";
    std::string copy = dir.path() / "backups" / "copy.db";
    Fixture() {
        const auto journal = Journal::open(path, "");
        journal->append(cars(1, 10), {});
        journal->backup(copy);
        journal->append(cars(11, 20), {});
    }
    std::string refusal() const {
        const auto before = bytes_of(path);
        auto why = error_of([this] { store::restore(path, copy); });
        CHECK(bytes_of(path) == before);
        CHECK_FALSE(std::filesystem::exists(path + ".restoring"));
        return why;
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a restored copy is the journal, and the one before is kept", "[store][restore]") {
    const auto done = store::restore(path, copy);
    CHECK(done.events == 10);
    CHECK(done.newest == cars(10, 10).front().received);
    CHECK_THAT(done.set_aside, Catch::StartsWith(path + ".replaced-20"));
    CHECK(lines(*Journal::open_to_read(done.set_aside)) == lines(cars(1, 20)));
    const auto journal = Journal::open(path, "");
    CHECK(lines(*journal) == lines(cars(1, 10)));
    CHECK(journal->opening().damaged.empty());
    journal->append(cars(11, 12), {});
    CHECK(lines(*Journal::open_to_read(copy)) == lines(cars(1, 10)));
}

TEST_CASE_METHOD(Fixture, "a copy is restored where no journal is, and twice in a second", "[store][restore]") {
    const auto first = store::restore(path, copy), second = store::restore(path, copy);
    CHECK(first.set_aside != second.set_aside);
    std::filesystem::remove(path);
    CHECK(store::restore(path, copy).set_aside.empty());
    CHECK(lines(*Journal::open(path, "")) == lines(cars(1, 10)));
}

TEST_CASE_METHOD(Fixture, "a damaged, foreign, later or missing copy is refused and nothing changes",
                 "[store][restore]") {
    std::string bytes = bytes_of(copy);
    SECTION("one byte flipped in an event") {
        bytes[bytes.find("Lavida")] = 'M';
        write_bytes(copy, bytes);
        CHECK_THAT(refusal(), Catch::Contains("nothing was changed: it is damaged: event "));
    }
    SECTION("half of it") {
        write_bytes(copy, bytes.substr(0, bytes.size() / 2));
        CHECK_THAT(refusal(), Catch::Contains("it is damaged"));
    }
    SECTION("empty") {
        write_bytes(copy, "");
        CHECK_THAT(refusal(), Catch::Contains("the file is empty"));
    }
    SECTION("an event taken out") {
        by_hand(copy, "DELETE FROM event WHERE seq = 5");
        CHECK_THAT(refusal(), Catch::Contains("event 5 is missing"));
    }
    SECTION("of a later program") {
        by_hand(copy, "INSERT INTO schema_step VALUES (99, 'later', 0)");
        CHECK_THAT(refusal(), Catch::Contains("a later version of Baytime wrote it"));
    }
    SECTION("of another program") {
        write_bytes(copy, "");
        by_hand(copy, "CREATE TABLE bookmark (url TEXT)");
        CHECK_THAT(refusal(), Catch::Contains("another program"));
    }
    SECTION("not there") {
        std::filesystem::remove(copy);
        CHECK_THAT(refusal(), Catch::Contains("there is no such file"));
    }
    SECTION("the journal itself") {
        copy = path;
        CHECK_THAT(refusal(), Catch::Contains("it is the journal itself"));
    }
}

TEST_CASE_METHOD(Fixture, "a journal in use is neither replaced nor taken as a copy", "[store][restore]") {
    const auto journal = Journal::open(path, "");
    CHECK_THAT(refusal(), Catch::Contains("is in use by process " + std::to_string(::getpid())));
    const std::string other = dir.path() / "other.db";
    const auto running = Journal::open(other, "");
    running->append(cars(1, 3), {});
    const auto why = error_of([&] { store::restore(dir.path() / "third.db", other); });
    CHECK_THAT(why, Catch::Contains("a -wal file with events lies beside it"));
}

TEST_CASE_METHOD(Fixture, "a log that was laid out and never used does not keep a copy from being restored",
                 "[store][restore]") {
    const std::string dead = dir.path() / "dead.db", left = dir.path() / "left.db";
    {
        const auto running = Journal::open(dead, "");
        running->append(cars(1, 3), {});
    }
    {
        const auto running = Journal::open(dead, "");
        store::lay_out_log(dead);
        // As a power cut leaves them.
        for (const char* end : {"", "-wal"}) std::filesystem::copy_file(dead + end, left + end);
    }
    CHECK(store::restore(path, left).events == 3);
}

TEST_CASE_METHOD(Fixture, "a copy of an older schema is restored and upgraded", "[store][restore]") {
    copy = support::source("tests/store/old/journal-v1.db");
    const auto done = store::restore(path, copy);
    CHECK(done.events > 0);
    CHECK(lines(*Journal::open(path, "")).size() == done.events);
}

TEST_CASE_METHOD(Fixture, "after a restore no rescue goes back to the record that was given up", "[store][restore]") {
    const auto backups = std::filesystem::path(copy).parent_path();
    const auto newer = (backups / "newer.db").string(), other = (backups / "notes.txt").string();
    Journal::open(path, "")->backup(newer);
    std::ofstream(other) << "no copy";
    const auto bytes = bytes_of(newer);
    const auto done = store::restore(path, copy);
    const auto aside = store::set_newer_aside(backups.string(), done.events);
    REQUIRE(aside.size() == 1);
    CHECK_THAT(aside.front(), Catch::StartsWith(newer + ".before-restore-20"));
    CHECK(bytes_of(aside.front()) == bytes);
    CHECK_FALSE(std::filesystem::exists(newer));
    CHECK(std::filesystem::exists(other));
    CHECK(store::set_newer_aside(backups.string(), done.events).empty());
    CHECK(store::set_newer_aside((backups / "missing").string(), 0).empty());
    std::ofstream(path, std::ios::trunc) << "damaged";
    const auto journal = Journal::open(path, backups.string());
    CHECK(journal->opening().restored_from == copy);
}
