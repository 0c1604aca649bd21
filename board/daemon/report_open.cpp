// Every figure of a report can be opened: the jobs behind it and its formula.
#include "board/daemon/report_desk.hpp"
#include "board/reports/columns.hpp"
#include "board/reports/texts.hpp"

namespace baytime::daemon {

namespace {

namespace json = protocol::json;

/// A figure is a number, or null where there is nothing to divide; a time that is not there is none.
bool is_figure(const json::key_value_pair& member) {
    const std::string_view name = member.key();
    const bool time = name.ends_with("_at") || name.ends_with("promise");
    return !time && (member.value().is_number() || member.value().is_null());
}

void explain(const json::value& value, std::string_view kind, const json::object& limits, json::object& formulas) {
    if (const auto* list = value.if_array()) {
        for (const auto& one : *list) explain(one, kind, limits, formulas);
    }
    const auto* row = value.if_object();
    if (row == nullptr) return;
    for (const auto& member : *row) {
        if (member.value().is_structured()) explain(member.value(), kind, limits, formulas);
        if (!is_figure(member) || formulas.contains(member.key())) continue;
        const auto text = reports::text("formula", kind, member.key(), false);
        if (!text.empty()) formulas[member.key()] = reports::filled(text, limits);
    }
}

}  // namespace

void Opened::add(const std::string& key, json::object line) {
    if (++count_ > max_opened_jobs) {
        ++left_out_;
    } else {
        lines_[key].push_back(std::move(line));
    }
}

void Opened::put(const std::string& key, json::object& row) {
    if (wanted_) row["jobs"] = std::move(lines_[key]);
}

void Opened::finish(protocol::Result& result) const {
    if (left_out_ > 0) result.members["jobs_left_out"] = left_out_;
}

void put_formulas(const House& house, const ReportAsk& ask, protocol::Result& result) {
    const Shop& shop = house.workshop.shop();
    const json::object limits{{"delay_notice_minutes", shop.delay_notice.count()},
                              {"contact_minutes", shop.contact_every.count()},
                              {"appointment_overdue_minutes", shop.appointment_overdue.count()}};
    json::object formulas;
    const std::string kind = name(ask.kind);
    // A report without rows explains its columns all the same.
    for (const auto column : reports::columns_of(kind, name(ask.by))) {
        const auto text = reports::text("formula", kind, column, false);
        if (!text.empty()) formulas[column] = reports::filled(text, limits);
    }
    explain(result.lines, kind, limits, formulas);
    for (const char* part : {"total", "trend"}) {
        if (const auto* value = result.members.if_contains(part)) explain(*value, kind, limits, formulas);
    }
    result.members["formula"] = std::move(formulas);
    result.members["limits"] = limits;
}

}  // namespace baytime::daemon
