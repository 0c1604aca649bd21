// The power goes at every step that reaches the disk: whatever was acknowledged is there, and the file opens.
#include "board/store/journal.hpp"
#include "board/store/order_list.hpp"
#include "tests/store/recording_vfs.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
using store::Journal;

namespace {

/// Stored before the day. With those of the day the list of events by order gets its next step (order_list.hpp).
constexpr std::uint64_t stored_before = 800;

/// After this many disk steps the events up to `seq` had been acknowledged.
struct Acknowledged {
    std::size_t steps = 0;
    std::uint64_t seq = 0;
};

struct Workday {
    PulledDisk::Files before;
    std::vector<DiskStep> steps;
    std::vector<Acknowledged> acknowledged;
};

/// Opens the journal several times, appends to it in commits of several sizes, and closes it, which carries
/// the write-ahead log over into the file.
Workday record(const std::filesystem::path& home) {
    const auto path = home / "journal.db";
    Workday day;
    Journal::open(path, "")->append(sample_events(1, stored_before), {});
    day.before["journal.db"] = bytes_of(path);
    const RecordingVfs disk;
    std::uint64_t seq = stored_before;
    constexpr int openings = 4, commits = 34;
    for (int opening = 0; opening < openings; ++opening) {
        const auto journal = Journal::open(path, "");
        for (int commit = 0; commit < commits; ++commit) {
            const std::uint64_t count = 1 + static_cast<std::uint64_t>(commit % 4);
            const store::Answer answer{.key = "key " + std::to_string(seq), .command = "start", .reply = "{}"};
            journal->append(sample_events(seq + 1, seq + count), std::vector{answer});
            seq += count;
            day.acknowledged.push_back({.steps = disk.steps().size(), .seq = seq});
        }
    }
    REQUIRE(store::max_unlisted < seq);
    day.steps = disk.steps();
    return day;
}

std::uint64_t acknowledged_at(const Workday& day, std::size_t steps) {
    std::uint64_t seq = stored_before;
    for (const Acknowledged& one : day.acknowledged) {
        if (one.steps <= steps) seq = one.seq;
    }
    return seq;
}

std::size_t about(const std::string& order, std::uint64_t last) {
    std::size_t count = 0;
    for (std::uint64_t seq = 1; seq <= last; ++seq) count += sample_event(seq).order == order;
    return count;
}

/// Everything acknowledged is there as it was, and nothing that was never asked for.
void check_image(const std::filesystem::path& home, const PulledDisk::Files& files, std::uint64_t acknowledged) {
    for (const auto& [name, bytes] : files) write_bytes(home / name, bytes);
    const auto journal = Journal::open(home / "journal.db", "");
    REQUIRE(journal->opening().damaged.empty());
    const auto last = journal->opening().events;
    REQUIRE(last >= acknowledged);
    std::vector<std::string> found;
    journal->read(stored_before, [&found](const Event& event) {
        found.push_back(line(event));
        return true;
    });
    REQUIRE(found == lines(sample_events(stored_before + 1, last)));
    if (acknowledged > stored_before) REQUIRE(journal->answer("key " + std::to_string(stored_before)));
    const auto first = sample_event(1).order;
    REQUIRE(journal->history(first, last).size() == about(first, last));
}

}  // namespace

TEST_CASE("a power cut at any of a thousand moments loses nothing that was acknowledged", "[store]") {
    const TempDir dir;
    const Workday day = record(dir.path());
    REQUIRE(day.steps.size() >= 1000);
    PulledDisk disk(day.before);
    std::mt19937 random(20261121);  // the same cuts every time
    constexpr Unflushed fates[] = {Unflushed::lost, Unflushed::kept, Unflushed::torn};
    std::size_t cuts = 0;
    for (std::size_t step = 0; step < day.steps.size(); ++step) {
        disk.take(day.steps[step]);
        const auto fate = fates[step % std::size(fates)];
        CAPTURE(step, static_cast<int>(fate), day.steps[step].file);
        if (!sampled(step)) continue;
        const TempDir home;
        check_image(home.path(), disk.after_power_cut(fate, random), acknowledged_at(day, step + 1));
        ++cuts;
    }
    CHECK(cuts >= static_cast<std::size_t>(effort(1000)));
}
