// The `report` verb: from rows of settled jobs, and from the jobs on the board, to tables of figures.
#pragma once

#include "board/daemon/house.hpp"
#include "board/reports/figures.hpp"
#include "board/store/settled_jobs.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace baytime::daemon {

/// Most rows of one answer; a day or month with more says so in `left_out`.
inline constexpr std::size_t max_report_rows = 5000;
/// Most lines of jobs behind the figures of one answer; more are counted in `jobs_left_out`.
inline constexpr std::size_t max_opened_jobs = 2000;

/// What one report is asked for.
struct ReportAsk {
    protocol::ReportKind kind = protocol::ReportKind::monthly;
    protocol::ReportBy by = protocol::ReportBy::department;
    reports::Period period{};
    bool explain = false;
};

/// Answers the verb. Throws std::runtime_error when the rows cannot be read.
Outcome report(const House& house, const protocol::Query& query);

// One function a report; each fills members and lines.
using ReportMaker = protocol::Result (*)(const House&, const ReportAsk&, store::SettledJobs&);
protocol::Result report_daily(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);
protocol::Result report_monthly(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);
protocol::Result report_allowance(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);
protocol::Result report_delays(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);
protocol::Result report_returns(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);
protocol::Result report_visits(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);
protocol::Result report_utilisation(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);
protocol::Result report_efficiency(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);
protocol::Result report_bays(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);
protocol::Result report_standards(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);
protocol::Result report_contacts(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);
protocol::Result report_service_check(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);
protocol::Result report_excuses(const House& house, const ReportAsk& ask, store::SettledJobs& jobs);

/// An answer whose lines are `rows`, about the month.
inline protocol::Result rows_result(const ReportAsk& ask, std::string_view period = "month") {
    return {.members = {{period, ask.period.text}}, .lines_name = "rows", .lines = {}};
}
/// A period as moments, up to now.
struct Span {
    Instant from{}, to{};
};
Span span_of(const House& house, const ReportAsk& ask);
/// Of the calendar. Nothing for a shop without opening hours: nobody knows then when it is open, or who attends.
std::optional<std::int64_t> open_minutes(const House& house, const Span& span);
/// Of a person, or empty.
std::string person_name(const House& house, std::string_view id);

/// The jobs behind the figures of rows, by the rows' keys: one line a job, with what it adds to each figure under the
/// figure's name. A total without jobs of its own rests on those of all rows.
class Opened {
public:
    explicit Opened(const ReportAsk& ask) : wanted_(ask.explain) {}
    /// False: nobody asked, and no line need be made.
    bool wanted() const { return wanted_; }
    void add(const std::string& key, protocol::json::object line);
    /// Gives the row its jobs, when they are wanted.
    void put(const std::string& key, protocol::json::object& row);
    /// Says in the answer how many did not find room.
    void finish(protocol::Result& result) const;

private:
    bool wanted_;
    std::size_t count_ = 0, left_out_ = 0;
    std::map<std::string, protocol::json::array> lines_;
};

/// Adds `formula`, a sentence for each figure of the answer, and `limits`, the shop's numbers in them.
void put_formulas(const House& house, const ReportAsk& ask, protocol::Result& result);

}  // namespace baytime::daemon
