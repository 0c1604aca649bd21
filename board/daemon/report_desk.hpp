// The `report` verb: from rows of settled jobs, and from the jobs on the board, to tables of figures.
#pragma once

#include "board/daemon/house.hpp"
#include "board/reports/figures.hpp"
#include "board/store/settled_jobs.hpp"

#include <string>

namespace baytime::daemon {

/// Most rows of one answer; a day or month with more says so in `left_out`.
inline constexpr std::size_t max_report_rows = 5000;

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

/// An answer whose lines are `rows`.
inline protocol::Result rows_result() {
    return {.members = {}, .lines_name = "rows", .lines = {}};
}
/// Puts the formula and the orders behind a figure into its row, when asked to explain.
void put_formula(protocol::Result& result, const ReportAsk& ask, std::string_view formula);

}  // namespace baytime::daemon
