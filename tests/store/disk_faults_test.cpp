// Each call to the disk fails once, or from there on: no event that was acknowledged is lost, none is there by half, a
// journal that is whole is never set aside, and when the disk works again the journal does too.
#include "board/store/journal.hpp"
#include "tests/store/recording_vfs.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/temp_dir.hpp"

#include <sqlite3.h>
#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
using store::Journal;

namespace {

constexpr std::uint64_t stored_before = 20;
constexpr int openings = 2, commits = 6;

/// The number of the last event the journal holds, or nothing when it cannot say.
std::optional<std::uint64_t> last_of(Journal& journal) {
    std::uint64_t last = 0;
    try {
        journal.read(0, [&last](const Event& event) {
            last = event.seq;
            return true;
        });
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
    return last;
}

struct Outcome {
    std::uint64_t acknowledged = stored_before;
    std::uint64_t asked = stored_before;  ///< the last event that somebody tried to store
    int refused = 0;
};

/// As the daemon works: after a refusal it reads back what is stored, and goes on behind that.
void append_some(Journal& journal, Outcome& outcome) {
    auto last = last_of(journal);
    for (int commit = 0; commit < commits; ++commit) {
        if (!last) last = last_of(journal);
        if (!last) continue;
        REQUIRE(*last >= outcome.acknowledged);
        const std::uint64_t to = *last + 1 + static_cast<std::uint64_t>(commit % 4);
        outcome.asked = std::max(outcome.asked, to);
        try {
            const store::Answer answer{.key = "key " + std::to_string(to), .command = "start", .reply = "{}"};
            journal.append(sample_events(*last + 1, to), std::vector{answer});
            outcome.acknowledged = to;
            last = to;
        } catch (const std::runtime_error& e) {
            REQUIRE_THAT(e.what(), Catch::StartsWith("not stored: "));
            ++outcome.refused;
            last.reset();
        }
    }
}

Outcome work(const std::string& path) {
    Outcome outcome;
    for (int opening = 0; opening < openings; ++opening) {
        std::unique_ptr<Journal> journal;
        try {
            journal = Journal::open(path, "");
        } catch (const std::runtime_error&) {
            ++outcome.refused;
            continue;
        }
        INFO(journal->opening().damage);
        REQUIRE(journal->opening().damaged.empty());
        append_some(*journal, outcome);
    }
    return outcome;
}

/// A journal with some events and some free pages in it.
void prepare(const std::filesystem::path& path) {
    const auto journal = Journal::open(path, "");
    const store::Answer long_one{.key = "long", .command = "start", .reply = std::string(100'000, 'x')};
    journal->append(sample_events(1, stored_before), std::vector{long_one});
    journal->forget_answers(Instant::max());
}

void check_after(const std::filesystem::path& home, const Outcome& outcome) {
    const auto path = home / "journal.db";
    {
        const auto journal = Journal::open(path, "");
        REQUIRE(journal->opening().damaged.empty());
        const auto found = lines(*journal);
        REQUIRE(found.size() >= outcome.acknowledged);
        REQUIRE(found.size() <= outcome.asked);
        REQUIRE(found == lines(sample_events(1, found.size())));
        journal->append(sample_events(found.size() + 1, found.size() + 3), {});
    }
    for (const auto& name : names_in(home)) REQUIRE(name.find("damaged") == std::string::npos);
}

}  // namespace

TEST_CASE("a disk that fails at any call loses nothing that was acknowledged", "[store]") {
    struct Case {
        const char* what;
        DiskFault fault;
        bool always_refuses;  ///< something of the work cannot be done
    };
    const auto c = GENERATE(values<Case>({
        {"one input/output error", {.code = SQLITE_IOERR}, false},
        {"errors from there on", {.lasting = true, .code = SQLITE_IOERR}, true},
        {"the disk is full from there on", {.lasting = true, .only_changes = true, .code = SQLITE_FULL}, true},
        {"read-only from there on", {.lasting = true, .only_changes = true, .code = SQLITE_READONLY}, true},
    }));
    const TempDir scratch;
    prepare(scratch.path() / "journal.db");
    const std::string before = bytes_of(scratch.path() / "journal.db");
    RecordingVfs disk;
    work(scratch.path() / "journal.db");
    const std::size_t calls = disk.calls();
    REQUIRE(calls > 200);
    int refusals = 0, tried = 0;
    for (std::size_t call = 1; call <= calls; ++call) {
        if (!sampled(call)) continue;
        const TempDir home;
        write_bytes(home.path() / "journal.db", before);
        ++tried;
        DiskFault fault = c.fault;
        fault.first = call;
        CAPTURE(c.what, call);
        disk.fail(fault);
        const Outcome outcome = work(home.path() / "journal.db");
        disk.fail({});
        refusals += outcome.refused;
        check_after(home.path(), outcome);
    }
    CHECK(refusals > 0);
    if (c.always_refuses) CHECK(refusals > tried / 2);
}
