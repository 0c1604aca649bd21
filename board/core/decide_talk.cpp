// What is agreed and said with the customer: add-work, consent, contact, call-back.
#include "board/core/decide_rules.hpp"
#include "board/core/due.hpp"
#include "board/core/duty.hpp"
#include "board/core/prediction.hpp"

namespace baytime::rules {

namespace {

/// The time the customer knows from now on. A call about something else tells no new time.
std::optional<Instant> told_now(const Ask& ask, const LogContact& contact) {
    if (contact.to) return contact.to;
    const Job& job = *ask.job;
    if (known_late(job)) return time_to_tell(job, predict(ask.board, ask.shop, ask.at));
    if (job.estimate && !job.told) return job.estimate;
    return job.told_time ? job.told_time : job.promise;
}

}  // namespace

Decision rule(const Ask& ask, const AddWork& work) {
    if (auto refused = must_be_here(ask)) return *refused;
    const auto& items = ask.job->items;
    const Item item{.code = work.code.value_or(""),
                    .name = work.name,
                    .minutes = work.minutes.value,
                    .added = true,
                    .consent = Consent::open};
    if (item.name.empty()) return refuse(Refusal::value_missing, "say what is to be done, with name=<text>");
    if (auto refused = bad_text({{"name", item.name}, {"code", item.code}})) return *refused;
    if (item.minutes < 1 || item.minutes > max_minutes) {
        return refuse(Refusal::value_bad, "minutes must lie between 1 and " + std::to_string(max_minutes));
    }
    if (!items.empty() && items.back() == item) return already_so();
    if (items.size() >= max_items) {
        return refuse(Refusal::value_bad, ask.order + " already has " + std::to_string(max_items) +
                                              " items, and no more fit; open a new order for the rest");
    }
    return fact(ask, WorkAdded{.item = item});
}

Decision rule(const Ask& ask, const GiveConsent& consent) {
    if (auto refused = must_be_here(ask)) return *refused;
    const auto& items = ask.job->items;
    if (consent.item < 1 || static_cast<std::size_t>(consent.item) > items.size()) {
        return refuse(Refusal::unknown_item, ask.order + " has no item " + std::to_string(consent.item) +
                                                 "; its items count from 1 to " + std::to_string(items.size()));
    }
    const Item& item = items[static_cast<std::size_t>(consent.item - 1)];
    if (!item.added) {
        return refuse(Refusal::value_bad,
                      quoted(item.name) + " was on the order from the start; only added work needs an answer");
    }
    if (consent.who.empty()) {
        return refuse(Refusal::value_missing, "say who answered for the customer, with who=<name>");
    }
    if (auto refused = bad_text({{"who", consent.who}})) return *refused;
    if (item.consent == (consent.declined ? Consent::declined : Consent::agreed)) return already_so();
    return fact(
        ask, ConsentGiven{.item = consent.item, .declined = consent.declined, .who = consent.who, .how = consent.how});
}

Decision rule(const Ask& ask, const LogContact& contact) {
    const auto& contacts = ask.job->contacts;
    // A booking counts: an overdue guest is rung up (rule §5).
    if (is_closed(ask.job->state)) return not_from_here(ask, "after the hand-over say call-back");
    if (contact.who.empty()) return refuse(Refusal::value_missing, "say who was told, with who=<name>");
    const std::string text = contact.text.value_or("");
    if (auto refused = bad_text({{"who", contact.who}, {"text", text}})) return *refused;
    if (contact.to) {
        if (auto refused = bad_new_time(ask, *contact.to)) return *refused;
    }
    if (!contacts.empty()) {
        const Contact& last = contacts.back();
        const bool same = last.by == ask.who.id && last.who == contact.who && last.how == contact.how &&
                          last.text == text && within_double_press(last.at, ask.at);
        const bool same_time = !contact.to || contact.to == ask.job->told_time;
        if (same && same_time && ask.job->told) return already_so();
    }
    if (auto refused = full(ask, contacts.size(), "contacts")) return *refused;
    return fact(ask,
                Contacted{.who = contact.who, .how = contact.how, .text = text, .expected = told_now(ask, contact)});
}

Decision rule(const Ask& ask, const LogCallBack& call) {
    if (ask.job->state != JobState::delivered) return not_from_here(ask, "the call-back follows the hand-over");
    const std::string text = call.text.value_or("");
    if (auto refused = bad_text({{"text", text}})) return *refused;
    const auto& so_far = ask.job->call_back;
    if (so_far && so_far->late == call.late && so_far->text == text) return already_so();
    const bool takes_back = so_far && so_far->late && !call.late;
    if (takes_back && ask.who.role == Role::advisor) {
        // The advisor's own rate depends on it (rule §4).
        return refuse(Refusal::not_permitted,
                      "the customer called " + ask.order + " late; relations or a manager can take that back");
    }
    return fact(ask, CalledBack{.late = call.late, .text = text});
}

}  // namespace baytime::rules
