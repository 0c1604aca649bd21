#include "board/store/settled_jobs.hpp"
#include "tests/store/sample.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
using reports::Day;
using reports::SettledJob;
using store::Journal;
using store::SettledJobs;

namespace {

constexpr Day first_of_october{std::chrono::days{20727}};

SettledJob job(std::uint64_t id, const std::string& order, int day = 0) {
    return {.id = id,
            .order = order,
            .plate = "沪A12345",
            .type = RepairType::repair,
            .advisor = "A01",
            .technicians = {"T01", "T02"},
            .received = Instant{std::chrono::hours{1}},
            .original_promise = Instant{std::chrono::hours{2}},
            .promise = Instant{std::chrono::hours{3}},
            .settled = Instant{std::chrono::hours{4}},
            .day = first_of_october + std::chrono::days{day},
            .excuse = reports::ExcuseState::rejected,
            .cause = "S-1",
            .call = reports::Call::on_time,
            .called_in_time = true,
            .inspected = true,
            .inspection_failed = true,
            .return_of = "R0",
            .amount = 12345,
            .flagged = Instant{std::chrono::hours{2}},
            .notice = Notice::in_time,
            .notice_minutes = 60,
            .delay_minutes = 30,
            .delay_reason = DelayReason::parts,
            .imported = true};
}

std::vector<SettledJob> all(SettledJobs& jobs) {
    std::vector<SettledJob> out;
    jobs.read(first_of_october, first_of_october + std::chrono::days{31},
              [&out](const SettledJob& one) { out.push_back(one); });
    return out;
}

void rebuild(Journal& journal, const std::string& kind, const std::vector<SettledJob>& rows) {
    journal.rebuild_projection(kind, [&rows](const auto& put) {
        for (const auto& row : rows) put(row);
    });
}

}  // namespace

TEST_CASE("rows of settled jobs are stored with their events, and read back whole beside the writer", "[store]") {
    const TempDir dir;
    const auto path = dir.path() / "journal.db";
    const auto journal = Journal::open(path, dir.path() / "backups");
    rebuild(*journal, "k", {});
    journal->append_projected(sample_events(1, 2), {}, {.settled = {job(1, "R1"), job(2, "R2", 3)}, .unsettled = {}});
    const auto jobs = SettledJobs::open(path);
    CHECK(all(*jobs) == std::vector{job(1, "R1"), job(2, "R2", 3)});
    CHECK(jobs->find("R2") == job(2, "R2", 3));
    CHECK_FALSE(jobs->find("R3"));

    SECTION("a later row of the same order takes the place of the older one") {
        auto changed = job(1, "R1", 5);
        changed.technicians = {"T03"};
        journal->append_projected(sample_events(3, 3), {}, {.settled = {changed}, .unsettled = {}});
        CHECK(jobs->find("R1") == changed);
        std::vector<std::string> people;
        jobs->count_work(first_of_october, first_of_october + std::chrono::days{31},
                         [&people](const store::CountedWork& work) { people.emplace_back(work.technician); });
        CHECK(people == std::vector<std::string>{"T01", "T02", "T03"});
    }
    SECTION("a hand-over that was taken back leaves no row") {
        journal->append_projected(sample_events(3, 3), {}, {.settled = {}, .unsettled = {"R1", "R9"}});
        CHECK(all(*jobs) == std::vector{job(2, "R2", 3)});
    }
    SECTION("nothing of a turn that could not be stored is in the table") {
        CHECK_FALSE(error_of([&] {
                        journal->append_projected(sample_events(7, 7), {},
                                                  {.settled = {job(7, "R7")}, .unsettled = {}});
                    }).empty());
        CHECK(all(*jobs).size() == 2);
    }
}

TEST_CASE("counts carry the verdict and what else a tally needs", "[store]") {
    const TempDir dir;
    const auto path = dir.path() / "journal.db";
    const auto journal = Journal::open(path, dir.path() / "backups");
    rebuild(*journal, "k", {job(1, "R1"), job(2, "R2", 31)});
    reports::Tally sum;
    SettledJobs::open(path)->count(first_of_october, first_of_october + std::chrono::days{31},
                                   [&sum](const store::CountedJob& one) {
                                       CHECK(one.advisor == "A01");
                                       CHECK(one.type == "repair");
                                       add(sum, one.counted);
                                   });
    CHECK(sum == reports::Tally{.settled = 1,
                                .late = 1,
                                .late_flagged_in_time = 1,
                                .returns = 1,
                                .inspected = 1,
                                .inspection_failed = 1,
                                .turnover = 12345});
}

TEST_CASE("rows are made anew when they are missing, of another kind, or dropped by hand", "[store]") {
    const TempDir dir;
    const auto path = dir.path() / "journal.db";
    std::filesystem::copy_file(support::source("tests/store/old/journal-v1.db"), path);
    {
        const auto journal = Journal::open(path, dir.path() / "backups");
        CHECK_FALSE(journal->projection_is("k"));
        rebuild(*journal, "k", {job(1, "R1")});
        CHECK(journal->projection_is("k"));
        CHECK_FALSE(journal->projection_is("other"));
    }
    by_hand(path, "DROP TABLE settled_job");
    const auto journal = Journal::open(path, dir.path() / "backups");
    CHECK(journal->opening().damaged.empty());
    CHECK_FALSE(journal->projection_is("k"));
    rebuild(*journal, "k", {job(1, "R1")});
    rebuild(*journal, "k", {job(1, "R1")});
    CHECK(all(*SettledJobs::open(path)) == std::vector{job(1, "R1")});
}

TEST_CASE("a read leaves no transaction open behind it", "[store]") {
    const TempDir dir;
    const auto path = dir.path() / "journal.db";
    const auto journal = Journal::open(path, dir.path() / "backups");
    rebuild(*journal, "k", {job(1, "R1")});
    const auto jobs = SettledJobs::open(path);
    CHECK(all(*jobs).size() == 1);
    journal->append_projected(sample_events(1, 1), {}, {.settled = {job(2, "R2")}, .unsettled = {}});
    // An open reader would keep the log from being copied back whole.
    by_hand(path, "PRAGMA wal_checkpoint(TRUNCATE)");
    CHECK(std::filesystem::file_size(path.string() + "-wal") == 0);
    CHECK(all(*jobs).size() == 2);
}
