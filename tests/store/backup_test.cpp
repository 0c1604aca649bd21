#include "board/store/backup.hpp"
#include "board/store/journal.hpp"
#include "tests/store/by_another.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <thread>

using namespace baytime;
using namespace baytime::support;
using store::Journal;

namespace {

struct Fixture {
    TempDir dir;
    std::string path = dir.path() / "journal.db";
    std::string backups = dir.path() / "backups";
    std::unique_ptr<Journal> open() const { return Journal::open(path, backups); }
    std::string backup(const std::string& name) const { return backups + "/" + name; }
    void ruin() const { write_bytes(path, "this is no database, it only looks like a file of some length"); }
};

/// Makes `newer` the newest file, whatever the clock's resolution.
void make_newer(const std::string& newer, const std::string& older) {
    using namespace std::chrono_literals;
    std::filesystem::last_write_time(newer, std::filesystem::last_write_time(older) + 1h);
}

}  // namespace

TEST_CASE_METHOD(Fixture, "a backup of a running journal is a complete journal of its own", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, 50),
                    std::vector{store::Answer{.key = "k", .received = {}, .command = "c", .reply = "{}"}});
    journal->backup(backup("a.db"));
    journal->append(sample_events(51, 60), {});
    CHECK(names_in(backups) == std::vector<std::string>{"a.db"});

    const auto copy = Journal::open(backup("a.db"), "");
    CHECK(lines(*copy) == lines(sample_events(1, 50)));
    CHECK(copy->answer("k"));
    CHECK(lines(*journal) == lines(sample_events(1, 60)));
}

TEST_CASE_METHOD(Fixture, "a backup never overwrites a file", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, 5), {});
    journal->backup(backup("a.db"));
    const std::string before = bytes_of(backup("a.db"));
    journal->append(sample_events(6, 7), {});
    CHECK(error_of([&] { journal->backup(backup("a.db")); }) ==
          "no backup written: " + backup("a.db") + " is there already");
    CHECK(bytes_of(backup("a.db")) == before);
}

TEST_CASE_METHOD(Fixture, "a backup that cannot be written says so and leaves nothing", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, 5), {});
    write_bytes(dir.path() / "file", "in the way");
    const std::string error = error_of([&] { journal->backup((dir.path() / "file" / "a.db").string()); });
    CHECK_THAT(error, Catch::StartsWith("no backup written: "));
    CHECK_FALSE(std::filesystem::exists(backups));
    journal->append(sample_events(6, 7), {});
    CHECK(lines(*journal) == lines(sample_events(1, 7)));
}

TEST_CASE_METHOD(Fixture, "a backup that is abandoned leaves nothing, and the next one is whole", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, 500), {});
    const bool at_once = GENERATE(true, false);
    std::stop_source source;
    if (at_once) source.request_stop();
    std::string failed;
    std::thread second(
        [&] { failed = error_of([&] { store::write_backup(path, backup("a.db"), source.get_token()); }); });
    source.request_stop();
    second.join();
    CAPTURE(failed, at_once);
    CHECK((failed == "no backup written: it was abandoned" || (failed.empty() && !at_once)));
    for (const std::string& name : names_in(backups)) CHECK((name == "a.db" && failed.empty()));
    journal->backup(backup("b.db"));
    CHECK(lines(*Journal::open_to_read(backup("b.db"))) == lines(sample_events(1, 500)));
}

TEST_CASE_METHOD(Fixture, "a second thread may back up while the first goes on storing", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, 500), {});
    std::string failed;
    std::thread second([&] {
        for (int i = 0; i < 5; ++i) failed += error_of([&] { journal->backup(backup(std::to_string(i) + ".db")); });
    });
    for (std::uint64_t seq = 501; seq <= 700; ++seq) journal->append(std::vector{sample_event(seq)}, {});
    second.join();
    CHECK(failed.empty());
    CHECK(lines(*journal) == lines(sample_events(1, 700)));
    for (const std::string& name : names_in(backups)) {
        const auto copy = lines(*Journal::open_to_read(backup(name)));
        CHECK(copy.size() >= 500);
        CHECK(copy == lines(sample_events(1, copy.size())));
    }
}

TEST_CASE_METHOD(Fixture, "a damaged journal is set aside and its newest good backup takes its place", "[store]") {
    {
        const auto journal = open();
        journal->append(sample_events(1, 10), {});
        journal->backup(backup("zz-old.db"));
        journal->append(sample_events(11, 20), {});
        journal->backup(backup("aa-new.db"));
        journal->append(sample_events(21, 25), {});
    }
    make_newer(backup("aa-new.db"), backup("zz-old.db"));
    ruin();
    const std::string ruined = bytes_of(path);
    const auto journal = open();
    const auto& said = journal->opening();
    CHECK(said.restored_from == backup("aa-new.db"));
    CHECK_THAT(said.damaged, Catch::StartsWith(path + ".damaged-20"));
    CHECK(said.damage == "file is not a database");
    CHECK(said.events == 20);
    CHECK_FALSE(said.created);
    CHECK(bytes_of(said.damaged) == ruined);
    CHECK(lines(*journal) == lines(sample_events(1, 20)));
    journal->append(sample_events(21, 22), {});
}

