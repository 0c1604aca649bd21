#include "board/daemon/queries.hpp"

#include "board/core/duty.hpp"
#include "board/core/verdict.hpp"
#include "board/core/views.hpp"
#include "board/daemon/event_json.hpp"
#include "board/daemon/help.hpp"
#include "board/daemon/imports.hpp"
#include "board/daemon/parameter.hpp"
#include "board/daemon/prediction_queries.hpp"
#include "board/daemon/report_desk.hpp"
#include "board/reports/order_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace baytime::daemon {

namespace json = boost::json;

namespace {

bool says_nothing(const json::value& value) {
    if (const auto* text = value.if_string()) return text->empty();
    if (const auto* yes = value.if_bool()) return !*yes;
    if (const auto* list = value.if_array()) return list->empty();
    return value.is_null();
}

/// Without empty texts and lists and without `no`, so that a line of words stays readable.
json::object terse(const json::object& members) {
    json::object out;
    for (const auto& member : members) {
        if (!says_nothing(member.value())) out[member.key()] = member.value();
    }
    return out;
}

/// The same with `id` called `order`, as requests call it.
json::object job_line(const JobRow& row) {
    json::object out{{"order", row.id}};
    for (const auto& member : terse(protocol::to_json(row).as_object())) {
        if (member.key() != "id") out[member.key()] = member.value();
    }
    return out;
}

json::object closed_line(const Job& job) {
    return terse({{"order", job.order},
                  {"plate", job.plate},
                  {"model", job.model},
                  {"type", name(job.type)},
                  {"state", name(job.state)},
                  {"since", protocol::iso_utc(job.since)},
                  {"advisor", job.advisor}});
}

void add_closed(const Board& board, const std::string& state, protocol::Result& result) {
    std::vector<const Job*> closed;
    for (const auto& [order, job] : board.jobs) {
        if (is_closed(job.state) && (state.empty() || name(job.state) == state)) closed.push_back(&job);
    }
    std::ranges::sort(closed, std::greater{}, &Job::last_seq);
    if (closed.size() > max_closed_listed) closed.resize(max_closed_listed);
    for (const auto* job : closed) result.lines.push_back(closed_line(*job));
}

Outcome jobs(const House& house, const protocol::Query& query) {
    const auto& board = house.workshop.board();
    const auto state = parameter(query, "state");
    const auto asked = from_name<JobState>(state);
    protocol::Result result{.members = {}, .lines_name = "jobs", .lines = {}};
    for (const auto& row : workshop_view(board, house.workshop.shop(), house.clock.now()).jobs) {
        if (!asked || row.state == *asked) result.lines.push_back(job_line(row));
    }
    if (parameter(query, "all") == "yes" || (asked && is_closed(*asked))) add_closed(board, state, result);
    result.members["count"] = result.lines.size();
    result.members["seq"] = board.seq;
    return result;
}

Refused unknown_order() {
    return {"unknown-order", "no job has this order number; see jobs", -32000};
}

/// The order as stored: in capitals.
std::string order_in(const protocol::Query& query) {
    auto order = parameter(query, "order");
    std::ranges::transform(order, order.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return order;
}

void add_ruling(const Job& job, json::object& members) {
    const auto ruling = ruling_of(job);
    if (!ruling) return;
    members["verdict"] = name(ruling->verdict);
    members["why"] = name(ruling->why);
    if (job.settlement->amount) members["amount"] = reports::yuan(*job.settlement->amount);
}

/// An imported order is in the record, not on the board: what its row said, and what was said since.
Outcome show_imported(const House& house, const protocol::Query& query) {
    const auto order = imported_order(house.workshop.journal(), order_in(query));
    if (!order) return unknown_order();
    protocol::Result result;
    result.members["order"] = order->job.order;
    result.members["state"] = name(order->job.state);
    for (const auto& member : terse(protocol::to_json(order->now()).as_object()))
        result.members[member.key()] = member.value();
    // As live orders have them: the promise that counts, and the first one.
    result.members["original_promise"] = protocol::iso_utc(*order->job.original_promise);
    result.members["promise"] = protocol::iso_utc(*order->job.promise);
    if (order->job.excuse && !order->job.excuse->cause.empty()) result.members["cause"] = order->job.excuse->cause;
    if (order->job.call_back && !order->job.call_back->text.empty())
        result.members["call_back_text"] = order->job.call_back->text;
    add_ruling(order->job, result.members);
    result.members["imported_at"] = protocol::iso_utc(order->imported_at);
    result.members["seq"] = house.workshop.board().seq;
    return result;
}

/// Its place in the queue of its bay, from 1; nothing when it does not wait there.
json::value place_in_queue(const Board& board, const Job& job) {
    const auto waits = [&job](const Job& one) {
        return one.state == JobState::assigned && !one.parked && one.bay == job.bay;
    };
    if (!waits(job)) return nullptr;
    int place = 0;
    for (const auto& order : board.open) {
        const Job& other = board.jobs.at(order);
        if (waits(other) && other.queue_place <= job.queue_place) ++place;
    }
    return place;
}

Outcome show(const House& house, const protocol::Query& query) {
    const auto* job = house.workshop.board().find(order_in(query));
    if (job == nullptr) return show_imported(house, query);
    static constexpr std::array inner{"items", "clockings", "inspections", "delays", "new_times", "contacts"};
    auto all = protocol::to_json(*job).as_object();
    protocol::Result result{.members = {}, .lines_name = "parts", .lines = {}};
    for (const auto* list : inner) {
        int number = 0;
        for (const auto& one : all.at(list).as_array()) {
            json::object line{{"part", list}, {"number", ++number}};
            for (const auto& member : terse(one.as_object())) line[member.key()] = member.value();
            result.lines.push_back(std::move(line));
        }
        all[list] = nullptr;  // what says nothing is left out below; erasing would change the order
    }
    all["queue_place"] = place_in_queue(house.workshop.board(), *job);
    result.members = terse(all);
    add_ruling(*job, result.members);
    result.members["seq"] = house.workshop.board().seq;
    return result;
}

Outcome history(const House& house, const protocol::Query& query) {
    const auto order = order_in(query);
    const auto events = house.workshop.journal().history(order, max_history);
    if (events.empty()) return unknown_order();
    protocol::Result result{.members = {}, .lines_name = "events", .lines = {}};
    for (const auto& event : events) {
        auto line = event_json(event);
        line["data"] = terse(line["data"].as_object());
        result.lines.push_back(std::move(line));
    }
    result.members["order"] = order;
    result.members["count"] = events.size();
    result.members["seq"] = house.workshop.board().seq;
    return result;
}

json::array staff_list(const Shop& shop) {
    json::array out;
    for (const Person& person : shop.people)
        out.push_back(
            json::object{{"id", person.id}, {"name", person.name}, {"role", name(person.role)}, {"team", person.team}});
    return out;
}

/// A page of the record. The first one carries who works here, so that ids in it have names.
Outcome export_events(const House& house, const protocol::Query& query) {
    const auto text = parameter(query, "after");
    std::uint64_t after = 0;
    std::from_chars(text.data(), text.data() + text.size(), after);
    protocol::Result result{.members = {}, .lines_name = "events", .lines = {}};
    result.members["seq"] = house.workshop.board().seq;
    if (after == 0) result.members["staff"] = staff_list(house.workshop.shop());
    std::size_t bytes = 0;
    house.workshop.journal().read(after, [&](const Event& event) {
        auto line = event_json(event);
        bytes += json::serialize(line).size();
        result.lines.push_back(std::move(line));
        return bytes < export_page_bytes;
    });
    return result;
}

Outcome bays(const House& house) {
    const auto view = workshop_view(house.workshop.board(), house.workshop.shop(), house.clock.now());
    protocol::Result result{.members = {}, .lines_name = "bays", .lines = {}};
    for (const auto& row : view.bays) result.lines.push_back(terse(protocol::to_json(row).as_object()));
    result.members["count"] = view.bays.size();
    result.members["seq"] = house.workshop.board().seq;
    return result;
}

Outcome alerts(const House& house) {
    const auto view = alerts_view(house.workshop.board(), house.workshop.shop(), house.clock.now());
    protocol::Result result{.members = {}, .lines_name = "alerts", .lines = {}};
    for (const auto& alert : view.alerts) {
        auto line = terse(protocol::to_json(alert).as_object());
        if (alert.passed_on == 0) line["passed_on"] = nullptr;
        result.lines.push_back(terse(line));
    }
    result.members["count"] = view.alerts.size();
    result.members["seq"] = house.workshop.board().seq;
    return result;
}

Outcome duties_of(const House& house, const protocol::Query& query) {
    const auto advisor = parameter(query, "advisor");
    const auto& shop = house.workshop.shop();
    if (!advisor.empty() && shop.person(advisor) == nullptr) {
        return Refused{"unknown-person", "nobody here has this id; leave it out for the duties of all", -32000};
    }
    protocol::Result result{.members = {}, .lines_name = "duties", .lines = {}};
    const auto now = house.clock.now();
    for (const auto& duty : duties(house.workshop.board(), shop, house.workshop.predictions(now), advisor, now)) {
        result.lines.push_back(terse(protocol::to_json(duty).as_object()));
    }
    result.members["count"] = result.lines.size();
    result.members["seq"] = house.workshop.board().seq;
    return result;
}

Outcome ping(const House& house) {
    protocol::Result result{.members = house.clock.json(), .lines_name = "", .lines = {}};
    result.members["zone"] = house.workshop.shop().zone;
    result.members["seq"] = house.workshop.board().seq;
    return result;
}

Outcome version_of() {
    protocol::Result result;
    result.members["product"] = product;
    result.members["protocol"] = protocol::version;
    return result;
}

}  // namespace

Outcome ask(const House& house, std::string_view verb, const protocol::Query& query) {
    if (verb == "jobs") return jobs(house, query);
    if (verb == "show") return show(house, query);
    if (verb == "history") return history(house, query);
    if (verb == "export-events") return export_events(house, query);
    if (verb == "alerts") return alerts(house);
    if (verb == "duties") return duties_of(house, query);
    if (verb == "bays") return bays(house);
    if (verb == "report") return report(house, query);
    if (verb == "predictions") return list_predictions(house);
    if (verb == "why") return why(house, query);
    if (verb == "quote") return tell_quote(house, query);
    if (verb == "calibration") return tell_calibration(house);
    if (verb == "help") return help(query);
    if (verb == "health") return house.health();
    if ((verb == "backup" || verb == "log-level" || verb == "support") && house.operations)
        return house.operations(verb, query);
    if (verb == "sign-test" || verb == "sign-trace") {
        if (house.sign_tools) return house.sign_tools(verb, query);
        return Refused{"unknown-sign", "no sign hangs here", -32000};
    }
    if (verb == "ping") return ping(house);
    if (verb == "version") return version_of();
    if (verb == "bye") return protocol::Result{};
    return Refused{"unknown-verb", "this verb is not served here", -32601};
}

}  // namespace baytime::daemon
