// Putting another file in a journal's place is killed at each of its steps: the next start has one of the two, whole,
// and the old journal has its log beside it.
#include "tests/store/cut_off.hpp"
#include "board/store/journal.hpp"
#include "board/store/restore.hpp"
#include "tests/store/cars.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
using store::Journal;

namespace fs = std::filesystem;

namespace {

/// A journal of 20 events as a killed daemon left it, the newer half in its log alone; a copy of the first 10.
struct Killed {
    TempDir dir;
    std::string copy = dir.path() / "copy.db";
    fs::path left = dir.path() / "left";
    Killed() {
        const auto path = (dir.path() / "journal.db").string();
        {
            const auto journal = Journal::open(path, "");
            journal->append(cars(1, 10), {});
            journal->backup(copy);
        }
        const auto journal = Journal::open(path, "");
        journal->append(cars(11, 20), {});
        fs::create_directories(left);
        for (const char* end : {"", "-wal"}) fs::copy_file(path + end, left / ("journal.db" + std::string(end)));
    }
    void put(const fs::path& home) const { fs::copy(left, home); }
};

/// The files there with this in their names, without side files.
std::vector<std::string> set_aside(const fs::path& home, const std::string& mark) {
    std::vector<std::string> out;
    for (const auto& name : names_in(home))
        if (name.find(mark) != name.npos && !name.ends_with("-wal") && !name.ends_with("-shm"))
            out.push_back(home / name);
    return out;
}

void check_no_rest(const fs::path& home) {
    for (const auto& name : names_in(home)) {
        CHECK_THAT(name, !Catch::Contains(".restoring"));
        CHECK_THAT(name, !Catch::Contains(".replacing"));
    }
}

constexpr int fewest_steps = 12;

}  // namespace

TEST_CASE_METHOD(Killed, "a restore that is killed at any step leaves one of the two journals, and the old one whole",
                 "[store][restore]") {
    int step = 0;
    for (bool cut = true; cut; ++step) {
        CAPTURE(step);
        const TempDir home;
        put(home.path());
        const auto path = (home.path() / "journal.db").string();
        cut = cut_off_at(step, [&] { store::restore(path, copy); });
        const auto events = lines(*Journal::open(path, ""));
        check_no_rest(home.path());
        const auto aside = set_aside(home.path(), ".replaced-");
        REQUIRE(set_aside(home.path(), ".damaged-").empty());
        if (aside.empty()) {
            REQUIRE(cut);
            REQUIRE(events == lines(cars(1, 20)));
        } else {
            REQUIRE(aside.size() == 1);
            REQUIRE(events == lines(cars(1, 10)));
            REQUIRE(lines(*Journal::open_to_read(aside.front())) == lines(cars(1, 20)));
        }
    }
    CHECK(step > fewest_steps);
}

TEST_CASE_METHOD(Killed, "a rescue that is killed at any step keeps the damaged journal and its log together",
                 "[store][restore]") {
    const bool with_copy = GENERATE(true, false);
    CAPTURE(with_copy);
    write_bytes(left / "journal.db", "this is no database any more, not at all");
    fs::create_directories(dir.path() / "backups");
    if (with_copy) fs::copy_file(copy, dir.path() / "backups" / "copy.db");
    int step = 0;
    for (bool cut = true; cut; ++step) {
        CAPTURE(step);
        const TempDir home;
        put(home.path());
        const auto path = (home.path() / "journal.db").string();
        const auto open = [&] { return Journal::open(path, dir.path() / "backups"); };
        cut = cut_off_at(step, [&] { open(); });
        REQUIRE(lines(*open()) == lines(with_copy ? cars(1, 10) : std::vector<Event>{}));
        check_no_rest(home.path());
        const auto aside = set_aside(home.path(), ".damaged-");
        REQUIRE(aside.size() == 1);
        REQUIRE(bytes_of(aside.front()) == bytes_of(left / "journal.db"));
        REQUIRE(fs::exists(aside.front() + "-wal"));
    }
    CHECK(step > fewest_steps);
}

TEST_CASE_METHOD(Killed, "where no journal is, a restore that is killed puts no half file in the place",
                 "[store][restore]") {
    bool taken = false;
    int step = 0;
    for (bool cut = true; cut; ++step) {
        CAPTURE(step);
        const TempDir home;
        const auto path = (home.path() / "journal.db").string();
        cut = cut_off_at(step, [&] { store::restore(path, copy); });
        const auto events = lines(*Journal::open(path, ""));
        check_no_rest(home.path());
        REQUIRE((events.empty() || events == lines(cars(1, 10))));
        REQUIRE((cut || !events.empty()));
        taken = taken || !events.empty();
    }
    CHECK(taken);
    CHECK(step > fewest_steps);
}

TEST_CASE_METHOD(Killed, "a copy that holds more than the journal is named at the start", "[store]") {
    const auto path = (dir.path() / "there" / "journal.db").string(), backups = (dir.path() / "backups").string();
    fs::create_directories(backups);
    fs::create_directories(dir.path() / "there");
    put(dir.path() / "there");
    const auto kept = backups + "/a.db";
    Journal::open(path, backups)->backup(kept);
    CHECK(Journal::open(path, backups)->opening().newer_copy.empty());
    const auto behind = [&] { return Journal::open(path, backups)->opening(); };
    SECTION("the journal is gone") {
        fs::remove(path);
        const auto found = behind();
        CHECK(found.newer_copy == kept);
        CHECK(found.newer_copy_events == 20);
        CHECK(found.created);
    }
    SECTION("its log was cut off") {
        fs::remove_all(dir.path() / "there");
        fs::create_directories(dir.path() / "there");
        fs::copy_file(left / "journal.db", path);
        const auto found = behind();
        CHECK(found.newer_copy == kept);
        CHECK(found.events < 20);
        CHECK(found.damaged.empty());
    }
    SECTION("not when that copy is damaged") {
        fs::remove(path);
        fs::resize_file(kept, fs::file_size(kept) / 2);
        CHECK(behind().newer_copy.empty());
    }
    SECTION("a log alone is damage, and the copy takes the place") {
        fs::remove(path);
        fs::copy_file(left / "journal.db-wal", path + "-wal");
        const auto found = behind();
        CHECK(found.restored_from == kept);
        CHECK(found.damage == "the journal's file was gone, and only its log lay there");
        CHECK(fs::exists(found.damaged + "-wal"));
        CHECK(found.events == 20);
        CHECK(found.newer_copy.empty());
    }
}