TEST_CASE_METHOD(Fixture, "the backup with the newest event is taken, whatever names and times of files say",
                 "[store]") {
    {
        const auto journal = open();
        journal->append(sample_events(1, 10), {});
        journal->backup(backup("journal-2099-03-01T030000Z.db"));
        journal->append(sample_events(11, 20), {});
        journal->backup(backup("journal-2026-11-20T030000Z.db"));
    }
    make_newer(backup("journal-2099-03-01T030000Z.db"), backup("journal-2026-11-20T030000Z.db"));
    ruin();
    const auto journal = open();
    CHECK(journal->opening().restored_from == backup("journal-2026-11-20T030000Z.db"));
    CHECK(lines(*journal) == lines(sample_events(1, 20)));
}

TEST_CASE_METHOD(Fixture, "a damaged, foreign or later backup is passed over", "[store]") {
    {
        const auto journal = open();
        journal->append(sample_events(1, 10), {});
        journal->backup(backup("good.db"));
        journal->append(sample_events(11, 20), {});
        journal->backup(backup("bad.db"));
    }
    make_newer(backup("bad.db"), backup("good.db"));
    SECTION("one byte flipped in an event") {
        std::string bytes = bytes_of(backup("bad.db"));
        const std::size_t at = bytes.find("technician");
        REQUIRE(at != std::string::npos);
        bytes[at] = 'T';
        write_bytes(backup("bad.db"), bytes);
    }
    SECTION("empty") {
        write_bytes(backup("bad.db"), "");
    }
    SECTION("of a later program") {
        by_hand(backup("bad.db"), "INSERT INTO schema_step VALUES (9, 'later', 0)");
    }
    SECTION("of a program that knew more, by one word of a fact") {
        written_by_another(backup("bad.db"), 12, "paused", R"({"v":1,"reason":"lunch"})");
    }
    SECTION("of another program") {
        write_bytes(backup("bad.db"), "");
        by_hand(backup("bad.db"), "CREATE TABLE bookmark (url TEXT)");
    }
    SECTION("half copied") {
        std::filesystem::resize_file(backup("bad.db"), std::filesystem::file_size(backup("bad.db")) / 2);
    }
    make_newer(backup("bad.db"), backup("good.db"));
    ruin();
    const auto journal = open();
    CHECK(journal->opening().restored_from == backup("good.db"));
    CHECK(lines(*journal) == lines(sample_events(1, 10)));
}

TEST_CASE_METHOD(Fixture, "a backup of an older schema is restored and upgraded", "[store]") {
    open()->append(sample_events(1, 3), {});
    std::filesystem::create_directories(backups);
    std::filesystem::copy_file(support::source("tests/store/old/journal-v1.db"), backup("old.db"));
    ruin();
    const auto journal = open();
    CHECK(journal->opening().restored_from == backup("old.db"));
    CHECK(journal->opening().upgraded_from == 1);
    CHECK(journal->opening().events == 12);
}

TEST_CASE_METHOD(Fixture, "without a good backup a damaged journal makes room for an empty one", "[store]") {
    open()->append(sample_events(1, 10), {});
    ruin();
    const auto journal = open();
    CHECK_FALSE(journal->opening().damaged.empty());
    CHECK(std::filesystem::exists(journal->opening().damaged));
    CHECK(journal->opening().restored_from.empty());
    CHECK(journal->opening().events == 0);
    journal->append(sample_events(1, 2), {});
}

TEST_CASE_METHOD(Fixture, "two damaged files of one second get two names", "[store]") {
    open()->append(sample_events(1, 10), {});
    ruin();
    const std::string first = open()->opening().damaged;
    ruin();
    const std::string second = open()->opening().damaged;
    CHECK(first != second);
    CHECK(std::filesystem::exists(first));
    CHECK(std::filesystem::exists(second));
}

TEST_CASE_METHOD(Fixture, "a rescue that a power cut interrupted is finished at the next start", "[store]") {
    {
        const auto journal = open();
        journal->append(sample_events(1, 10), {});
        journal->backup(path + ".restoring");
    }
    SECTION("after the damaged file was moved, before the backup was") {
        std::filesystem::remove(path);
        write_bytes(path + "-wal", "left behind");
        const auto journal = open();
        CHECK(journal->opening().restored_from == path + ".restoring");
        CHECK_FALSE(journal->opening().damaged.empty());
        CHECK(lines(*journal) == lines(sample_events(1, 10)));
    }
    SECTION("before the damaged file was moved") {
        ruin();
        const auto journal = open();
        CHECK(journal->opening().restored_from.empty());
        CHECK(journal->opening().events == 0);
    }
    CHECK_FALSE(std::filesystem::exists(path + ".restoring"));
}
