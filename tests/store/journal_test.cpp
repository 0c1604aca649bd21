#include "board/store/journal.hpp"
#include "board/store/connection.hpp"
#include "board/store/log_space.hpp"
#include "board/store/schema.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/temp_dir.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <boost/crc.hpp>
#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
using store::Answer;
using store::Journal;

namespace {

Answer answer_to(const std::string& key, std::int64_t minute) {
    return {.key = key,
            .received = Instant{std::chrono::minutes{minute}},
            .command = "start R1023 bay=3",
            .reply = R"({"order":"R1023","state":"in_progress"})"};
}

struct Fixture {
    TempDir dir;
    std::string path = dir.path() / "journal.db";
    std::string backups = dir.path() / "backups";
    std::unique_ptr<Journal> open() const { return Journal::open(path, backups); }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a new journal is created, with the directory it lies in", "[store]") {
    path = dir.path() / "var" / "lib" / "journal.db";
    const auto journal = open();
    CHECK(journal->opening().created);
    CHECK(journal->opening().events == 0);
    CHECK(journal->opening().upgraded_from == 0);
    CHECK(journal->opening().damaged.empty());
    CHECK(lines(*journal).empty());
}

TEST_CASE_METHOD(Fixture, "what was stored is read back the same, also after opening again", "[store]") {
    const auto events = sample_events(1, 100);
    {
        const auto journal = open();
        journal->append(std::span(events).first(1), {});
        journal->append(std::span(events).subspan(1, 60), {});
        journal->append(std::span(events).subspan(61), {});
        CHECK(lines(*journal) == lines(events));
    }
    const auto journal = open();
    CHECK_FALSE(journal->opening().created);
    CHECK(journal->opening().events == 100);
    CHECK(lines(*journal) == lines(events));
}

TEST_CASE_METHOD(Fixture, "the file is plain SQLite that a person can read", "[store]") {
    open()->append(sample_events(1, 3), {});
    SQLite::Database file(path);
    CHECK(file.execAndGet("SELECT kind FROM event WHERE seq = 2").getString() == "assigned");
    CHECK(file.execAndGet("SELECT payload FROM event WHERE seq = 2").getString() ==
          R"({"v":1,"bay":"3","technician":"101","parked":true})");
    CHECK(file.execAndGet("SELECT json_extract(payload, '$.bay') FROM event WHERE seq = 2").getString() == "3");
    CHECK(file.execAndGet("PRAGMA journal_mode").getString() == "wal");
    CHECK(file.execAndGet("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict").getInt() == 6);
}

TEST_CASE_METHOD(Fixture, "reading starts after a number and stops when told to", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, 10), {});
    std::vector<std::uint64_t> seen;
    journal->read(6, [&](const Event& event) {
        seen.push_back(event.seq);
        return event.seq < 9;
    });
    CHECK(seen == std::vector<std::uint64_t>{7, 8, 9});
    seen.clear();
    journal->read(10, [&](const Event& event) {
        seen.push_back(event.seq);
        return true;
    });
    CHECK(seen.empty());
}

TEST_CASE_METHOD(Fixture, "an exception in the reader leaves the journal usable", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, 3), {});
    CHECK_THROWS_AS(journal->read(0, [](const Event&) -> bool { throw std::logic_error("stop"); }), std::logic_error);
    journal->append(sample_events(4, 5), {});
    CHECK(lines(*journal) == lines(sample_events(1, 5)));
}

TEST_CASE_METHOD(Fixture, "a reader may ask the journal again", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, 10), {});
    std::size_t found = 0;
    journal->read(8, [&](const Event& event) {
        found += journal->history(event.order, 10).size();
        return true;
    });
    CHECK(found == 4);
}

TEST_CASE_METHOD(Fixture, "the history of an order is its events in order, the newest when there are many", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, 30), {});
    const auto numbers = [&](std::size_t limit) {
        std::vector<std::uint64_t> out;
        for (const Event& event : journal->history("R1002", limit)) out.push_back(event.seq);
        return out;
    };
    CHECK(numbers(100) == std::vector<std::uint64_t>{2, 7, 12, 17, 22, 27});
    CHECK(numbers(2) == std::vector<std::uint64_t>{22, 27});
    CHECK(numbers(0).empty());
    CHECK(journal->history("R9999", 100).empty());
}

TEST_CASE_METHOD(Fixture, "an answer is kept with its events and found by its key", "[store]") {
    {
        const auto journal = open();
        journal->append(sample_events(1, 2), std::vector{answer_to("k-1", 5), answer_to("扫描-2", 6)});
        journal->append({}, std::vector{answer_to("k-3", 7)});
    }
    const auto journal = open();
    const auto found = journal->answer("扫描-2");
    REQUIRE(found);
    CHECK(found->key == "扫描-2");
    CHECK(found->received == Instant{std::chrono::minutes{6}});
    CHECK(found->command == "start R1023 bay=3");
    CHECK(found->reply == R"({"order":"R1023","state":"in_progress"})");
    CHECK(journal->answer("k-3"));
    CHECK_FALSE(journal->answer("k-4"));
}

TEST_CASE_METHOD(Fixture, "answers are forgotten when they are older than asked", "[store]") {
    const auto journal = open();
    journal->append({}, std::vector{answer_to("a", 10), answer_to("b", 11), answer_to("c", 12)});
    journal->forget_answers(Instant{std::chrono::minutes{11}});
    CHECK_FALSE(journal->answer("a"));
    CHECK(journal->answer("b"));
    CHECK(journal->answer("c"));
    journal->append({}, std::vector{answer_to("a", 13)});
    CHECK(journal->answer("a")->received == Instant{std::chrono::minutes{13}});
}

