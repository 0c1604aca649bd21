// One visit of one car under one repair order: everything the rules know about it.
// Plain values; changed by apply() alone (board.hpp).
#pragma once

#include "board/core/time.hpp"
#include "board/core/words.hpp"

#include <boost/describe/class.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace baytime {

/// A line of the order.
struct Item {
    std::string code{};  ///< standard-time code, may be empty
    std::string name{};
    int minutes = 0;                    ///< standard minutes
    bool added = false;                 ///< found during the repair (rule §1, added work)
    Consent consent = Consent::agreed;  ///< `open` until the customer has answered
    std::optional<Instant> answered_at{};
    bool operator==(const Item&) const = default;
};
BOOST_DESCRIBE_STRUCT(Item, (), (code, name, minutes, added, consent, answered_at))

/// One stretch of one technician's work on the job.
struct Clocking {
    std::string technician{};
    Instant from{};
    std::optional<Instant> to{};  ///< nothing: still clocked on
    bool operator==(const Clocking&) const = default;
};
BOOST_DESCRIBE_STRUCT(Clocking, (), (technician, from, to))

struct Inspection {
    Instant at{};
    std::string by{};
    int level = 2;
    bool passed = false;
    std::string reason{};  ///< why not, when failed
    bool operator==(const Inspection&) const = default;
};
BOOST_DESCRIBE_STRUCT(Inspection, (), (at, by, level, passed, reason))

struct Delay {
    Instant at{};
    std::string by{};
    Instant estimate{};
    DelayReason reason = DelayReason::other;
    std::string text{};
    Notice notice = Notice::in_time;
    int minutes = 0;                      ///< as asked for; 0 when a time was given
    std::optional<int> notice_minutes{};  ///< wanted by `notice`; nothing in journals from before it was noted
    bool operator==(const Delay&) const = default;
};
BOOST_DESCRIBE_STRUCT(Delay, (), (at, by, estimate, reason, text, notice, minutes, notice_minutes))

/// A new time that the customer was asked about; `counts`: it replaced the promise (rule §3).
struct NewTime {
    Instant at{};
    Instant to{};
    DelayReason reason = DelayReason::other;
    std::string who{};  ///< who confirmed
    ContactHow how = ContactHow::in_person;
    bool counts = false;
    bool operator==(const NewTime&) const = default;
};
BOOST_DESCRIBE_STRUCT(NewTime, (), (at, to, reason, who, how, counts))

struct Contact {
    Instant at{};
    std::string by{};
    std::string who{};
    ContactHow how = ContactHow::in_person;
    std::string text{};
    bool operator==(const Contact&) const = default;
};
BOOST_DESCRIBE_STRUCT(Contact, (), (at, by, who, how, text))

struct CallBack {
    Instant at{};
    std::string by{};
    bool late = false;  ///< the customer says it was late: then it was (rule §4)
    std::string text{};
    Instant first_at{};  ///< of the first call; a later one mends what was written
    bool operator==(const CallBack&) const = default;
};
BOOST_DESCRIBE_STRUCT(CallBack, (), (at, by, late, text, first_at))

/// The customer's own cause for a late hand-over, signed by them (rule §4).
struct Excuse {
    Instant at{};
    std::string by{};
    std::string cause{};
    std::string signature{};                   ///< a reference to it: a form's number, a scan's name
    std::optional<ExcuseDecision> decision{};  ///< nothing: it waits for the manager
    std::optional<Instant> decided_at{};
    std::string decided_by{};
    bool operator==(const Excuse&) const = default;
};
BOOST_DESCRIBE_STRUCT(Excuse, (), (at, by, cause, signature, decision, decided_at, decided_by))

/// What the hand-over put on record, once. Later words (call-back, excuse, decision) stand beside it: ruling_of().
struct Settlement {
    int rule = 0;  ///< verdict_rule when it was stamped
    Instant settled_at{};
    std::optional<Instant> original_promise{};
    std::optional<Instant> promise{};  ///< the effective one (rule §3)
    Verdict verdict = Verdict::on_time;
    bool pending = false;                  ///< excused, and the manager had not decided
    std::optional<std::int64_t> amount{};  ///< cents
    bool operator==(const Settlement&) const = default;
};
BOOST_DESCRIBE_STRUCT(Settlement, (), (rule, settled_at, original_promise, promise, verdict, pending, amount))

