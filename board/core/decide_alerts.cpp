// Answers to alerts: ack, and the technician's one word, yes or late (rule §5).
#include "board/core/decide_rules.hpp"
#include "board/core/due.hpp"

#include <algorithm>
#include <set>

namespace baytime::rules {

namespace {

bool works_on(const Board& board, const std::string& person, const std::string& order) {
    const auto on = board.clocked_on.find(person);
    return on != board.clocked_on.end() && on->second == order;
}

bool may_answer(const Board& board, const Person& who, const RaisedAlert& alert) {
    if (who.role == Role::foreman || alert.person == who.id) return true;
    return (alert.whom == who.role && alert.person.empty()) || works_on(board, who.id, alert.order);
}

/// The open questions this person may answer, about one order when it is named.
std::vector<const RaisedAlert*> questions_for(const Board& board, const Person& who, std::string_view order) {
    std::vector<const RaisedAlert*> out;
    for (const auto& id : board.open_alerts) {
        const auto& alert = board.alerts.at(id);
        const bool open = is_question(alert.kind) && !alert.acknowledged_at;
        if (open && (order.empty() || alert.order == order) && may_answer(board, who, alert)) out.push_back(&alert);
    }
    return out;
}

std::set<std::string> orders_of(const std::vector<const RaisedAlert*>& questions) {
    std::set<std::string> out;
    for (const auto* one : questions) out.insert(one->order);
    return out;
}

/// A question that this person has answered already, or null: the word was said twice.
const RaisedAlert* answered_by(const Board& board, const Person& who) {
    const RaisedAlert* newest = nullptr;
    for (const auto& id : board.open_alerts) {
        const auto& alert = board.alerts.at(id);
        const bool said = alert.answer == AlertAnswer::yes && alert.acknowledged_by == who.id;
        if (said && (!newest || *alert.acknowledged_at > *newest->acknowledged_at)) newest = &alert;
    }
    return newest;
}

std::string listed(const std::set<std::string>& orders) {
    std::string out;
    for (const auto& order : orders) out += (out.empty() ? "" : ", ") + order;
    return out;
}

/// The order a word without one is about, or empty.
std::string asked_about(const Board& board, const Person& who) {
    const auto orders = orders_of(questions_for(board, who, {}));
    return orders.size() == 1 ? *orders.begin() : std::string{};
}

}  // namespace

Decision rule(const Ask& ask, const Acknowledge& ack) {
    const auto found = ask.board.alerts.find(ack.alert);
    if (found == ask.board.alerts.end()) {
        return refuse(Refusal::unknown_alert, "there is no alert " + quoted(ack.alert) + "; alerts lists those open");
    }
    const RaisedAlert& alert = found->second;
    if (alert.closed_at || alert.acknowledged_at) return already_so();
    const bool asked = alert.person == ask.who.id || (alert.whom == Role::technician && alert.person.empty());
    if (ask.who.role == Role::technician && !asked) {
        return refuse(Refusal::not_permitted, ack.alert + " is for a " + name(alert.whom) +
                                                  "; a technician acknowledges what is asked of them");
    }
    return fact(ask, AlertAcknowledged{.alert = ack.alert, .answer = AlertAnswer::seen});
}

Decision rule(const Ask& ask, const AnswerYes& yes) {
    const std::string named = upper_case(yes.order.value_or(""));
    auto questions = questions_for(ask.board, ask.who, named);
    const auto asked = orders_of(questions);
    // What has not come true is no answer any more.
    std::erase_if(questions, [&ask](const RaisedAlert* one) { return !keeps(ask.at, one->about); });
    const auto orders = orders_of(questions);
    if (orders.empty() && !asked.empty()) {
        return refuse(Refusal::promise_past,
                      "the promise of " + listed(asked) + " has passed; say late <minutes> <reason>");
    }
    if (orders.size() > 1) {
        return refuse(Refusal::value_missing, "you were asked about " + listed(orders) + "; say yes and which of them");
    }
    if (orders.empty()) {
        const auto* before = answered_by(ask.board, ask.who);
        if (before && within_double_press(*before->acknowledged_at, ask.at)) return already_so();
        return refuse(Refusal::nothing_asked, "no question waits for you" +
                                                  (named.empty() ? std::string{} : " about " + named) +
                                                  "; alerts lists the open ones");
    }
    std::vector<std::pair<std::string, Fact>> answers;  // of two orders asked about, one may be past its promise
    for (const auto* one : questions) {
        answers.emplace_back(one->order, AlertAcknowledged{.alert = one->id, .answer = AlertAnswer::yes});
    }
    return facts(ask, std::move(answers));
}

Decision rule(const Ask& ask, const SayLate& late) {
    if (!ask.job) {
        return refuse(Refusal::nothing_asked,
                      "no question waits for you and you are on no job; name it, as in late 30 parts order=<order>");
    }
    return rule(ask, FlagDelay{.order = ask.order,
                               .minutes = late.minutes,
                               .reason = late.reason.value_or(DelayReason::other),
                               .text = std::nullopt});
}

}  // namespace baytime::rules

namespace baytime {

std::string subject_of(const Board& board, const Command& command, const Person& who) {
    if (const auto* ack = std::get_if<Acknowledge>(&command)) {
        const auto found = board.alerts.find(ack->alert);
        return found == board.alerts.end() ? std::string{} : found->second.order;
    }
    const std::string& named = order_of(command);
    if (!named.empty()) return rules::upper_case(named);
    const bool yes = std::holds_alternative<AnswerYes>(command);
    if (!yes && !std::holds_alternative<SayLate>(command)) return {};
    std::string asked = rules::asked_about(board, who);
    if (!asked.empty()) return asked;
    const auto* before = yes ? rules::answered_by(board, who) : nullptr;
    if (before) return before->order;
    const auto on = board.clocked_on.find(who.id);
    return yes || on == board.clocked_on.end() ? std::string{} : on->second;
}

}  // namespace baytime
