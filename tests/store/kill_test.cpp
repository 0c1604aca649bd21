// A journal killed at any moment has everything that it acknowledged, and no group by halves.
#include "board/store/journal.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <random>

using namespace baytime;
using namespace baytime::support;
using store::Journal;

namespace {

/// Groups of 1 to 8 events; the answer's key is the number of the group's last event.
std::uint64_t group_end(std::uint64_t first) {
    return first + (first * 2654435761U >> 7U) % 8;
}

[[noreturn]] void append_for_ever(const std::string& path, int acknowledge) {
    const auto journal = Journal::open(path, "");
    for (std::uint64_t first = journal->opening().events + 1;;) {
        const std::uint64_t last = group_end(first);
        const store::Answer answer{.key = std::to_string(last), .received = {}, .command = "c", .reply = "{}"};
        journal->append(sample_events(first, last), std::vector{answer});
        if (::write(acknowledge, &last, sizeof last) != sizeof last) ::_exit(1);
        first = last + 1;
    }
}

/// Lets a child append, kills it after `acks` acknowledgements and some turns more; the last number acknowledged.
std::uint64_t killed_run(const std::string& path, std::size_t acks, std::uint64_t turns) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) append_for_ever(path, ends[1]);
    ::close(ends[1]);
    std::uint64_t last = 0;
    std::uint64_t acknowledged = 0;
    for (std::size_t i = 0; i < acks; ++i) {
        REQUIRE(::read(ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged);
        last = acknowledged;
    }
    for (std::uint64_t turn = 0; turn < turns; ++turn) ::getppid();  // a little while, of any length
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) last = acknowledged;
    ::close(ends[0]);
    return last;
}

}  // namespace

TEST_CASE("killed at random moments, the journal has every acknowledged event and no half group", "[store]") {
    const TempDir dir;
    const std::string path = dir.path() / "journal.db";
    const auto seed = Catch::rngSeed() != 0 ? Catch::rngSeed() : 20251121U;
    CAPTURE(seed);
    std::mt19937 random(seed);
    constexpr int kills = 20;
    for (int kill = 0; kill < kills; ++kill) {
        const std::size_t acks = 1 + random() % 12;
        const std::uint64_t turns = random() % 20'000;
        CAPTURE(kill, acks, turns);
        const std::uint64_t acknowledged = killed_run(path, acks, turns);

        const auto journal = Journal::open(path, "");
        CHECK(journal->opening().damaged.empty());
        CHECK_FALSE(journal->opening().created);
        const std::uint64_t found = journal->opening().events;
        CHECK(found >= acknowledged);
        CHECK(lines(*journal) == lines(sample_events(1, found)));
        std::uint64_t first = 1;
        while (group_end(first) < found) {
            REQUIRE(journal->answer(std::to_string(group_end(first))));
            first = group_end(first) + 1;
        }
        CHECK(group_end(first) == found);
        CHECK(journal->answer(std::to_string(found)));
    }
}
