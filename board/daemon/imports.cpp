#include "board/daemon/imports.hpp"

#include "protocol/json.hpp"

#include <algorithm>
#include <set>

namespace baytime::daemon {

namespace {

/// Names of the members in which two orders differ.
std::string differences(const Imported& before, const Imported& now) {
    const auto was = protocol::to_json(before).as_object(), is = protocol::to_json(now).as_object();
    std::string out;
    const auto note = [&out](std::string_view key) { out += (out.empty() ? "" : ", ") + std::string(key); };
    for (const auto& member : is) {
        const auto* old = was.if_contains(member.key());
        if (old == nullptr || *old != member.value()) note(member.key());
    }
    for (const auto& member : was) {
        if (!is.contains(member.key())) note(member.key());
    }
    return out;
}

reports::Fault conflict(const reports::NewOrder& order, std::string why) {
    return {
        .line = order.line, .order = order.order, .column = "order_no", .value = order.order, .why = std::move(why)};
}

}  // namespace

std::optional<Event> imported_order(store::Journal& journal, std::string_view order) {
    for (Event& event : journal.history(order, 2)) {
        if (std::holds_alternative<Imported>(event.fact)) return std::move(event);
    }
    return std::nullopt;
}

std::vector<Event> plan_import(reports::OrderFile& file, const Board& board, store::Journal& journal,
                               const std::string& who, Instant now, ImportReport& report) {
    std::vector<Event> events;
    report.rows = file.rows;
    report.already = file.repeated;
    report.not_settled = file.not_settled;
    report.bad_rows = file.bad_rows;
    report.faults = std::move(file.faults);
    report.ignored = std::move(file.ignored);
    const std::string cause = "c" + std::to_string(board.seq + 1);
    for (reports::NewOrder& order : file.orders) {
        if (board.find(order.order) != nullptr) {
            report.faults.push_back(conflict(order, "this order was done here, so it cannot be imported"));
            ++report.bad_rows;
            continue;
        }
        if (const auto before = imported_order(journal, order.order)) {
            const auto& old = std::get<Imported>(before->fact);
            if (old.plate.empty()) order.fact.plate.clear();  // it was forgotten, and stays so
            if (old == order.fact) {
                ++report.already;
                continue;
            }
            report.faults.push_back(
                conflict(order, "imported before with other values: " + differences(old, order.fact)));
            ++report.bad_rows;
            continue;
        }
        events.push_back({.seq = board.seq + events.size() + 1,
                          .at = order.fact.settled,
                          .received = now,
                          .who = who,
                          .cause = cause,
                          .order = order.order,
                          .fact = std::move(order.fact)});
    }
    std::ranges::stable_sort(report.faults, {}, &reports::Fault::line);
    report.imported = events.size();
    return events;
}

}  // namespace baytime::daemon
