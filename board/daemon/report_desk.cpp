#include "board/daemon/report_desk.hpp"

#include "board/daemon/parameter.hpp"

#include <algorithm>
#include <array>

namespace baytime::daemon {

namespace {

using protocol::ReportKind;

struct Maker {
    ReportKind kind;
    ReportMaker make;
};
constexpr std::array makers{
    Maker{ReportKind::daily, &report_daily},
    Maker{ReportKind::monthly, &report_monthly},
    Maker{ReportKind::allowance, &report_allowance},
    Maker{ReportKind::delays, &report_delays},
    Maker{ReportKind::returns, &report_returns},
    Maker{ReportKind::visits, &report_visits},
    Maker{ReportKind::utilisation, &report_utilisation},
    Maker{ReportKind::efficiency, &report_efficiency},
    Maker{ReportKind::bays, &report_bays},
    Maker{ReportKind::standards, &report_standards},
    Maker{ReportKind::contacts, &report_contacts},
    Maker{ReportKind::service_check, &report_service_check},
    Maker{ReportKind::excuses, &report_excuses},
};

Refused bad_period(std::string_view name, std::string_view example) {
    return {"bad-value", std::string(name) + " must be written as " + std::string(example),
            protocol::code_of("bad-value")};
}

/// The period asked for, or the present one.
std::variant<reports::Period, Refused> period_of(const House& house, ReportKind kind, const protocol::Query& query) {
    const std::string today = house.clock.date(house.clock.now());
    if (kind == ReportKind::daily || kind == ReportKind::excuses) {
        // What waits for the manager waits now.
        const auto text = kind == ReportKind::daily ? parameter(query, "date") : std::string{};
        if (auto day = reports::day_period(text.empty() ? today : text)) return *day;
        return bad_period("date", "2026-10-01");
    }
    if (kind == ReportKind::visits && parameter(query, "month").empty()) {
        const auto text = parameter(query, "year");
        if (auto year = reports::year_period(text.empty() ? today.substr(0, 4) : text)) return *year;
        return bad_period("year", "2026");
    }
    const auto text = parameter(query, "month");
    if (auto month = reports::month_period(text.empty() ? today.substr(0, 7) : text)) return *month;
    return bad_period("month", "2026-10");
}

}  // namespace

std::string person_name(const House& house, std::string_view id) {
    const Person* person = house.workshop.shop().person(id);
    return person == nullptr ? std::string{} : person->name;
}

Outcome report(const House& house, const protocol::Query& query) {
    const auto kind = from_name<ReportKind>(parameter(query, "kind"));
    const auto maker = std::ranges::find_if(makers, [&kind](const Maker& one) { return kind == one.kind; });
    if (maker == makers.end()) return Refused{"bad-value", "there is no such report", protocol::code_of("bad-value")};
    auto period = period_of(house, *kind, query);
    if (const auto* no = std::get_if<Refused>(&period)) return *no;
    const auto by = *kind == ReportKind::monthly ? from_name<protocol::ReportBy>(parameter(query, "by")) : std::nullopt;
    const ReportAsk ask{.kind = *kind,
                        .by = by.value_or(protocol::ReportBy::department),
                        .period = std::get<reports::Period>(std::move(period)),
                        .explain = parameter(query, "explain") == "yes"};
    const auto jobs = store::SettledJobs::open(house.settings->journal);
    auto result = maker->make(house, ask, *jobs);
    result.members["report"] = name(ask.kind);
    result.members["shop"] = house.workshop.shop().name;
    if (ask.explain) put_formulas(house, ask, result);
    return result;
}

}  // namespace baytime::daemon
