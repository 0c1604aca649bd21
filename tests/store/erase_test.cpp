// Erased names leave the journal, its write-ahead log and the answers; everything else stays, and the file verifies.
#include "board/core/erase.hpp"
#include "board/core/alert.hpp"
#include "board/core/board.hpp"
#include "board/store/backup.hpp"
#include "board/store/check.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::store;
using support::lines;

namespace {

const Instant morning{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};

Event event(std::uint64_t seq, const std::string& order, Fact fact) {
    const auto at = morning + std::chrono::minutes{seq};
    return {.seq = seq, .at = at, .received = at, .who = "201", .cause = "c", .order = order, .fact = std::move(fact)};
}

/// Two cars in and out, the same owner.
std::vector<Event> two_visits() {
    std::vector<Event> out;
    for (const std::string order : {"R1", "R2"}) {
        const auto add = [&](Fact fact) { out.push_back(event(out.size() + 1, order, std::move(fact))); };
        add(Received{.plate = "沪A54321",
                     .model = "Lavida",
                     .promise = morning,
                     .customer = "欧阳娜娜",
                     .phone = "13912345678"});
        add(Contacted{.who = "欧阳娜娜", .text = "欧阳娜娜 comes at five"});
        add(Corrected{.phone = "13912345679"});
        add(MadeReady{});
        add(Delivered{.rule = 1, .promise = morning});
        add(CalledBack{.text = "欧阳娜娜 is glad"});
    }
    return out;
}

Board board_of(Journal& journal) {
    Board board;
    journal.read(0, [&board](const Event& one) {
        apply(board, one);
        return true;
    });
    return board;
}

std::string all_bytes(const support::TempDir& dir) {
    std::string out;
    for (const auto& name : support::names_in(dir.path())) {
        if (name.starts_with("journal.db")) out += support::bytes_of(dir.path() / name);
    }
    return out;
}

}  // namespace

TEST_CASE("an erased order keeps its events without its people, and replay gives the board as it stood", "[erase]") {
    const support::TempDir dir;
    const auto path = (dir.path() / "journal.db").string();
    const auto events = two_visits();
    const Answer first{.key = "k1",
                       .received = morning,
                       .command = "receive 201 {\"order\":\"R1\",\"plate\":\"沪A54321\"}",
                       .reply = "{}"};
    const Answer other{
        .key = "k2", .received = morning, .command = "receive 201 {\"order\":\"R2\",\"plate\":\"x\"}", .reply = "{}"};
    const auto journal = Journal::open(path, (dir.path() / "backups").string());
    journal->append(events, std::vector{first, other});
    Board live = board_of(*journal);

    const auto erased = event(events.size() + 1, "R1", Erased{});
    journal->append(std::vector{erased}, {});
    apply(live, erased);
    CHECK(board_of(*journal) == live);
    CHECK(live.find("R1")->plate.empty());
    CHECK_FALSE(tells_person(*live.find("R1")));
    CHECK(live.find("R2")->plate == "沪A54321");
    CHECK_FALSE(journal->answer("k1"));
    CHECK(journal->answer("k2"));
    CHECK(journal->history("R1", 100).size() == 7);
    // The other car's events are what they were.
    const auto now = lines(*journal), before = lines(events);
    CHECK(std::vector(now.begin() + 6, now.begin() + 12) == std::vector(before.begin() + 6, before.begin() + 12));
    CHECK(examine(path, Use::examine).condition == Condition::good);
}

TEST_CASE("after a scrub no byte of an erased name is left in the journal's files", "[erase]") {
    const support::TempDir dir;
    const auto path = (dir.path() / "journal.db").string();
    const auto events = two_visits();
    const auto journal = Journal::open(path, (dir.path() / "backups").string());
    journal->append(events, {});
    // Many pages, so that there is something to move about.
    std::vector<Event> more;
    for (std::uint64_t i = 0; i < 3000; ++i) {
        auto one = support::sample_event(i + 1);
        one.seq = events.size() + i + 1;
        more.push_back(one);
    }
    journal->append(more, {});
    auto next = events.size() + more.size();
    journal->append(std::vector{event(++next, "R1", Erased{}), event(++next, "R2", Erased{})}, {});
    journal->scrub();
    const auto bytes = all_bytes(dir);
    for (const char* name : {"沪A54321", "欧阳娜娜", "13912345678", "13912345679"}) {
        CAPTURE(name);
        CHECK(bytes.find(name) == std::string::npos);
    }
    CHECK(bytes.find("Lavida") != std::string::npos);
    CHECK(examine(path, Use::examine).condition == Condition::good);
    CHECK(examine(path, Use::examine).events == next);
}

TEST_CASE("a reader in the way of a scrub is said, and the next one goes through", "[erase]") {
    const support::TempDir dir;
    const auto path = (dir.path() / "journal.db").string();
    const auto journal = Journal::open(path, (dir.path() / "backups").string());
    auto events = two_visits();
    events.push_back(event(events.size() + 1, "R1", Erased{}));
    events.push_back(event(events.size() + 1, "R2", Erased{}));
    journal->append(events, {});
    {
        SQLite::Database reader(path, SQLite::OPEN_READWRITE);
        SQLite::Statement open(reader, "SELECT seq FROM event");
        REQUIRE(open.executeStep());
        CHECK_THROWS_AS(journal->scrub(), std::runtime_error);
    }
    journal->scrub();
    CHECK(all_bytes(dir).find("欧阳娜娜") == std::string::npos);
}

TEST_CASE("a copy is written anew without the names that were forgotten since, and is still the same record",
          "[erase]") {
    const support::TempDir dir;
    const auto path = (dir.path() / "journal.db").string(), copy = (dir.path() / "copy.db").string(),
               anew = (dir.path() / "anew.db").string();
    const auto journal = Journal::open(path, (dir.path() / "backups").string());
    auto events = two_visits();
    const auto before = events.size();
    journal->append(events, {});
    write_backup(path, copy);
    CHECK(write_forgetting(path, copy, anew, true) == 0);
    CHECK_FALSE(std::filesystem::exists(anew));

    // R1 went by its age, R2 because somebody asked.
    auto by_age = event(before + 1, "R1", Erased{});
    by_age.who = system_person;
    journal->append(std::vector{by_age, event(before + 2, "R2", Erased{})}, {});
    CHECK(write_forgetting(path, copy, anew, false) == 1);
    CHECK(support::bytes_of(anew).find("欧阳娜娜") != std::string::npos);  // of R1
    CHECK(write_forgetting(path, copy, anew, true) == 2);
    for (const char* name : {"沪A54321", "欧阳娜娜", "13912345678", "13912345679"}) {
        CAPTURE(name);
        CHECK(support::bytes_of(copy).find(name) != std::string::npos);
        CHECK(support::bytes_of(anew).find(name) == std::string::npos);
    }
    CHECK(examine(anew, Use::still).events == before);
    CHECK_FALSE(std::filesystem::exists(anew + "-wal"));

    // What it replays to is what the journal replays to at the same event.
    Board board;
    journal->read(0, [&](const Event& one) {
        if (one.seq > before) return false;
        apply(board, one);
        return true;
    });
    CHECK(board_of(*Journal::open_to_read(anew)) == board);
}