/// A hand-over while the shop's clock was in doubt: its verdict waits until the clock is confirmed.
struct HeldVerdict {
    Instant received{};                    ///< of the hand-over, in the shop's time then
    std::optional<std::int64_t> amount{};  ///< cents
    bool operator==(const HeldVerdict&) const = default;
};
BOOST_DESCRIBE_STRUCT(HeldVerdict, (), (received, amount))

struct Job {
    std::string order{};  ///< repair order number, unique for ever
    std::string plate{};
    std::string model{};
    RepairType type = RepairType::maintenance;
    bool express = false;
    bool appointment = false;
    bool waiting = false;     ///< the customer sits in the lounge
    std::string return_of{};  ///< earlier order, for an external return
    std::string advisor{};
    std::string customer{};
    std::string phone{};
    bool wash = true;
    std::vector<Item> items{};

    JobState state = JobState::waiting;
    Instant since{};  ///< when it entered its state
    std::optional<Instant> appointment_at{};
    std::optional<Instant> arrived_at{};
    std::optional<Instant> original_promise{};
    std::optional<Instant> promise{};         ///< effective promise (rule §3)
    std::optional<Instant> estimate{};        ///< newest other time said; displays show it, statistics ignore it
    std::optional<Instant> estimated_at{};    ///< when `estimate` was said
    std::optional<Instant> asked_at{};        ///< since when added work waits for the customer's answer
    bool told = false;                        ///< the customer knows the newest time
    std::optional<Instant> untold_work_at{};  ///< since when the customer does not know of added work
    std::optional<Instant> told_time{};       ///< the time the customer was told last; nothing: the promise

    std::string bay{};
    std::string technician{};  ///< whom the foreman named, may be empty
    bool parked = false;       ///< assigned and already standing in the bay
    int queue_place = 0;       ///< order of assignment, the queue before a bay
    std::optional<PauseReason> paused_for{};
    std::vector<Clocking> clockings{};
    int worked_minutes = 0;       ///< working minutes clocked when it was finished last
    std::optional<int> chance{};  ///< percent given to the promise when work began
    int passed_level = 0;         ///< highest inspection level passed since the last failure; finishing is 1
    std::vector<Inspection> inspections{};
    std::vector<Delay> delays{};
    std::vector<NewTime> new_times{};
    std::vector<Contact> contacts{};
    std::optional<CallBack> call_back{};
    std::optional<Excuse> excuse{};
    std::optional<Instant> ready_at{};
    std::optional<Instant> delivered_at{};
    std::optional<Settlement> settlement{};  ///< once delivered, and the time of it was beyond doubt
    std::optional<HeldVerdict> held{};       ///< delivered, and it was not yet

    Instant newest_at{};          ///< when its newest event happened
    std::uint64_t first_seq = 0;  ///< of the event that created it
    std::uint64_t last_seq = 0;   ///< of the newest event about it

    bool operator==(const Job&) const = default;

    /// The time to expect the car: the newest time said, else the promise; nothing for a booking without one.
    std::optional<Instant> expected() const { return estimate ? estimate : promise; }
};
BOOST_DESCRIBE_STRUCT(Job, (),
                      (order, plate, model, type, express, appointment, waiting, return_of, advisor, customer, phone,
                       wash, items, state, since, appointment_at, arrived_at, original_promise, promise, estimate,
                       estimated_at, asked_at, told, untold_work_at, told_time, bay, technician, parked, queue_place,
                       paused_for, clockings, worked_minutes, chance, passed_level, inspections, delays, new_times,
                       contacts, call_back, excuse, ready_at, delivered_at, settlement, held, newest_at, first_seq,
                       last_seq))

/// The states in which a job holds its bay (an assigned job does when `parked`).
bool holds_bay(const Job& job);
/// True in `delivered`, `cancelled`, `no_show`: nothing more happens but corrections and the call-back.
bool is_closed(JobState state);
/// The six customer steps of a job that is open and has arrived.
Step step_of(JobState state);
/// Sum of finished stretches plus the running ones up to `now`; never negative.
std::chrono::minutes clocked_minutes(const Job& job, Instant now);
/// The stretch this technician is clocked on to now, or null.
const Clocking* running(const Job& job, std::string_view technician);

}  // namespace baytime
