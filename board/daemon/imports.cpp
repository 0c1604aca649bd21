#include "board/daemon/imports.hpp"

#include "board/daemon/known_people.hpp"
#include "board/reports/staff_names.hpp"
#include "protocol/json.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <unordered_set>
#include <utility>

namespace baytime::daemon {

namespace {

/// A hand-over so far ahead is a slip of the pen. Nearer ones are taken: this computer's own clock may be behind.
constexpr std::chrono::years far_ahead{10};

/// All that was ever said about one order.
constexpr std::size_t whole_history = std::numeric_limits<std::int32_t>::max();

/// How the file calls a member of Imported; those that are not here have one name.
constexpr std::pair<std::string_view, std::string_view> columns_of[] = {
    {"type", "repair_type"},        {"received", "received_at"},
    {"promise", "promised_at"},     {"settled", "settled_at"},
    {"repromise", "repromised_at"}, {"confirmed", "repromise_confirmed_at"},
    {"reason", "repromise_reason"}, {"decision", "excuse_decision"},
    {"call_back", "callback"},      {"delay_flagged", "delay_flagged_at"},
};

std::string_view column_of(std::string_view member) {
    const auto* found = std::ranges::find(columns_of, member, &std::pair<std::string_view, std::string_view>::first);
    return found == std::end(columns_of) ? member : found->second;
}

/// The columns in which two orders differ.
std::string differences(const Imported& before, const Imported& now) {
    const auto was = protocol::to_json(before).as_object(), is = protocol::to_json(now).as_object();
    std::string out;
    const auto note = [&out](std::string_view key) { out += (out.empty() ? "" : ", ") + std::string(column_of(key)); };
    for (const auto& member : is) {
        const auto* old = was.if_contains(member.key());
        if (old == nullptr || *old != member.value()) note(member.key());
    }
    for (const auto& member : was) {
        if (!is.contains(member.key())) note(member.key());
    }
    return out;
}

/// Names that mean somebody of the staff become their ids; each technician counts once.
void use_ids(Imported& row, const reports::StaffNames& staff) {
    row.advisor = staff.id_of(row.advisor);
    std::vector<std::string> once;
    for (const auto& one : row.technicians) {
        const auto& id = staff.id_of(one);
        if (std::ranges::find(once, id) == once.end()) once.push_back(id);
    }
    row.technicians = std::move(once);
}

/// What the row adds to a known order: a call-back or the manager's decision where there is none. Nothing when it says
/// something else than before.
std::optional<std::vector<Fact>> added(const Imported& row, const Imported& first, const Imported& now) {
    const auto same_otherwise = [&row](Imported known) {
        known.call_back = row.call_back;
        known.decision = row.decision;
        return row == known;
    };
    if (!same_otherwise(first) && !same_otherwise(now)) return std::nullopt;
    std::vector<Fact> out;
    if (row.call_back && !now.call_back) {
        out.emplace_back(CalledBack{.late = *row.call_back == ImportedCallBack::late, .text = {}});
    } else if (row.call_back != first.call_back && row.call_back != now.call_back) {
        return std::nullopt;
    }
    // A decision about an excuse that nobody signed means nothing; the reader of the file tells so.
    if (!row.customer_cause) return out;
    if (row.decision && !now.decision) {
        out.emplace_back(ExcuseDecided{.decision = *row.decision});
    } else if (row.decision != first.decision && row.decision != now.decision) {
        return std::nullopt;
    }
    return out;
}

class Plan {
public:
    Plan(reports::OrderFile& file, const ImportInto& into, ImportReport& report)
        : file_(file), into_(into), report_(report), staff_(into.shop) {}

    ImportPlan make() {
        std::unordered_set<std::string_view> numbers;
        const auto comes_back = [](const reports::NewOrder& one) { return one.fact.return_of.has_value(); };
        if (std::ranges::any_of(file_.orders, comes_back)) {
            for (const auto& one : file_.orders) numbers.insert(one.order);
        }
        for (reports::NewOrder& order : file_.orders) {
            if (const auto& earlier = order.fact.return_of; earlier && !numbers.contains(*earlier)) look_for(order);
            take(order);
        }
        leave_out_known(strangers_, into_.journal);
        report_.new_staff.assign(strangers_.begin(), strangers_.end());
        return std::move(out_);
    }

private:
    void take(reports::NewOrder& order) {
        if (into_.board.find(order.order) != nullptr)
            return bad(order, "order_no", order.order, {reports::Wrong::done_here});
        if (order.fact.settled > into_.now + far_ahead)
            return bad(order, "settled_at", protocol::iso_utc(order.fact.settled), {reports::Wrong::settled_ahead});
        if (ambiguous(order)) return;
        use_ids(order.fact, staff_);
        if (const auto before = imported_order(into_.journal, order.order)) return compare(order, *before);
        note_strangers(order.fact);
        // The figures of this order hold its flag against today's setting for ever.
        if (order.fact.delay_flagged) order.fact.notice_minutes = static_cast<int>(into_.shop.delay_notice.count());
        ++report_.imported;
        const Instant settled = order.fact.settled;
        say(order.order, settled, std::move(order.fact));
    }

