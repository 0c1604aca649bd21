#include "board/daemon/answers.hpp"

#include "board/core/verdict.hpp"
#include "protocol/json.hpp"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>

namespace baytime::daemon {

namespace json = boost::json;

namespace {

/// A command's members as JSON, without its moments.
template <class C>
json::object timeless(const C& command) {
    json::object out;
    using Members = boost::describe::describe_members<C, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        const auto& value = command.*member.pointer;
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, Instant> || std::is_same_v<Value, std::optional<Instant>>) {
            return;
        } else if constexpr (std::is_same_v<Value, MinuteCount>) {
            out[member.name] = value.value;
        } else if constexpr (std::is_same_v<Value, std::optional<MinuteCount>>) {
            if (value) out[member.name] = value->value;
        } else {
            out[member.name] = protocol::to_json(value);
        }
    });
    return out;
}

/// How the order stands by rule §4, for the verbs that may change it.
void add_verdict(json::object& members, const Command& command, const Job* job) {
    const bool tells = std::holds_alternative<Deliver>(command) || std::holds_alternative<LogCallBack>(command) ||
                       std::holds_alternative<GiveExcuse>(command) || std::holds_alternative<DecideExcuse>(command);
    const auto ruling = tells && job != nullptr ? ruling_of(*job) : std::nullopt;
    if (tells && job != nullptr && job->held) members["held"] = true;  // until the clock is confirmed
    if (!ruling) return;
    members["verdict"] = name(ruling->verdict);
    if (ruling->pending) members["pending"] = true;
}

/// A word of warning when the promise can not be kept as things stand; it is taken all the same, the advisor decides.
void warn_of(json::object& members, const std::optional<Instant>& promise, const std::optional<Instant>& earliest) {
    if (!earliest || (promise && minute_of(*promise) >= minute_of(*earliest))) return;
    members["earliest"] = protocol::iso_utc(*earliest);
    if (promise) members["warning"] = "this promise is hardly kept as things stand; earliest says the first honest one";
}

bool agreed_later(const Item& item) {
    return item.added && item.consent == Consent::agreed;
}

void add_what_the_verb_tells(json::object& members, const Event& event, const Job* job) {
    if (const auto* came = std::get_if<Received>(&event.fact)) {
        if (came->prefilled) {
            members["promise"] = protocol::iso_utc(came->promise);
            members["prefilled"] = true;
        }
        warn_of(members, came->promise, came->earliest);
    }
    if (const auto* booked = std::get_if<Booked>(&event.fact)) warn_of(members, booked->promise, booked->earliest);
    if (const auto* set = std::get_if<PromiseSet>(&event.fact)) warn_of(members, set->to, set->earliest);
    if (const auto* again = std::get_if<Repromised>(&event.fact)) {
        members["counts"] = again->counts;
        if (again->reason == DelayReason::added_work && !again->counts)
            members["warning"] = "the promise stays: a new one has to be agreed before the old one passes";
        if (again->counts && job != nullptr && std::ranges::none_of(job->items, agreed_later))
            members["warning"] =
                "the promise is moved for added work, but the order has none to which the customer said yes; write it "
                "down with add-work and consent";
    }
    if (const auto* contact = std::get_if<Contacted>(&event.fact); contact != nullptr && contact->expected)
        members["told"] = protocol::iso_utc(*contact->expected);
    if (const auto* delay = std::get_if<DelayFlagged>(&event.fact)) {
        members["notice"] = name(delay->notice);
        members["estimate"] = protocol::iso_utc(delay->estimate);
    }
}

}  // namespace

protocol::Result answer_to(const Command& command, const std::string& subject, std::span<const Event> events,
                           const Board& board, const std::optional<Job>& imported) {
    protocol::Result result;
    if (const auto* confirm = std::get_if<ConfirmDay>(&command)) {
        result.members["day"] = protocol::iso_date(confirm->day);
        result.members["seq"] = board.seq;
        result.members["changed"] = !events.empty();
        return result;
    }
    if (std::holds_alternative<Forget>(command)) {
        result.members["orders"] = events.size();
        result.members["seq"] = board.seq;
        result.members["changed"] = !events.empty();
        return result;
    }
    // A taken-back booking is no job any more, and an alert's order is not named: the event names both.
    const auto order = !subject.empty() || events.empty() ? subject : events.front().order;
    const auto* on_board = board.find(order);
    const auto* job = on_board == nullptr && imported ? &*imported : on_board;
    if (!order.empty()) {
        result.members["order"] = order;
        result.members["state"] = job != nullptr ? name(job->state) : "none";
    }
    result.members["seq"] = board.seq;
    result.members["changed"] = !events.empty();
    for (const auto& event : events) add_what_the_verb_tells(result.members, event, job);
    add_verdict(result.members, command, job);
    return result;
}

std::string answer_text(const Outcome& outcome) {
    if (const auto* result = std::get_if<protocol::Result>(&outcome))
        return json::serialize(json::object{{"result", result->members}});
    const auto& refused = std::get<Refused>(outcome);
    return json::serialize(
        json::object{{"token", refused.token}, {"sentence", refused.sentence}, {"code", refused.code}});
}

Outcome outcome_of(std::string_view text) {
    const auto value = json::parse(json::string_view(text.data(), text.size()));
    const auto& object = value.as_object();
    if (const auto* result = object.if_contains("result"))
        return protocol::Result{.members = result->as_object(), .lines_name = "", .lines = {}};
    return Refused{std::string(object.at("token").as_string()), std::string(object.at("sentence").as_string()),
                   static_cast<int>(object.at("code").as_int64())};
}

std::string fingerprint(const Submission& ask) {
    // What is to be forgotten is not kept as a key's command either.
    if (std::holds_alternative<Forget>(ask.command)) return ask.verb + ' ' + ask.who;
    const auto members = std::visit([](const auto& command) { return timeless(command); }, ask.command);
    return ask.verb + ' ' + ask.who + ' ' + json::serialize(members);
}

}  // namespace baytime::daemon
