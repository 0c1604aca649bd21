#include "board/store/settled_jobs.hpp"

#include "board/store/connection.hpp"
#include "board/store/schema.hpp"
#include "board/store/settled_row.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <type_traits>

namespace baytime::store {

namespace {

using reports::Day;
using reports::SettledJob;

std::int64_t number_of(Day day) {
    return day.time_since_epoch().count();
}

Instant instant(const SQLite::Column& column) {
    return Instant{std::chrono::milliseconds{column.getInt64()}};
}

std::optional<std::int64_t> optional_number(const SQLite::Column& column) {
    return column.isNull() ? std::nullopt : std::optional(column.getInt64());
}

/// The columns of `counted_columns`, from `place` on.
reports::Counted counted_at(const SQLite::Statement& row, int place) {
    const int flags = row.getColumn(place + 1).getInt();
    return {.verdict = static_cast<Verdict>(row.getColumn(place).getInt()),
            .flagged_in_time = (flags & flag_in_time) != 0,
            .is_return = (flags & flag_return) != 0,
            .inspected = (flags & flag_inspected) != 0,
            .inspection_failed = (flags & flag_failed) != 0,
            .amount = row.getColumn(place + 2).getInt64()};
}

SettledJob job_of(const SQLite::Statement& row) {
    SettledJob job{.id = static_cast<std::uint64_t>(row.getColumn(0).getInt64()),
                   .order = row.getColumn(1).getString(),
                   .plate = row.getColumn(3).getString(),
                   .type = from_name<RepairType>(row.getColumn(4).getString()).value_or(RepairType::maintenance),
                   .advisor = row.getColumn(5).getString(),
                   .technicians = people_of(row.getColumn(6).getString()),
                   .received = instant(row.getColumn(7)),
                   .original_promise = instant(row.getColumn(8)),
                   .promise = instant(row.getColumn(9)),
                   .settled = instant(row.getColumn(10)),
                   .day = Day{std::chrono::days{row.getColumn(2).getInt()}},
                   .excuse = static_cast<reports::ExcuseState>(row.getColumn(11).getInt()),
                   .cause = row.getColumn(12).getString(),
                   .call = static_cast<reports::Call>(row.getColumn(13).getInt()),
                   .return_of = row.getColumn(14).getString(),
                   .amount = optional_number(row.getColumn(15))};
    if (!row.getColumn(16).isNull()) job.flagged = instant(row.getColumn(16));
    job.delay_minutes = row.getColumn(17).getInt();
    job.delay_reason = from_name<DelayReason>(row.getColumn(18).getString());
    job.imported = row.getColumn(19).getInt() != 0;
    if (!row.getColumn(20).isNull()) job.notice = static_cast<Notice>(row.getColumn(20).getInt());
    job.notice_minutes = optional_number(row.getColumn(21));
    const auto counted = counted_at(row, 22);
    job.inspected = counted.inspected;
    job.inspection_failed = counted.inspection_failed;
    const int flags = row.getColumn(23).getInt();
    job.words = (flags & flag_words) != 0;
    job.called_in_time = (flags & flag_called) != 0;
    return job;
}

class SqliteSettledJobs : public SettledJobs {
public:
    explicit SqliteSettledJobs(const std::string& path) : path_(path), database_(connect(path, Use::read)) {}

    void count(Day from, Day to, const std::function<void(const CountedJob&)>& each) override {
        over(
            fmt::format("SELECT advisor, repair_type, {} FROM settled_job WHERE day >= ? AND day < ?", counted_columns),
            from, to, [&each](const SQLite::Statement& row) {
                each({.advisor = text_of(row.getColumn(0)),
                      .type = text_of(row.getColumn(1)),
                      .counted = counted_at(row, 2)});
            });
    }

    void count_work(Day from, Day to, const std::function<void(const CountedWork&)>& each) override {
        over(fmt::format("SELECT technician, job, {} FROM settled_technician WHERE day >= ? AND day < ?",
                         counted_columns),
             from, to, [&each](const SQLite::Statement& row) {
                 each({.technician = text_of(row.getColumn(0)),
                       .job = row.getColumn(1).getInt64(),
                       .counted = counted_at(row, 2)});
             });
    }

    void read(Day from, Day to, const std::function<void(const SettledJob&)>& each) override {
        over(fmt::format("SELECT {}, {} FROM settled_job WHERE day >= ? AND day < ? ORDER BY settled, order_no",
                         settled_columns, counted_columns),
             from, to, [&each](const SQLite::Statement& row) { each(job_of(row)); });
    }

    void read_pending(const std::function<void(const SettledJob&)>& each) override {
        guarded([&] {
            SQLite::Statement rows(database_, fmt::format("SELECT {}, {} FROM settled_job WHERE verdict = ? AND "
                                                          "excuse = ? ORDER BY settled, order_no",
                                                          settled_columns, counted_columns));
            rows.bind(1, static_cast<int>(Verdict::excused));
            rows.bind(2, static_cast<int>(reports::ExcuseState::pending));
            while (rows.executeStep()) each(job_of(rows));
            return true;
        });
    }

    std::optional<SettledJob> find(std::string_view order) override {
        return guarded([&]() -> std::optional<SettledJob> {
            SQLite::Statement row(database_, fmt::format("SELECT {}, {} FROM settled_job WHERE order_no = ?",
                                                         settled_columns, counted_columns));
            row.bind(1, std::string(order));
            if (!row.executeStep()) return std::nullopt;
            return job_of(row);
        });
    }

    std::int64_t size() override {
        return guarded([&] { return database_.execAndGet("SELECT count(*) FROM settled_job").getInt64(); });
    }

private:
    template <class Each>
    void over(const std::string& sql, Day from, Day to, const Each& each) {
        guarded([&] {
            SQLite::Statement rows(database_, sql);
            rows.bind(1, number_of(from));
            rows.bind(2, number_of(to));
            while (rows.executeStep()) each(rows);
            return true;
        });
    }

    template <class Work>
    std::invoke_result_t<const Work&> guarded(const Work& work) {
        try {
            return work();
        } catch (const SQLite::Exception& e) {
            throw std::runtime_error(sentence(e, path_));
        }
    }

    std::string path_;
    SQLite::Database database_;
};

}  // namespace

std::unique_ptr<SettledJobs> SettledJobs::open(const std::string& path) {
    try {
        return std::make_unique<SqliteSettledJobs>(path);
    } catch (const SQLite::Exception& e) {
        throw std::runtime_error(sentence(e, path));
    }
}

}  // namespace baytime::store
