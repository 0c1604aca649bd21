// The list of events by order is brought up to date in steps; whoever asks for an order sees all of it all the same.
#include "board/store/order_list.hpp"

#include "board/store/backup.hpp"
#include "board/store/journal.hpp"
#include "board/store/schema.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>

using namespace baytime;
using namespace baytime::support;
using store::Journal;
using store::max_unlisted;

namespace {

constexpr std::uint64_t many = 5 * max_unlisted / 2;

std::vector<std::uint64_t> numbers(const std::vector<Event>& events) {
    std::vector<std::uint64_t> out;
    for (const Event& event : events) out.push_back(event.seq);
    return out;
}

/// All sample events up to `last` are stored.
void check_histories(Journal& journal, std::uint64_t last) {
    CAPTURE(last);
    std::map<std::string, std::vector<std::uint64_t>> all;
    for (std::uint64_t seq = 1; seq <= last; ++seq) all[sample_event(seq).order].push_back(seq);
    for (const auto& [order, expected] : all) {
        REQUIRE(numbers(journal.history(order, last)) == expected);
        if (expected.size() < 3) continue;
        REQUIRE(numbers(journal.history(order, 3)) == std::vector(expected.end() - 3, expected.end()));
    }
    REQUIRE(journal.history("R-nobody", last).empty());
}

struct Fixture {
    TempDir dir;
    std::string path = dir.path() / "journal.db";
    std::unique_ptr<Journal> open() const { return Journal::open(path, dir.path() / "backups"); }
    int listed() const { return SQLite::Database(path).execAndGet("SELECT count(*) FROM event_by_order").getInt(); }
};

/// As the program before the list left it.
constexpr const char* older =
    "DROP TABLE event_by_order; DROP TABLE event_by_order_until; CREATE INDEX event_order ON event (order_no); "
    "DELETE FROM schema_step WHERE step = 4";

}  // namespace

TEST_CASE_METHOD(Fixture, "an order's history is whole at every step of the list, for writer and reader", "[store]") {
    auto journal = open();
    const auto reader = Journal::open_to_read(path);
    std::mt19937 random(20261128);
    for (std::uint64_t last = 0; last < many;) {
        const auto next = std::min(many, last + 1 + random() % 200);
        journal->append(sample_events(last + 1, next), {});
        last = next;
        check_histories(*journal, last);
        check_histories(*reader, last);
        if (random() % 4 == 0) {
            journal.reset();
            journal = open();
            check_histories(*journal, last);
        }
    }
    CHECK(listed() >= static_cast<int>(many - max_unlisted));
    CHECK(listed() < static_cast<int>(many));
}

TEST_CASE_METHOD(Fixture, "a step of the list that fails with its commit is taken with a later one", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, max_unlisted - 1),
                    std::vector{store::Answer{.key = "taken", .received = {}, .command = "c", .reply = "{}"}});
    const std::vector twice{store::Answer{.key = "taken", .received = {}, .command = "d", .reply = "{}"}};
    const auto next = sample_events(max_unlisted, max_unlisted + 1);
    CHECK_THAT(error_of([&] { journal->append(next, twice); }), Catch::StartsWith("not stored: "));
    CHECK(listed() == 0);
    check_histories(*journal, max_unlisted - 1);
    journal->append(next, {});
    CHECK(listed() == static_cast<int>(max_unlisted) + 1);
    check_histories(*journal, max_unlisted + 1);
}

TEST_CASE_METHOD(Fixture, "a list that was changed from outside is made anew, and no event is lost", "[store]") {
    open()->append(sample_events(1, max_unlisted + 20), {});
    const auto* sql = GENERATE("DELETE FROM event_by_order WHERE seq = 17",
                               "UPDATE event_by_order SET order_no = 'R1' WHERE seq = 17",
                               "UPDATE event_by_order SET seq = 90000 WHERE seq = 17",
                               "UPDATE event_by_order SET seq = 19 - seq WHERE seq IN (9, 10)",
                               "DELETE FROM event_by_order_until", "UPDATE event_by_order_until SET seq = 17",
                               "UPDATE event_by_order_until SET seq = 90000", "DELETE FROM event_by_order");
    CAPTURE(sql);
    by_hand(path, sql);
    {
        const auto journal = open();
        CHECK(journal->opening().listed_anew);
        CHECK(journal->opening().damaged.empty());
        CHECK(lines(*journal) == lines(sample_events(1, max_unlisted + 20)));
        check_histories(*journal, max_unlisted + 20);
        journal->append(sample_events(max_unlisted + 21, many), {});
        check_histories(*journal, many);
    }
    const auto journal = open();
    CHECK_FALSE(journal->opening().listed_anew);
    check_histories(*journal, many);
}

TEST_CASE_METHOD(Fixture, "a journal with an index gets the list instead", "[store]") {
    open()->append(sample_events(1, many), {});
    by_hand(path, older);
    const auto journal = open();
    CHECK(journal->opening().upgraded_from == 3);
    CHECK_FALSE(journal->opening().listed_anew);
    CHECK(listed() == static_cast<int>(many));
    check_histories(*journal, many);
    CHECK(SQLite::Database(path).execAndGet("SELECT count(*) FROM sqlite_master WHERE name = 'event_order'").getInt() ==
          0);
}

TEST_CASE_METHOD(Fixture, "names are forgotten in listed events, in others, and in copies from before the list",
                 "[store]") {
    const auto received = [](std::uint64_t seq) {
        Event event = sample_event(seq);
        event.order = "R-HIM";
        event.fact = Received{.plate = "沪H7MPQ9", .model = "朗逸", .customer = "欧阳忘", .phone = "13877776666"};
        return event;
    };
    const auto journal = open();
    auto events = sample_events(1, max_unlisted + 20);
    events.front() = received(1);
    journal->append(events, {});
    journal->append(std::vector{received(max_unlisted + 21)}, {});
    CHECK(listed() == static_cast<int>(max_unlisted) + 20);
    const auto copy = (dir.path() / "copy.db").string(), anew = (dir.path() / "anew.db").string();
    journal->backup(copy);
    by_hand(copy, older);

    Event erased = sample_event(max_unlisted + 22);
    erased.order = "R-HIM";
    erased.fact = Erased{};
    journal->append(std::vector{erased}, {});
    const auto names = "SELECT count(*) FROM event WHERE instr(payload, '沪H7MPQ9') OR instr(payload, '欧阳忘')";
    CHECK(SQLite::Database(path).execAndGet(names).getInt() == 0);
    CHECK(store::write_forgetting(path, copy, anew, true) == 1);
    CHECK(SQLite::Database(copy).execAndGet(names).getInt() == 2);
    CHECK(SQLite::Database(anew).execAndGet(names).getInt() == 0);
}
