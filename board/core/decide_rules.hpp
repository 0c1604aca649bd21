// What the rules share: the question being asked, and how to say yes and no. Inside core only.
#pragma once

#include "board/core/decide.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::rules {

/// Longest free text, in bytes.
inline constexpr std::size_t max_text = 200;
/// The longest delay or added work, in minutes: a week.
inline constexpr int max_minutes = 7 * 24 * 60;
/// No promise, appointment or estimate lies further ahead.
inline constexpr std::chrono::hours furthest_time{366 * 24};
/// The same said twice within this time is one press too many, not a second fact.
inline constexpr std::chrono::seconds double_press{60};

/// A promise that was typed wrongly is noticed at the desk. After this time a new one is a re-promise (rule §3).
inline constexpr std::chrono::minutes correction_window{10};

/// One request with everything looked up and checked that all rules need.
struct Ask {
    const Board& board;
    const Shop& shop;
    const Request& request;
    const Person& who;
    std::string order;             ///< in upper case
    const Job* job = nullptr;      ///< never null but for Book, Receive and commands about no order
    Instant at{};                  ///< the tap, checked and straightened
    bool imported = false;         ///< the job is none of the board
    bool return_imported = false;  ///< the order that `return_of` names is imported
};

/// `at`, unless a job's newest event says that it cannot be. Clocks of phones differ a little from ours: a small step
/// back behind that event is straightened instead of refused.
std::optional<Instant> not_before(const Request& request, Instant at, Instant newest_at);

/// The command's facts become events of the asked order.
Decision facts(const Ask& ask, std::vector<Fact> list);
/// The same for several orders.
Decision facts(const Ask& ask, std::vector<std::pair<std::string, Fact>> list);
inline Decision fact(const Ask& ask, Fact one) {
    return facts(ask, std::vector<Fact>{std::move(one)});
}
inline Decision already_so() {
    return std::vector<Event>{};
}
inline Rejection refuse(Refusal refusal, std::string sentence) {
    return {refusal, std::move(sentence)};
}

/// `book`, `no-show`: the verb of the protocol.
const char* verb_of(const Command& command);
std::string upper_case(std::string text);
/// In single quotes, cut to what fits a sentence.
std::string quoted(std::string_view text);
/// `in progress in bay 3`, `in the queue of bay 3`, `waiting for a bay`: where the job stands, after "R1 is ".
std::string standing(const Job& job);
/// A refusal for the job's state: "R1 is <standing>; <what works>."
Rejection not_from_here(const Ask& ask, std::string_view what_works);
/// Refuses a closed job, or one that has not arrived.
std::optional<Rejection> must_be_here(const Ask& ask);

/// The first text that is too long or holds control characters is refused, named by its parameter.
struct Text {
    const char* parameter = "";
    std::string_view value;
};
std::optional<Rejection> bad_text(std::initializer_list<Text> texts);
/// Refuses a list that is full.
std::optional<Rejection> full(const Ask& ask, std::size_t entries, const char* what);

std::optional<Rejection> bad_bay(const Ask& ask, const std::string& bay);
/// A known technician or lead.
std::optional<Rejection> bad_technician(const Ask& ask, const std::string& id);
/// A known person of any role.
std::optional<Rejection> bad_person(const Ask& ask, const std::string& id, const char* parameter);
/// Refuses when another job holds the bay, naming it.
std::optional<Rejection> bay_taken(const Ask& ask, const std::string& bay);
/// An amount below zero or above max_amount is refused.
std::optional<Rejection> bad_amount(const std::optional<Amount>& amount);
/// `promise` must not lie before this minute nor absurdly far ahead.
std::optional<Rejection> bad_promise(const Ask& ask, Instant promise);
/// A new time must lie after now and not absurdly far ahead.
std::optional<Rejection> bad_new_time(const Ask& ask, Instant to);
inline bool within_double_press(Instant earlier, Instant at) {
    return at - earlier <= double_press;
}

Decision rule(const Ask&, const Book&);
Decision rule(const Ask&, const Receive&);
Decision rule(const Ask&, const Assign&);
Decision rule(const Ask&, const Unassign&);
Decision rule(const Ask&, const Start&);
Decision rule(const Ask&, const Pause&);
Decision rule(const Ask&, const Finish&);
Decision rule(const Ask&, const Inspect&);
Decision rule(const Ask&, const Wash&);
Decision rule(const Ask&, const Ready&);
Decision rule(const Ask&, const Deliver&);
Decision rule(const Ask&, const Cancel&);
Decision rule(const Ask&, const NoShow&);
Decision rule(const Ask&, const Correct&);
Decision rule(const Ask&, const Undo&);
Decision rule(const Ask&, const SetPromise&);
Decision rule(const Ask&, const Repromise&);
Decision rule(const Ask&, const Estimate&);
Decision rule(const Ask&, const FlagDelay&);
Decision rule(const Ask&, const AddWork&);
Decision rule(const Ask&, const GiveConsent&);
Decision rule(const Ask&, const LogContact&);
Decision rule(const Ask&, const LogCallBack&);
Decision rule(const Ask&, const GiveExcuse&);
Decision rule(const Ask&, const DecideExcuse&);
Decision rule(const Ask&, const ConfirmDay&);
Decision rule(const Ask&, const Acknowledge&);
Decision rule(const Ask&, const AnswerYes&);
Decision rule(const Ask&, const SayLate&);
Decision rule(const Ask&, const Forget&);

}  // namespace baytime::rules
