// A damaged journal is never read as if it were whole.
#include "board/store/journal.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime;
using namespace baytime::support;
using store::Journal;

namespace {

constexpr std::uint64_t stored = 120;

struct Fixture {
    TempDir dir;
    std::string path = dir.path() / "journal.db";
    std::unique_ptr<Journal> open() const { return Journal::open(path, dir.path() / "backups"); }
    Fixture() { open()->append(sample_events(1, stored), {}); }

    void check_set_aside(const std::string& why) const {
        const std::string before = bytes_of(path);
        const auto journal = open();
        CHECK_THAT(journal->opening().damage, Catch::StartsWith(why));
        REQUIRE_FALSE(journal->opening().damaged.empty());
        CHECK(bytes_of(journal->opening().damaged) == before);
        CHECK(journal->opening().events == 0);
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a file of no length is damaged", "[store]") {
    write_bytes(path, "");
    check_set_aside("the file is empty");
}

TEST_CASE_METHOD(Fixture, "a file with a garbage header is damaged", "[store]") {
    std::string bytes = bytes_of(path);
    bytes.replace(0, 16,
                  "\x7f"
                  "ELF garbage 1234");
    write_bytes(path, bytes);
    check_set_aside("file is not a database");
}

TEST_CASE_METHOD(Fixture, "a file that was cut off is damaged", "[store]") {
    const auto size = std::filesystem::file_size(path);
    REQUIRE(size > 8 * 4096);
    const auto left = GENERATE_COPY(size - 4096, size / 2, std::uintmax_t{4096 + 1}, std::uintmax_t{4096},
                                    std::uintmax_t{100}, std::uintmax_t{1});
    CAPTURE(left);
    std::filesystem::resize_file(path, left);
    check_set_aside("");
}

TEST_CASE_METHOD(Fixture, "a page full of noise is damage", "[store]") {
    std::string bytes = bytes_of(path);
    std::mt19937 random(7);
    for (std::size_t i = 0; i < 4096; ++i) bytes[bytes.size() / 2 + i] = static_cast<char>(random());
    write_bytes(path, bytes);
    check_set_aside("");
}

TEST_CASE_METHOD(Fixture, "what a hand changed, dropped or made unreadable is damage", "[store]") {
    struct Case {
        const char* sql;
        const char* why;
    };
    const auto c = GENERATE(values<Case>({
        {"UPDATE event SET payload = '{\"v\":1' WHERE seq = 17", "event 17 was changed: its sum does not fit"},
        {"UPDATE event SET who = '999' WHERE seq = 17", "event 17 was changed: its sum does not fit"},
        {"UPDATE event SET at = at + 1 WHERE seq = 17", "event 17 was changed: its sum does not fit"},
        {"UPDATE event SET kind = 'flown' WHERE seq = 17", "event 17 was changed: its sum does not fit"},
        {"DELETE FROM event WHERE seq = 17", "event 17 is missing: 18 stands in its place"},
        {"DELETE FROM event WHERE seq = 1", "event 1 is missing: 2 stands in its place"},
        {"DROP TABLE event", "no such table: event"},
        {"DROP TABLE answer", "no such table: answer"},
        {"DROP TABLE schema_step", "it has no list of schema steps"},
        {"DROP TABLE event_by_order", "no such table: event_by_order"},
        {"CREATE INDEX anyones ON event (who)", ""},
    }));
    CAPTURE(c.sql);
    by_hand(path, c.sql);
    if (*c.why == '\0') {
        CHECK(lines(*open()) == lines(sample_events(1, stored)));  // an index may be anyone's; no event is lost
    } else {
        check_set_aside(c.why);
    }
}

TEST_CASE_METHOD(Fixture, "one flipped bit anywhere is noticed, or harms nothing", "[store]") {
    const std::string whole = bytes_of(path);
    const auto expected = lines(sample_events(1, stored));
    const auto seed = Catch::rngSeed() != 0 ? Catch::rngSeed() : 20251121U;
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::size_t noticed = 0;
    constexpr std::size_t header = 100;  // bytes, all of them tried
    constexpr std::size_t flips = 400;
    for (std::size_t i = 0; i < flips; ++i) {
        const std::size_t at = i < header ? i : random() % whole.size();
        const unsigned bit = random() % 8;
        CAPTURE(i, at, bit);
        std::string bytes = whole;
        bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << bit));
        const TempDir own;
        const auto file = own.path() / "journal.db";
        write_bytes(file, bytes);
        try {
            const auto journal = Journal::open(file, own.path() / "backups");
            if (journal->opening().damaged.empty()) {
                REQUIRE(lines(*journal) == expected);
                journal->append(sample_events(stored + 1, stored + 2), {});
            } else {
                ++noticed;
                CHECK(bytes_of(journal->opening().damaged) == bytes);
                journal->append(sample_events(1, 2), {});
            }
        } catch (const std::runtime_error& e) {
            ++noticed;
            CHECK_THAT(e.what(), Catch::Contains("It was left as it is"));
            CHECK(bytes_of(file) == bytes);
        }
    }
    CHECK(noticed > flips / 4);
}