    /// Of another system's words only the hand-over has a time, so it stands for them.
    void say(const std::string& order, Instant at, Fact fact) {
        out_.events.push_back({.seq = into_.board.seq + out_.events.size() + 1,
                               .at = at,
                               .received = into_.now,
                               .who = into_.who,
                               .cause = "c" + std::to_string(into_.board.seq + 1),
                               .order = order,
                               .fact = std::move(fact)});
    }

    /// The row may say what it said before, or what the order became here since. A plate that was forgotten stays so.
    void compare(reports::NewOrder& order, const ImportedOrder& before) {
        Imported first = before.row, now = before.now();
        use_ids(first, staff_);
        use_ids(now, staff_);
        if (first.plate.empty() && now.plate.empty()) order.fact.plate.clear();
        order.fact.notice_minutes = first.notice_minutes;  // no word of the file
        auto more = added(order.fact, first, now);
        if (!more)
            return bad(order, "order_no", order.order, {reports::Wrong::other_values, {differences(now, order.fact)}});
        if (more->empty()) {
            ++report_.already;
            return;
        }
        ++report_.updated;
        auto after = before;
        for (auto& fact : *more) {
            say(order.order, before.row.settled, std::move(fact));
            follow(after, out_.events.back());
        }
        out_.touched.emplace(order.order, std::move(after));
    }

    bool ambiguous(const reports::NewOrder& order) {
        const auto check = [&](const char* column, const std::string& person) {
            const auto ids = staff_.namesakes(person);
            if (ids.empty()) return false;
            std::string all;
            for (const auto& id : ids) all += (all.empty() ? "" : ", ") + id;
            bad(order, column, person, {reports::Wrong::ambiguous_person, {person, all}});
            return true;
        };
        if (check("advisor", order.fact.advisor)) return true;
        return std::ranges::any_of(order.fact.technicians, [&](const auto& one) { return check("technicians", one); });
    }

    void look_for(const reports::NewOrder& order) {
        const auto& earlier = *order.fact.return_of;
        if (report_.unknown_returns.size() >= max_returns_listed || into_.board.find(earlier) != nullptr ||
            imported_order(into_.journal, earlier))
            return;
        report_.unknown_returns.push_back(order.order + " (" + earlier + ")");
    }

    void note_strangers(const Imported& row) {
        if (!row.advisor.empty() && !staff_.knows(row.advisor)) strangers_.insert(row.advisor);
        for (const auto& one : row.technicians) {
            if (!staff_.knows(one)) strangers_.insert(one);
        }
    }

    void bad(const reports::NewOrder& order, std::string_view column, std::string_view value, reports::Why why) {
        report_.faults.push_back(reports::fault_at(order.line, order.order, column, value, std::move(why)));
        ++report_.bad_rows;
    }

    reports::OrderFile& file_;
    const ImportInto& into_;
    ImportReport& report_;
    reports::StaffNames staff_;
    std::set<std::string> strangers_;
    ImportPlan out_;
};

}  // namespace

std::optional<ImportedOrder> imported_order(store::Journal& journal, std::string_view number) {
    std::optional<ImportedOrder> out;
    for (const Event& event : journal.history(number, whole_history)) {
        if (std::holds_alternative<Imported>(event.fact)) {
            out = imported(event);
        } else if (out) {
            follow(*out, event);
        }
    }
    return out;
}

ImportPlan plan_import(reports::OrderFile file, const ImportInto& into, ImportReport& report) {
    report.rows = file.rows;
    report.already = file.repeated;
    report.not_settled = file.not_settled;
    report.bad_rows = file.bad_rows;
    report.faults = std::move(file.faults);
    report.ignored = std::move(file.ignored);
    report.passed_over = std::move(file.passed_over);
    report.passed_over_count = file.passed_over_count;
    auto plan = Plan(file, into, report).make();
    std::ranges::stable_sort(report.faults, {}, &reports::Fault::line);
    return plan;
}

}  // namespace baytime::daemon
