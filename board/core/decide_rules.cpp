// What the rules share: events from facts, and the checks that several commands make.
#include "board/core/decide_rules.hpp"

#include "board/core/letters.hpp"

#include <algorithm>

namespace baytime::rules {

std::optional<Instant> not_before(const Request& request, Instant at, Instant newest_at) {
    if (at >= newest_at) return at;
    const bool back_dated = request.at < request.received;
    if (back_dated && at < newest_at - clock_tolerance) return std::nullopt;
    return newest_at;
}

Decision facts(const Ask& ask, std::vector<std::pair<std::string, Fact>> list) {
    std::vector<Event> events;
    events.reserve(list.size());
    for (auto& [order, what] : list) {
        events.push_back({.seq = ask.board.seq + events.size() + 1,
                          .at = ask.at,
                          .received = ask.request.received,
                          .who = ask.request.who,
                          .cause = ask.request.cause,
                          .order = order,
                          .fact = std::move(what)});
    }
    return events;
}

Decision facts(const Ask& ask, std::vector<Fact> list) {
    std::vector<std::pair<std::string, Fact>> named;
    for (auto& each : list) named.emplace_back(ask.order, std::move(each));
    return facts(ask, std::move(named));
}

std::string upper_case(std::string text) {
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

std::string quoted(std::string_view text) {
    constexpr std::size_t enough = 48;
    if (text.size() <= enough) return "'" + std::string(text) + "'";
    std::size_t end = enough;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // never half a UTF-8 letter
    return "'" + std::string(text.substr(0, end)) + "...'";
}

std::string standing(const Job& job) {
    const std::string bay = " bay " + job.bay;
    switch (job.state) {
        case JobState::booked: return "booked and not here yet";
        case JobState::waiting: return "waiting for a bay";
        case JobState::assigned: return job.parked ? "parked in" + bay : "in the queue of" + bay;
        case JobState::in_progress: return "in progress in" + bay;
        case JobState::paused: return "paused in" + bay;
        case JobState::inspection: return "in inspection";
        case JobState::washing: return "in the wash";
        case JobState::ready: return "ready for hand-over";
        case JobState::delivered: return "delivered already";
        case JobState::cancelled: return "cancelled";
        case JobState::no_show: return "closed, because the customer did not come";
    }
    return "in an unknown state";
}

Rejection not_from_here(const Ask& ask, std::string_view what_works) {
    return refuse(Refusal::not_from_here, ask.order + " is " + standing(*ask.job) + "; " + std::string(what_works));
}

std::optional<Rejection> must_be_here(const Ask& ask) {
    if (ask.job->state == JobState::booked) return not_from_here(ask, "receive the car first");
    if (is_closed(ask.job->state)) return not_from_here(ask, "a closed order takes corrections only");
    return std::nullopt;
}

std::optional<Rejection> bad_text(std::initializer_list<Text> texts) {
    for (const auto& [parameter, value] : texts) {
        if (value.size() > max_text) {
            return refuse(Refusal::value_bad,
                          std::string(parameter) + " is too long; at most " + std::to_string(max_text) + " bytes fit");
        }
        if (has_control(value)) {
            return refuse(Refusal::value_bad,
                          std::string(parameter) + " holds control characters; write one plain line");
        }
    }
    return std::nullopt;
}

std::optional<Rejection> full(const Ask& ask, std::size_t entries, const char* what) {
    if (entries < max_log_entries) return std::nullopt;
    return refuse(Refusal::value_bad, ask.order + " already has " + std::to_string(entries) + " " + what +
                                          ", and no more fit; close it and open a new order");
}

std::optional<Rejection> bad_bay(const Ask& ask, const std::string& bay) {
    if (ask.shop.bay(bay)) return std::nullopt;
    std::string known;
    for (const auto& each : ask.shop.bays) known += (known.empty() ? "" : ", ") + each.id;
    return refuse(Refusal::unknown_bay, "there is no bay " + quoted(bay) + "; the bays are " + known);
}

std::optional<Rejection> bad_person(const Ask& ask, const std::string& id, const char* parameter) {
    if (ask.shop.person(id)) return std::nullopt;
    return refuse(Refusal::unknown_person, std::string(parameter) + "=" + quoted(id) +
                                               " is nobody here; give the number on the badge, without the T");
}

std::optional<Rejection> bad_technician(const Ask& ask, const std::string& id) {
    if (auto refused = bad_person(ask, id, "technician")) return refused;
    const Role role = ask.shop.person(id)->role;
    if (role == Role::technician || role == Role::lead) return std::nullopt;
    const std::string named = name(role);
    const bool vowel = std::string_view("aeiou").find(named.front()) != std::string_view::npos;
    const std::string article = vowel ? " is an " : " is a ";
    return refuse(Refusal::value_bad, id + article + named + "; name a technician or a lead");
}

std::optional<Rejection> bay_taken(const Ask& ask, const std::string& bay) {
    const auto holder = ask.board.in_bay.find(bay);
    if (holder == ask.board.in_bay.end() || holder->second == ask.order) return std::nullopt;
    const std::string& other = holder->second;
    const bool queued = ask.job->state == JobState::assigned && ask.job->bay == bay;
    const std::string where = queued ? ask.order + " is in the queue of bay " + bay + ", which" : "bay " + bay;
    return refuse(Refusal::bay_busy, where + " holds " + other + "; finish or move " + other + " first");
}

std::optional<Rejection> bad_amount(const std::optional<Amount>& amount) {
    if (!amount || (amount->cents >= 0 && amount->cents <= max_amount)) return std::nullopt;
    return refuse(Refusal::value_bad, "an amount lies between 0 and " + std::to_string(max_amount / 100) +
                                          "; write it as in amount=1280.50");
}

std::optional<Rejection> bad_promise(const Ask& ask, Instant promise) {
    if (minute_of(promise) < minute_of(ask.at)) {
        return refuse(Refusal::promise_past, "that promise lies in the past; give a time from now on, such as +60");
    }
    if (promise > ask.at + furthest_time) {
        return refuse(Refusal::value_bad, "that promise lies over a year ahead; check the date");
    }
    return std::nullopt;
}

std::optional<Rejection> bad_new_time(const Ask& ask, Instant to) {
    if (minute_of(to) <= minute_of(ask.at)) {
        return refuse(Refusal::value_bad, "the new time must lie after now; give a later one, such as +30");
    }
    if (to > ask.at + furthest_time) {
        return refuse(Refusal::value_bad, "the new time lies over a year ahead; check the date");
    }
    return std::nullopt;
}

}  // namespace baytime::rules
