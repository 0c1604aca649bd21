#include "board/cli/export_tables.hpp"

#include "board/core/verdict.hpp"
#include "board/reports/csv.hpp"
#include "board/reports/order_file.hpp"
#include "board/reports/order_values.hpp"
#include "board/reports/settled_job.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace baytime::cli {

namespace {

constexpr const char* byte_order_mark = "\xEF\xBB\xBF";

/// Texts are made harmless to spreadsheets; numbers, times and yes/no are ours.
std::string cell(const json::value& value) {
    if (value.is_null()) return "";
    if (value.is_bool()) return value.get_bool() ? "1" : "0";
    if (value.is_string()) return reports::csv_text(std::string_view(value.get_string()));
    if (value.is_object() || value.is_array()) return reports::csv_json(json::serialize(value));
    return reports::csv_plain(json::serialize(value));
}

/// Names of the members of a described struct that are single values.
template <class T>
std::vector<std::string> members_of() {
    std::vector<std::string> out;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&out](auto member) {
        using Value = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
        const bool inner = protocol::detail::is_vector<Value>::value || std::is_same_v<Value, std::optional<Excuse>> ||
                           std::is_same_v<Value, std::optional<CallBack>> ||
                           std::is_same_v<Value, std::optional<Settlement>>;
        if (!inner) out.emplace_back(member.name);
    });
    return out;
}

class Csv {
public:
    Csv(std::string& text, std::vector<std::string> columns) : text_(text), columns_(std::move(columns)) {
        if (!text_.empty()) return;
        text_ = byte_order_mark;
        for (std::size_t i = 0; i < columns_.size(); ++i) text_ += (i > 0 ? "," : "") + columns_[i];
        text_ += "\r\n";
    }
    void row(const json::object& values) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const auto* value = values.if_contains(columns_[i]);
            text_ += (i > 0 ? "," : "") + (value == nullptr ? std::string{} : cell(*value));
        }
        text_ += "\r\n";
    }

private:
    std::string& text_;
    std::vector<std::string> columns_;
};

std::vector<std::string> with_order(std::vector<std::string> columns) {
    columns.insert(columns.begin(), "order");
    return columns;
}

/// A row of `one` with the order in front. Without one only the header is written.
template <class T>
void put(std::string& text, const std::string& order, const T* one) {
    Csv csv(text, with_order(members_of<T>()));
    if (one == nullptr) return;
    auto row = protocol::to_json(*one).as_object();
    row["order"] = order;
    csv.row(row);
}

template <class T>
void put_all(std::string& text, const std::string& order, const std::vector<T>& list) {
    put<T>(text, order, nullptr);
    for (const T& one : list) put(text, order, &one);
}

template <class T>
void put_one(std::string& text, const std::string& order, const std::optional<T>& one) {
    put<T>(text, order, one ? &*one : nullptr);
}

Fact fact_of(std::string_view name, const json::value& data) {
    std::optional<Fact> found;
    boost::mp11::mp_for_each<boost::mp11::mp_iota_c<std::variant_size_v<Fact>>>([&](auto index) {
        if (name == fact_names[index]) found = protocol::from_json<std::variant_alternative_t<index, Fact>>(data);
    });
    if (!found)
        throw std::runtime_error("the daemon keeps '" + std::string(name) +
                                 "', which this program does not know; use the program of the daemon's version");
    return *found;
}

std::string text_of(const json::object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

json::value time_of(const std::optional<Instant>& at) {
    return at ? json::value(json::string(protocol::iso_utc(*at))) : json::value(nullptr);
}

/// The promises of a job that an imported order can say: the first, and the one that counts.
void put_promises(const Job& job, Imported& fact) {
    const Settlement& stamp = *job.settlement;
    fact.promise = stamp.original_promise.value_or(stamp.settled_at);
    const Instant counts = stamp.promise.value_or(fact.promise);
    if (counts == fact.promise) return;
    fact.repromise = counts;
    fact.reason = ImportedReason::added_work;
    // Of several, the first confirmation stands for all: each was in time for the promise it replaced.
    const auto first = std::ranges::find_if(job.new_times, &NewTime::counts);
    fact.confirmed = first == job.new_times.end() ? fact.promise : std::min(first->at, fact.promise);
}

constexpr auto promise_columns = {"order", "at", "by", "kind", "to", "reason", "who", "how", "counts"};

}  // namespace

