// The closed lists of the domain (states, reasons, roles) and their stable names.
// A name is written once: the enumerator itself is what journal, protocol and configuration say.
#pragma once

#include <boost/describe/enum.hpp>
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace baytime {

/// Where a job stands in its life (rule §2).
enum class JobState {
    booked,
    waiting,
    assigned,
    in_progress,
    paused,
    inspection,
    washing,
    ready,
    delivered,
    cancelled,
    no_show
};
BOOST_DESCRIBE_ENUM(JobState, booked, waiting, assigned, in_progress, paused, inspection, washing, ready, delivered,
                    cancelled, no_show)

/// The six steps a customer sees (rule §2).
enum class Step { received, dispatched, repair, quality, washing, ready };
BOOST_DESCRIBE_ENUM(Step, received, dispatched, repair, quality, washing, ready)

/// The unit of the statistics (rule §1).
enum class RepairType { first_service, maintenance, repair, accident, warranty };
BOOST_DESCRIBE_ENUM(RepairType, first_service, maintenance, repair, accident, warranty)

/// What a bay is fitted for (rule §1).
enum class BayKind { general, express, body, paint, alignment, wash };
BOOST_DESCRIBE_ENUM(BayKind, general, express, body, paint, alignment, wash)

/// Why work rests. `customer`: waiting for the customer's answer.
enum class PauseReason { parts, customer, equipment, rest, other };
BOOST_DESCRIBE_ENUM(PauseReason, parts, customer, equipment, rest, other)

/// Why a job will be later than said (rule §5).
enum class DelayReason { parts, added_work, diagnosis, labour, equipment, rework, customer, other };
BOOST_DESCRIBE_ENUM(DelayReason, parts, added_work, diagnosis, labour, equipment, rework, customer, other)

/// How timely a delay was flagged, measured against the promise it endangers (rule §5).
enum class Notice { in_time, short_notice, after_the_fact };
BOOST_DESCRIBE_ENUM(Notice, in_time, short_notice, after_the_fact)

/// How a customer was reached (rule §3).
enum class ContactHow { in_person, phone, message };
BOOST_DESCRIBE_ENUM(ContactHow, in_person, phone, message)

/// The customer's word on a work item. `agreed`: on the order from the start, or consented to since.
enum class Consent { agreed, open, declined };
BOOST_DESCRIBE_ENUM(Consent, agreed, open, declined)

/// On time, late, or late for the customer's own cause (rule §4).
enum class Verdict { on_time, late, excused };
BOOST_DESCRIBE_ENUM(Verdict, on_time, late, excused)

/// What a verdict rests on (rule §4). `excuse_*`: late by the clock, and the excuse waits, counts, or does not.
enum class VerdictWhy { kept, clock, customer_said, excuse_open, excuse_accepted, excuse_rejected };
BOOST_DESCRIBE_ENUM(VerdictWhy, kept, clock, customer_said, excuse_open, excuse_accepted, excuse_rejected)

/// The manager's word on an excuse (rule §4).
enum class ExcuseDecision { accepted, rejected };
BOOST_DESCRIBE_ENUM(ExcuseDecision, accepted, rejected)

/// Why somebody must act (rule §5). `ask_*`: "will it be ready in time?", so many minutes before the promise when 30
/// minutes are configured: at the notice, at half of it, and at the promise.
enum class AlertKind {
    at_risk,
    ask_30,
    ask_15,
    ask_0,
    overdue,
    tell_customer,
    consent_open,
    contact_due,
    appointment_overdue,
    inspection_failed
};
BOOST_DESCRIBE_ENUM(AlertKind, at_risk, ask_30, ask_15, ask_0, overdue, tell_customer, consent_open, contact_due,
                    appointment_overdue, inspection_failed)

/// What was said to an alert. `yes`: it will be ready in time.
enum class AlertAnswer { seen, yes };
BOOST_DESCRIBE_ENUM(AlertAnswer, seen, yes)

/// When displays for customers show a later time: once the customer was told, or as soon as it is known.
enum class Reveal { when_told, at_once };
BOOST_DESCRIBE_ENUM(Reveal, when_told, at_once)

/// What a person does here (rule §1). Who may do what: permission.hpp.
enum class Role { technician, lead, foreman, advisor, inspector, relations, manager };
BOOST_DESCRIBE_ENUM(Role, technician, lead, foreman, advisor, inspector, relations, manager)

/// The stable name of an enumerator, as journal, protocol and configuration spell it.
template <class E>
requires std::is_enum_v<E> std::string name(E value) {
    return boost::describe::enum_to_string(value, "unknown");
}

/// The enumerator of that name, or nothing.
template <class E>
std::optional<E> from_name(std::string_view text) {
    E value{};
    const std::string owned(text);
    if (!boost::describe::enum_from_string(owned.c_str(), value)) return std::nullopt;
    return value;
}

}  // namespace baytime
