// What a person may ask for. One struct per verb of the protocol that changes something.
// Members are the parameters: `std::optional` ones may be left out, a plain `bool` is false when left out,
// everything else is required. The verb table (protocol/verbs.hpp) reads them by these very names.
#pragma once

#include "board/core/job.hpp"

#include <cstdint>
#include <variant>

namespace baytime {

/// A length of time in whole minutes, at least one.
struct MinuteCount {
    int value = 0;
    bool operator==(const MinuteCount&) const = default;
};

/// Money in whole cents of the shop's currency.
struct Amount {
    std::int64_t cents = 0;
    bool operator==(const Amount&) const = default;
};
BOOST_DESCRIBE_STRUCT(Amount, (), (cents))

/// An appointment: the car is not here yet.
struct Book {
    std::string order{}, plate{}, model{};
    RepairType type = RepairType::maintenance;
    Instant appointment{};
    std::optional<Instant> promise{};
    std::optional<std::string> customer{}, phone{}, advisor{};
    std::optional<std::vector<Item>> items{};
    std::optional<bool> wash{};
    bool express = false;
};
BOOST_DESCRIBE_STRUCT(Book, (),
                      (order, plate, model, type, appointment, promise, customer, phone, advisor, items, wash, express))

/// The car is here. For a booked order only `order` is needed; for a walk-in also plate, model, type.
/// Without a promise, neither here nor booked, it is the earliest honest one.
struct Receive {
    std::string order{};
    std::optional<std::string> plate{}, model{};
    std::optional<RepairType> type{};
    std::optional<Instant> promise{};
    std::optional<std::string> customer{}, phone{}, advisor{}, return_of{};
    std::optional<std::vector<Item>> items{};
    std::optional<bool> wash{};
    bool express = false;
    bool waiting = false;
};
BOOST_DESCRIBE_STRUCT(Receive, (),
                      (order, plate, model, type, promise, customer, phone, advisor, return_of, items, wash, express,
                       waiting))

/// Give the job a bay, or another bay; `parked`: the car already stands there.
struct Assign {
    std::string order{}, bay{};
    std::optional<std::string> technician{};
    bool parked = false;
};
BOOST_DESCRIBE_STRUCT(Assign, (), (order, bay, technician, parked))

/// Take the job back into the dispatch queue.
struct Unassign {
    std::string order{};
};
BOOST_DESCRIBE_STRUCT(Unassign, (), (order))

/// Clock on: begins the job, goes on after a pause, or joins a colleague. `force` leaves the job the technician
/// is on first (pausing it when nobody else is on it).
struct Start {
    std::string order{};
    std::optional<std::string> bay{}, technician{};
    bool force = false;
};
BOOST_DESCRIBE_STRUCT(Start, (), (order, bay, technician, force))

struct Pause {
    std::string order{};
    std::optional<PauseReason> reason{};
};
BOOST_DESCRIBE_STRUCT(Pause, (), (order, reason))

/// Work is done and self-inspected (level 1).
struct Finish {
    std::string order{};
};
BOOST_DESCRIBE_STRUCT(Finish, (), (order))

/// The verdict of the next inspection level. `reason` is required when `passed` is no.
struct Inspect {
    std::string order{};
    bool passed = false;
    bool failed = false;
    std::optional<int> level{};
    std::optional<std::string> reason{};
};
BOOST_DESCRIBE_STRUCT(Inspect, (), (order, passed, failed, level, reason))

/// The wash is done.
struct Wash {
    std::string order{};
};
BOOST_DESCRIBE_STRUCT(Wash, (), (order))

/// Ready without the wash.
struct Ready {
    std::string order{};
};
BOOST_DESCRIBE_STRUCT(Ready, (), (order))

/// Hand-over: the order is settled. `amount`: what the customer pays for it.
struct Deliver {
    std::string order{};
    std::optional<Amount> amount{};
};
BOOST_DESCRIBE_STRUCT(Deliver, (), (order, amount))

struct Cancel {
    std::string order{}, reason{};
};
BOOST_DESCRIBE_STRUCT(Cancel, (), (order, reason))

struct NoShow {
    std::string order{};
};
BOOST_DESCRIBE_STRUCT(NoShow, (), (order))

/// Mend what was written down wrongly; the old value stays in the history.
struct Correct {
    std::string order{};
    std::optional<std::string> plate{}, model{}, customer{}, phone{}, advisor{}, return_of{};
    std::optional<RepairType> type{};
    std::optional<Instant> promise{};
    std::optional<bool> wash{}, waiting{}, express{};
    std::optional<Amount> amount{};  ///< of a delivered order
};
BOOST_DESCRIBE_STRUCT(Correct, (),
                      (order, plate, model, customer, phone, advisor, return_of, type, promise, wash, waiting, express,
                       amount))

/// Take back the newest change of this job, within `undo_window`.
struct Undo {
    std::string order{};
};
BOOST_DESCRIBE_STRUCT(Undo, (), (order))

/// Set the promise of a booking, before the car is received.
struct SetPromise {
    std::string order{};
    Instant to{};
};
BOOST_DESCRIBE_STRUCT(SetPromise, (), (order, to))

/// A new time the customer agreed to. Replaces the promise when rule §3 holds, else it is an estimate.
struct Repromise {
    std::string order{};
    Instant to{};
    DelayReason reason = DelayReason::other;
    std::string who{};
    ContactHow how = ContactHow::in_person;
};
BOOST_DESCRIBE_STRUCT(Repromise, (), (order, to, reason, who, how))

struct Estimate {
    std::string order{};
    Instant to{};
};
BOOST_DESCRIBE_STRUCT(Estimate, (), (order, to))

/// "I will be late": minutes more than the time expected so far, or a new time.
struct FlagDelay {
    std::string order{};
    std::optional<MinuteCount> minutes{};
    std::optional<Instant> to{};
    DelayReason reason = DelayReason::other;
    std::optional<std::string> text{};
};
BOOST_DESCRIBE_STRUCT(FlagDelay, (), (order, minutes, to, reason, text))

struct AddWork {
    std::string order{}, name{};
    MinuteCount minutes{};
    std::optional<std::string> code{};
};
BOOST_DESCRIBE_STRUCT(AddWork, (), (order, name, minutes, code))

/// The customer's answer to added work; `item` counts from 1 over the job's items.
struct GiveConsent {
    std::string order{};
    int item = 0;
    bool declined = false;
    std::string who{};
    ContactHow how = ContactHow::in_person;
};
BOOST_DESCRIBE_STRUCT(GiveConsent, (), (order, item, declined, who, how))

struct LogContact {
    std::string order{}, who{};
    ContactHow how = ContactHow::in_person;
    std::optional<Instant> to{};  ///< the time that was named; nothing: the newest one the customer has to know
    std::optional<std::string> text{};
};
BOOST_DESCRIBE_STRUCT(LogContact, (), (order, who, how, to, text))

struct LogCallBack {
    std::string order{};
    bool late = false;
    std::optional<std::string> text{};
};
BOOST_DESCRIBE_STRUCT(LogCallBack, (), (order, late, text))

/// The customer's own cause for a late hand-over, with a reference to their signature (rule §4).
struct GiveExcuse {
    std::string order{}, cause{}, signature{};
};
BOOST_DESCRIBE_STRUCT(GiveExcuse, (), (order, cause, signature))

struct DecideExcuse {
    std::string order{};
    ExcuseDecision decision = ExcuseDecision::accepted;
};
BOOST_DESCRIBE_STRUCT(DecideExcuse, (), (order, decision))

/// "I have read the daily table" (rule §4).
struct ConfirmDay {
    Date day{};
};
BOOST_DESCRIBE_STRUCT(ConfirmDay, (), (day))

/// "I have seen it": the alert is passed on no further.
struct Acknowledge {
    std::string alert{};
};
BOOST_DESCRIBE_STRUCT(Acknowledge, (), (alert))

/// "It will be ready in time": the answer to the question that waits for this person.
struct AnswerYes {
    std::optional<std::string> order{};
};
BOOST_DESCRIBE_STRUCT(AnswerYes, (), (order))

/// "It will be late": a delay of the job the person was asked about, or is clocked on to.
struct SayLate {
    MinuteCount minutes{};
    std::optional<DelayReason> reason{};
    std::optional<std::string> order{};
};
BOOST_DESCRIBE_STRUCT(SayLate, (), (minutes, reason, order))

/// A customer asks to be forgotten: every order of this plate loses its names.
struct Forget {
    std::string plate{};
};
BOOST_DESCRIBE_STRUCT(Forget, (), (plate))

using Command =
    std::variant<Book, Receive, Assign, Unassign, Start, Pause, Finish, Inspect, Wash, Ready, Deliver, Cancel, NoShow,
                 Correct, Undo, SetPromise, Repromise, Estimate, FlagDelay, AddWork, GiveConsent, LogContact,
                 LogCallBack, GiveExcuse, DecideExcuse, ConfirmDay, Acknowledge, AnswerYes, SayLate, Forget>;

/// The order a command names; empty when it names none.
const std::string& order_of(const Command& command);
/// True when it must name one.
bool names_order(const Command& command);

class Predictor;

/// A command with its circumstances.
struct Request {
    Command command{};
    std::string who{};  ///< person's id
    Instant at{};       ///< when it happened: the tap; equals `received` unless the client said otherwise
    Instant received{};
    std::string cause{};         ///< id of this command, the same for all its events
    bool time_in_doubt = false;  ///< the shop's clock may be wrong: no verdict rests on it
    /// Kept for this very board: then a quote on a board of over prompt_jobs cars costs no look at all of them. Or
    /// null.
    Predictor* predictor = nullptr;
};

}  // namespace baytime