ExportTables::ExportTables() {
    Csv(files_["events.csv"], {"seq", "at", "received", "who", "cause", "order", "fact", "data"});
    Csv(files_["promises.csv"], {promise_columns.begin(), promise_columns.end()});
    Csv(files_["orders.csv"], reports::order_columns);
}

void ExportTables::staff(const json::array& people) {
    for (const auto& one : people) {
        auto person = one.as_object();
        person["active"] = true;
        people_[text_of(person, "id")] = std::move(person);
    }
}

void ExportTables::take(const json::object& event) {
    const auto time = [&event](const char* name) { return protocol::from_json<Instant>(event.at(name)); };
    Event read{.seq = event.at("seq").to_number<std::uint64_t>(),
               .at = time("at"),
               .received = time("received"),
               .who = text_of(event, "who"),
               .cause = text_of(event, "cause"),
               .order = text_of(event, "order"),
               .fact = fact_of(text_of(event, "fact"), event.at("data"))};
    if (read.seq != board_.seq + 1) throw std::runtime_error("the record has a gap before " + std::to_string(read.seq));
    apply(board_, read);
    Csv(files_["events.csv"], {"seq", "at", "received", "who", "cause", "order", "fact", "data"}).row(event);
    note_promise(read);
    if (std::holds_alternative<Imported>(read.fact)) imported_.insert_or_assign(read.order, imported(read));
    if (const auto order = imported_.find(read.order); order != imported_.end()) follow(order->second, read);
}

void ExportTables::note_promise(const Event& event) {
    const auto row = [&](const char* kind, const std::optional<Instant>& to, json::object more) {
        if (!to) return;
        more["order"] = event.order;
        more["at"] = time_of(event.at);
        more["by"] = event.who;
        more["kind"] = kind;
        more["to"] = time_of(to);
        Csv(files_["promises.csv"], {promise_columns.begin(), promise_columns.end()}).row(more);
    };
    if (const auto* fact = std::get_if<Booked>(&event.fact)) row("booked", fact->promise, {});
    if (const auto* fact = std::get_if<Received>(&event.fact)) row("received", fact->promise, {});
    if (const auto* fact = std::get_if<PromiseSet>(&event.fact)) row("promise", fact->to, {});
    if (const auto* fact = std::get_if<Corrected>(&event.fact)) row("corrected", fact->promise, {});
    if (const auto* fact = std::get_if<Estimated>(&event.fact)) row("estimate", fact->to, {});
    if (const auto* fact = std::get_if<DelayFlagged>(&event.fact))
        row("delay", fact->estimate, {{"reason", name(fact->reason)}});
    if (const auto* fact = std::get_if<Repromised>(&event.fact))
        row("repromise", fact->to,
            {{"reason", name(fact->reason)}, {"who", fact->who}, {"how", name(fact->how)}, {"counts", fact->counts}});
}

void ExportTables::put_order(const std::string& order, const Imported& fact) {
    auto row = protocol::to_json(fact).as_object();
    std::string people;
    for (const auto& one : fact.technicians) people += (people.empty() ? "" : "|") + one;
    const auto rename = [&row](const char* from, const char* to) {
        if (const auto* found = row.if_contains(from)) row[to] = json::value(*found);
    };
    for (const auto& [ours, column] :
         {std::pair{"type", "repair_type"}, std::pair{"received", "received_at"}, std::pair{"promise", "promised_at"},
          std::pair{"settled", "settled_at"}, std::pair{"repromise", "repromised_at"},
          std::pair{"confirmed", "repromise_confirmed_at"}, std::pair{"reason", "repromise_reason"},
          std::pair{"decision", "excuse_decision"}, std::pair{"call_back", "callback"},
          std::pair{"delay_flagged", "delay_flagged_at"}})
        rename(ours, column);
    row["order_no"] = order;
    row["technicians"] = people;
    if (fact.amount) row["amount"] = reports::yuan(*fact.amount);
    Csv(files_["orders.csv"], reports::order_columns).row(row);
    for (const auto& one : fact.technicians) people_.try_emplace(one, json::object{{"id", one}, {"active", false}});
    if (!fact.advisor.empty())
        people_.try_emplace(fact.advisor, json::object{{"id", fact.advisor}, {"role", "advisor"}, {"active", false}});
}

