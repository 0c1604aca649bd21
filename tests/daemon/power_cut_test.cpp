// The power goes at every step that reaches the disk while the single writer works: whatever was answered is in the
// journal, the board that replays from it is the board that was, and the rows for reports are those of its jobs.
#include "board/daemon/projection.hpp"
#include "board/daemon/workshop.hpp"
#include "board/store/settled_jobs.hpp"
#include "tests/daemon/little_house.hpp"
#include "tests/store/recording_vfs.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <utility>

using namespace baytime;
using namespace baytime::support;
using namespace std::chrono_literals;

namespace {

/// After this many disk steps this was answered.
struct Answered {
    std::size_t steps = 0;
    std::uint64_t seq = 0;
};

struct Workday {
    PulledDisk::Files before;
    std::vector<DiskStep> steps;
    std::vector<Answered> answered;
    std::map<std::uint64_t, Board> boards;  ///< by the number of their newest event
};

/// A shop at work on a real file; the clock goes on by a minute with each command.
class Shop {
public:
    Shop(const std::string& path, const RecordingVfs& disk, Workday& day)
        : disk_(disk),
          day_(day),
          journal_(store::Journal::open(path, "")),
          settings_(std::make_shared<const daemon::Settings>(little_settings())),
          workshop_(*journal_, {settings_, &settings_->shop}, [this] { return now_; }) {
        now_ = std::max(nine(), workshop_.board().newest);
    }

    void say(const Command& command, const std::string& who) {
        now_ += 1min;
        std::string refused = "not answered";
        workshop_.submit({.command = command,
                          .verb = "test",
                          .who = who,
                          .at = std::nullopt,
                          .key = "key " + std::to_string(workshop_.board().seq),
                          .done = [&refused](const daemon::Outcome& outcome) {
                              const auto* why = std::get_if<daemon::Refused>(&outcome);
                              refused = why == nullptr ? "" : why->sentence;
                          }});
        workshop_.turn();
        REQUIRE(refused == "");
        const auto& board = workshop_.board();
        day_.boards[board.seq] = board;
        day_.answered.push_back({.steps = disk_.steps().size(), .seq = board.seq});
    }

private:
    const RecordingVfs& disk_;
    Workday& day_;
    std::unique_ptr<store::Journal> journal_;
    std::shared_ptr<const daemon::Settings> settings_;
    Instant now_ = nine();
    daemon::Workshop workshop_;
};

void one_car(Shop& shop, const std::string& order, const std::string& plate) {
    shop.say(Receive{.order = order,
                     .plate = plate,
                     .model = "Lavida",
                     .type = RepairType::maintenance,
                     .promise = nine() + 10h,
                     .customer = "王建国",
                     .phone = "13800138000",
                     .wash = false},
             "301");
    shop.say(Assign{.order = order, .bay = "1"}, "201");
    shop.say(Start{.order = order}, "101");
    shop.say(Finish{.order = order}, "101");
    shop.say(Inspect{.order = order, .passed = true}, "402");
    shop.say(Deliver{.order = order}, "301");
}

/// Several starts of the daemon; the last forgets a customer, which writes the file anew.
Workday record(const std::filesystem::path& home) {
    const auto path = home / "journal.db";
    Workday day;
    store::Journal::open(path, "");
    day.before["journal.db"] = bytes_of(path);
    day.boards[0] = {};
    const RecordingVfs disk;
    constexpr int starts = 3, cars = 6;
    for (int start = 0; start < starts; ++start) {
        Shop shop(path, disk, day);
        for (int car = 0; car < cars; ++car) {
            const auto number = std::to_string(start) + std::to_string(car);
            one_car(shop, "R" + number, "沪A100" + number);
        }
        shop.say(Forget{.plate = "沪A100" + std::to_string(start) + "0"}, "501");
    }
    day.steps = disk.steps();
    return day;
}

std::uint64_t answered_at(const Workday& day, std::size_t steps) {
    std::uint64_t seq = 0;
    for (const auto& one : day.answered) {
        if (one.steps <= steps) seq = one.seq;
    }
    return seq;
}

std::size_t delivered(const Board& board) {
    return static_cast<std::size_t>(
        std::ranges::count_if(board.jobs, [](const auto& job) { return job.second.state == JobState::delivered; }));
}

void check_image(const PulledDisk::Files& files, const Workday& day, std::uint64_t answered) {
    const TempDir home;
    for (const auto& [name, bytes] : files) write_bytes(home.path() / name, bytes);
    const auto path = (home.path() / "journal.db").string();
    const auto journal = store::Journal::open(path, "");
    REQUIRE(journal->opening().damaged.empty());
    const auto board = daemon::replay(*journal);
    REQUIRE(board.seq >= answered);
    const auto found = day.boards.find(board.seq);
    REQUIRE(found != day.boards.end());  // a command is there whole or not at all
    REQUIRE(board == found->second);
    daemon::refresh_projection(*journal, board, little_settings().shop.zone);
    REQUIRE(std::cmp_equal(store::SettledJobs::open(path)->size(), delivered(board)));
}

}  // namespace

TEST_CASE("after a power cut at any of a thousand moments the board is the one that was answered", "[daemon][power]") {
    const TempDir dir;
    const Workday day = record(dir.path());
    REQUIRE(day.steps.size() >= 1000);
    PulledDisk disk(day.before);
    std::mt19937 random(20261128);  // the same cuts every time
    constexpr Unflushed fates[] = {Unflushed::lost, Unflushed::kept, Unflushed::torn};
    for (std::size_t step = 0; step < day.steps.size(); ++step) {
        disk.take(day.steps[step]);
        const auto fate = fates[step % std::size(fates)];
        CAPTURE(step, static_cast<int>(fate), day.steps[step].file);
        if (sampled(step)) check_image(disk.after_power_cut(fate, random), day, answered_at(day, step + 1));
    }
}
