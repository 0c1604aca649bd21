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

struct Taken {
    ReportKind kind;
    std::string_view parameter;
};
/// What the reports take that is not `month`; those named here do not take it, except visits.
constexpr std::array taken{Taken{ReportKind::daily, "date"},  Taken{ReportKind::visits, "month"},
                           Taken{ReportKind::visits, "year"}, Taken{ReportKind::excuses, ""},
                           Taken{ReportKind::monthly, "by"},  Taken{ReportKind::monthly, "month"}};

bool takes(ReportKind kind, std::string_view name) {
    const bool special = std::ranges::find(taken, kind, &Taken::kind) != taken.end();
    if (!special) return name == "month";
    return std::ranges::any_of(taken, [&](const Taken& one) { return one.kind == kind && one.parameter == name; });
}

/// What was asked for and is not answered is refused, never passed over.
std::optional<Refused> not_taken(ReportKind kind, const protocol::Query& query) {
    const auto refused = [](const std::string& sentence) {
        return Refused{"bad-value", sentence, protocol::code_of("bad-value")};
    };
    std::string theirs;
    for (const char* name : {"by", "date", "month", "year"}) {
        if (takes(kind, name)) theirs += (theirs.empty() ? "" : " or ") + std::string(name);
    }
    for (const char* name : {"by", "date", "month", "year"}) {
        if (parameter(query, name).empty() || takes(kind, name)) continue;
        return refused("the report " + baytime::name(kind) + " takes no " + name +
                       (theirs.empty() ? "" : "; it takes " + theirs));
    }
    if (kind == ReportKind::visits && !parameter(query, "month").empty() && !parameter(query, "year").empty())
        return refused("say month or year, not both");
    return std::nullopt;
}

/// The period asked for, or the present one.
std::variant<reports::Period, Refused> period_of(const House& house, ReportKind kind, const protocol::Query& query) {
    const std::string today = house.clock.date(house.clock.now());
    if (kind == ReportKind::daily || kind == ReportKind::excuses) {
        const auto text = parameter(query, "date");  // what waits for the manager waits now
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

Instant start_of(const House& house, reports::Day day) {
    // Where a clock change leaves midnight out, the day begins an hour later.
    const auto& zone = house.workshop.zone();
    for (int hour = 0; hour < 3; ++hour) {
        if (const auto at = zone.to_utc(day + std::chrono::hours{hour})) return *at;
    }
    return Instant{day.time_since_epoch()};
}

}  // namespace

Span span_of(const House& house, const ReportAsk& ask) {
    const Instant end = std::min(start_of(house, ask.period.to), house.clock.now());
    return {.from = start_of(house, ask.period.from), .to = end};
}

std::optional<std::int64_t> open_minutes(const House& house, const Span& span) {
    const auto& calendar = house.workshop.shop().calendar;
    if (calendar.always_open()) return std::nullopt;
    return calendar.working_minutes(span.from, span.to).count();
}

std::string person_name(const House& house, std::string_view id) {
    const Person* person = house.workshop.shop().person(id);
    return person == nullptr ? std::string{} : person->name;
}

Outcome report(const House& house, const protocol::Query& query) {
    const auto kind = from_name<ReportKind>(parameter(query, "kind"));
    const auto maker = std::ranges::find_if(makers, [&kind](const Maker& one) { return kind == one.kind; });
    if (maker == makers.end()) return Refused{"bad-value", "there is no such report", protocol::code_of("bad-value")};
    if (auto no = not_taken(*kind, query)) return *no;
    auto period = period_of(house, *kind, query);
    if (const auto* no = std::get_if<Refused>(&period)) return *no;
    const auto by = from_name<protocol::ReportBy>(parameter(query, "by"));
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