void ExportTables::put_live_order(const Job& job) {
    const auto row = reports::settled_job(job, {});
    Imported fact{.plate = row.plate,
                  .type = row.type,
                  .advisor = row.advisor,
                  .technicians = row.technicians,
                  .received = std::min(row.received, row.settled),
                  .settled = row.settled};
    put_promises(job, fact);
    if (job.excuse) {
        fact.customer_cause = job.excuse->signature;
        fact.decision = job.excuse->decision;
    }
    if (job.call_back) fact.call_back = job.call_back->late ? ImportedCallBack::late : ImportedCallBack::on_time;
    fact.inspected = row.inspected;
    fact.inspection_failed = row.inspection_failed;
    if (!row.return_of.empty()) fact.return_of = row.return_of;
    fact.amount = row.amount;
    fact.delay_flagged = row.flagged;
    fact.delay_reason = row.delay_reason;
    if (row.flagged) fact.delay_minutes = row.delay_minutes;
    put_order(job.order, fact);
}

void ExportTables::put_jobs() {
    Csv jobs(files_["jobs.csv"], members_of<Job>());
    // The headers also when nobody ever said such a thing.
    put_all(files_["items.csv"], "", std::vector<Item>{});
    put_all(files_["clockings.csv"], "", std::vector<Clocking>{});
    put_all(files_["inspections.csv"], "", std::vector<Inspection>{});
    put_all(files_["delays.csv"], "", std::vector<Delay>{});
    put_all(files_["contacts.csv"], "", std::vector<Contact>{});
    put_one(files_["call-backs.csv"], "", std::optional<CallBack>{});
    put_one(files_["excuses.csv"], "", std::optional<Excuse>{});
    put_one(files_["settlements.csv"], "", std::optional<Settlement>{});
    for (const auto& [order, job] : board_.jobs) {
        jobs.row(protocol::to_json(job).as_object());
        put_all(files_["items.csv"], order, job.items);
        put_all(files_["clockings.csv"], order, job.clockings);
        put_all(files_["inspections.csv"], order, job.inspections);
        put_all(files_["delays.csv"], order, job.delays);
        put_all(files_["contacts.csv"], order, job.contacts);
        put_one(files_["call-backs.csv"], order, job.call_back);
        put_one(files_["excuses.csv"], order, job.excuse);
        put_one(files_["settlements.csv"], order, job.settlement);
        if (job.settlement) put_live_order(job);
    }
}

std::map<std::string, std::string> ExportTables::finish() {
    for (const auto& [number, order] : imported_) {
        put_order(number, order.now());
        put_one(files_["call-backs.csv"], number, order.job.call_back);
        put_one(files_["excuses.csv"], number, order.job.excuse);
    }
    put_jobs();
    Csv alerts(files_["alerts.csv"], members_of<RaisedAlert>());
    for (const auto& [id, alert] : board_.alerts) alerts.row(protocol::to_json(alert).as_object());
    Csv days(files_["days-read.csv"], {"day", "staff", "at"});
    for (const auto& [day, readers] : board_.days_read) {
        for (const auto& [who, at] : readers)
            days.row({{"day", protocol::iso_date(day)}, {"staff", who}, {"at", time_of(at)}});
    }
    Csv staff(files_["staff.csv"], {"id", "name", "role", "team", "active"});
    for (const auto& [id, person] : people_) staff.row(person);
    return std::move(files_);
}

}  // namespace baytime::cli
