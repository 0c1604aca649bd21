#include "board/store/connection.hpp"
#include "board/store/schema.hpp"
#include "tests/store/by_another.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
using store::Journal;

namespace {

const std::filesystem::path old_file = support::source("tests/store/old/journal-v1.db");

std::vector<std::string> tables_of(SQLite::Database& database) {
    std::vector<std::string> out;
    SQLite::Statement all(database, "SELECT sql FROM sqlite_master ORDER BY name");
    while (all.executeStep()) out.push_back(all.getColumn(0).getString());
    return out;
}

}  // namespace

TEST_CASE("a journal of schema 1 is upgraded and replays", "[store]") {
    const TempDir dir;
    const auto path = dir.path() / "journal.db";
    std::filesystem::copy_file(old_file, path);
    {
        const auto journal = Journal::open(path, dir.path() / "backups");
        CHECK(journal->opening().upgraded_from == 1);
        CHECK(journal->opening().events == 12);
        CHECK(journal->opening().damaged.empty());
        CHECK_FALSE(journal->opening().created);
        const auto all = lines(*journal);
        REQUIRE(all.size() == 12);
        CHECK(
            all[1] ==
            R"(2 1763690460000 1763690460000 301 c2 R1001 assigned {"v":1,"bay":"3","technician":"","parked":false})");
        CHECK_THAT(all[5], Catch::StartsWith("6 1763690760000 1763690760000 101 c6 R1001 delay_flagged {\"v\":1,"));
        CHECK_THAT(all[5], Catch::Contains(R"("text":"等机油滤芯","notice":"in_time")"));
        CHECK(journal->history("R1002", 10).size() == 1);

        journal->append(sample_events(13, 14),
                        std::vector{store::Answer{.key = "k", .received = {}, .command = "c", .reply = "{}"}});
        CHECK(journal->answer("k"));
    }
    const auto journal = Journal::open(path, dir.path() / "backups");
    CHECK(journal->opening().upgraded_from == 0);
    CHECK(journal->opening().events == 14);
}

TEST_CASE("a damaged journal of schema 1 is noticed before it is upgraded", "[store]") {
    const TempDir dir;
    const auto path = dir.path() / "journal.db";
    std::filesystem::copy_file(old_file, path);
    by_hand(path, "DELETE FROM event WHERE seq = 7");
    const auto journal = Journal::open(path, dir.path() / "backups");
    CHECK(journal->opening().damage == "event 7 is missing: 8 stands in its place");
    CHECK(journal->opening().events == 0);
}

TEST_CASE("a journal of schema 1 is not upgraded by one who only reads", "[store]") {
    const TempDir dir;
    const auto path = dir.path() / "journal.db";
    std::filesystem::copy_file(old_file, path);
    CHECK_THAT(error_of([&] { Journal::open_to_read(path); }), Catch::Contains("has schema 1"));
    SQLite::Database file = store::connect(path, store::Use::still);
    CHECK(store::schema_of(file) == 1);
}

TEST_CASE("the first schema step still makes the tables of the kept old file", "[store]") {
    const TempDir dir;
    SQLite::Database fresh = store::connect(dir.path() / "fresh.db", store::Use::create);
    store::upgrade(fresh, Instant{}, 1);
    SQLite::Database kept = store::connect(old_file, store::Use::still);
    CHECK(tables_of(fresh) == tables_of(kept));
}

TEST_CASE("a journal of a later program is refused and left as it is", "[store]") {
    const TempDir dir;
    const auto path = dir.path() / "journal.db";
    Journal::open(path, dir.path() / "backups")->append(sample_events(1, 3), {});
    SECTION("by its schema") {
        by_hand(path, "INSERT INTO schema_step VALUES (99, 'from the future', 0)");
    }
    SECTION("by the version of a payload") {
        written_by_another(path, 2, "received", R"({"v":2})");
    }
    SECTION("by a fact that this program does not know") {
        written_by_another(path, 2, "flown", R"({"v":1})");
    }
    const std::string before = bytes_of(path);
    const std::string error = error_of([&] { Journal::open(path, dir.path() / "backups"); });
    CHECK_THAT(error, Catch::StartsWith(path.string() + " is whole, but this version of Baytime cannot read it, "));
    CHECK_THAT(error, Catch::Contains("It was left as it is"));
    CHECK(bytes_of(path) == before);
    for (const std::string& name : names_in(dir.path())) CHECK_THAT(name, !Catch::Contains("damaged"));
}

TEST_CASE("a journal whose facts this program cannot read is whole: the replay is refused, and it is left as it is",
          "[store]") {
    const TempDir dir;
    const auto path = dir.path() / "journal.db";
    Journal::open(path, "")->append(sample_events(1, 3), {});
    written_by_another(path, 2, "paused", R"({"v":1,"reason":"lunch"})");
    const std::string before = bytes_of(path);
    {
        const auto journal = Journal::open(path, dir.path() / "backups");
        CHECK(journal->opening().damaged.empty());
        const std::string error = error_of([&] { lines(*journal); });
        CHECK_THAT(error, Catch::StartsWith(path.string() + " is whole, but this version of Baytime cannot read it, "));
        CHECK_THAT(error, Catch::Contains("event 2: ") && Catch::Contains("lunch") &&
                              Catch::EndsWith("put a copy from before it in its place: baytime restore FILE"));
    }
    CHECK(bytes_of(path) == before);
}

TEST_CASE("another program's database is refused and left as it is", "[store]") {
    const TempDir dir;
    const auto path = dir.path() / "bookmarks.db";
    {
        SQLite::Database other = store::connect(path, store::Use::create);
        other.exec("CREATE TABLE bookmark (url TEXT); INSERT INTO bookmark VALUES ('x')");
    }
    const std::string before = bytes_of(path);
    CHECK(error_of([&] { Journal::open(path, dir.path() / "backups"); }) ==
          path.string() +
              " is no Baytime journal: it is a database of another program. It was left as it is; name "
              "another file");
    CHECK(bytes_of(path) == before);
}