TEST_CASE_METHOD(Fixture, "a failed append leaves nothing of its group behind", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, 4), std::vector{answer_to("taken", 1)});
    const auto group = sample_events(5, 8);
    const std::vector twice{answer_to("new", 2), answer_to("taken", 2)};
    CHECK_THAT(error_of([&] { journal->append(group, twice); }), Catch::StartsWith("not stored: "));
    CHECK(lines(*journal) == lines(sample_events(1, 4)));
    CHECK_FALSE(journal->answer("new"));
    CHECK(journal->answer("taken")->received == Instant{std::chrono::minutes{1}});
    journal->append(group, std::vector{answer_to("new", 2)});
    CHECK(lines(*journal) == lines(sample_events(1, 8)));
}

TEST_CASE_METHOD(Fixture, "events that do not follow the last one are refused", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, 4), {});
    CHECK(error_of([&] { journal->append(sample_events(6, 7), {}); }) == "not stored: event 6 does not follow 4");
    CHECK(error_of([&] { journal->append(sample_events(4, 5), {}); }) == "not stored: event 4 does not follow 4");
    const std::vector gap{sample_event(5), sample_event(7)};
    CHECK(error_of([&] { journal->append(gap, {}); }) == "not stored: event 7 does not follow 5");
    CHECK(lines(*journal) == lines(sample_events(1, 4)));
}

TEST_CASE_METHOD(Fixture, "a journal opened to read sees what is stored, and stores nothing", "[store]") {
    const auto journal = open();
    journal->append(sample_events(1, 4), {});
    const auto reader = Journal::open_to_read(path);
    CHECK(lines(*reader) == lines(sample_events(1, 4)));
    journal->append(sample_events(5, 6), {});
    CHECK(lines(*reader) == lines(sample_events(1, 6)));
    CHECK_THAT(error_of([&] { reader->append(sample_events(5, 5), {}); }), Catch::StartsWith("not stored: "));
    CHECK_THAT(error_of([&] { reader->forget_answers(Instant{}); }), !Catch::Equals(""));
    journal->append(sample_events(7, 7), {});
    CHECK(lines(*journal) == lines(sample_events(1, 7)));
}

TEST_CASE_METHOD(Fixture, "reading a journal that is not there creates none", "[store]") {
    CHECK_THAT(error_of([&] { Journal::open_to_read(path); }), Catch::StartsWith(path + " cannot be opened"));
    CHECK(names_in(dir.path()).empty());
}

TEST_CASE("a row's sum is the CRC-32 that it always was, whatever its texts' lengths", "[store]") {
    std::string bytes;
    for (int i = 0; i < 40; ++i) {
        const std::string order = "R" + std::to_string(i), payload = "{\"v\":1,\"plate\":\"沪" + bytes + "\"}";
        const store::Row row{.seq = 1000 + i,
                             .at = -5,
                             .received = 1763688600000,
                             .who = "101",
                             .cause = "",
                             .order = order,
                             .kind = "x",
                             .payload = payload};
        boost::crc_32_type sum;
        const auto number = [&sum](std::uint64_t value) {
            for (int byte = 0; byte < 8; ++byte) sum.process_byte(static_cast<unsigned char>(value >> (8 * byte)));
        };
        for (const auto each : {row.seq, row.at, row.received}) number(static_cast<std::uint64_t>(each));
        for (const auto text : {row.who, row.cause, row.order, row.kind, row.payload}) {
            number(text.size());
            sum.process_bytes(text.data(), text.size());
        }
        CHECK(store::sum_of(row) == sum.checksum());
        bytes += static_cast<char>('a' + i % 26);
    }
}

TEST_CASE_METHOD(Fixture, "the log is laid out once at its full length, and what it holds stays", "[store]") {
    const auto log = path + "-wal";
    for (const std::uint64_t seq : {1U, 3U}) {
        const auto journal = open();
        journal->append(sample_events(seq, seq), {});
        CHECK(std::filesystem::file_size(log) < 100 * 4096);
        store::lay_out_log(path);
        const auto length = std::filesystem::file_size(log);
        CHECK(length > store::checkpoint_pages * 4096);
        store::lay_out_log(path);
        journal->append(sample_events(seq + 1, seq + 1), {});
        CHECK(std::filesystem::file_size(log) == length);
        CHECK(lines(*journal).size() == seq + 1);
        const auto second_look = Journal::open_to_read(path);
        CHECK(lines(*second_look) == lines(*journal));
    }
    CHECK_FALSE(std::filesystem::exists(log));
    CHECK(lines(*open()).size() == 4);
}

TEST_CASE_METHOD(Fixture, "what stands before the laid out part of the log survives the end of the program",
                 "[store]") {
    const auto copy = (dir.path() / "after" / "journal.db").string();
    {
        const auto journal = open();
        store::lay_out_log(path);
        journal->append(sample_events(1, 5), {});
        std::filesystem::create_directories(dir.path() / "after");
        for (const char* end : {"", "-wal"}) std::filesystem::copy_file(path + end, copy + end);
    }
    CHECK(lines(*Journal::open(copy, backups)).size() == 5);
}
