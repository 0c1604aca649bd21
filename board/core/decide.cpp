// One request: who asks, may they, when was it, which job is it about; then the rule of the command.
#include "board/core/decide_rules.hpp"
#include "board/core/elsewhere.hpp"
#include "board/core/permission.hpp"

#include <algorithm>

namespace baytime {

namespace {

using rules::Ask;
using rules::refuse;

std::string some_of(std::span<const Role> roles) {
    std::string out;
    for (std::size_t i = 0; i < roles.size(); ++i) {
        if (i > 0) out += i + 1 == roles.size() ? " or " : ", ";
        out += name(roles[i]);
    }
    return out;
}

/// The moment to write down, or nothing when it cannot be true.
std::optional<Instant> plausible(const Request& request, const Job* job) {
    const Instant at = request.at;
    if (at > request.received + clock_tolerance || at < request.received - oldest_tap) return std::nullopt;
    const Instant past = std::min(at, request.received);
    return job ? rules::not_before(request, past, job->newest_at) : past;
}

Rejection implausible(const Request& request, const std::string& order) {
    if (request.at > request.received) {
        return refuse(Refusal::time_implausible, "that time lies in the future; check the clock of your device");
    }
    if (request.at < request.received - oldest_tap) {
        return refuse(Refusal::time_implausible, "that time is over 12 hours ago; leave out at= and say it again");
    }
    return refuse(Refusal::time_implausible,
                  order + " has changed since that time; look at it with show " + order + ", then say it again");
}

/// A stranger can own an imported order when the record knows them.
std::optional<Rejection> unknown_advisor(const Shop& shop, const Command& command) {
    const auto* correct = std::get_if<Correct>(&command);
    if (!correct || !correct->advisor || correct->advisor->empty() || shop.person(*correct->advisor))
        return std::nullopt;
    return refuse(Refusal::unknown_person, "advisor=" + rules::quoted(*correct->advisor) +
                                               " is nobody here, and no imported order names them; give the number on "
                                               "the badge, without the T");
}

}  // namespace

std::string token(Refusal refusal) {
    std::string out = name(refusal);
    std::ranges::replace(out, '_', '-');
    return out;
}

Decision decide(const Board& board, const Shop& shop, const Request& request) {
    return decide(board, shop, request, Elsewhere{});
}

Decision decide(const Board& board, const Shop& shop, const Request& request, const Elsewhere& elsewhere) {
    const Person* who = shop.person(request.who);
    if (!who) {
        return refuse(Refusal::unknown_person, "nobody here has the badge " + rules::quoted(request.who) +
                                                   "; ask the manager to enter it in the staff list");
    }
    if (!allowed(who->role, request.command)) {
        return refuse(Refusal::not_permitted, who->id + " (" + name(who->role) + ") may not " +
                                                  rules::verb_of(request.command) + "; that is for " +
                                                  some_of(allowed_roles(request.command.index())));
    }
    const std::string order = subject_of(board, request.command, *who);
    const Job* job = board.find(order);
    const bool imported = job == nullptr && elsewhere.imported;
    if (imported) job = &*elsewhere.imported;
    const bool creates =
        std::holds_alternative<Book>(request.command) || std::holds_alternative<Receive>(request.command);
    const bool named = names_order(request.command) || !order_of(request.command).empty();
    if (!job && !creates && named) {
        return refuse(Refusal::unknown_order,
                      "there is no order " + rules::quoted(order) + "; check the number, or receive the car first");
    }
    if (imported && !elsewhere.advisor_known) {
        if (auto refused = unknown_advisor(shop, request.command)) return *refused;
    }
    const auto at = plausible(request, job);
    if (!at) return implausible(request, order);
    const Ask ask{.board = board,
                  .shop = shop,
                  .request = request,
                  .who = *who,
                  .order = order,
                  .job = job,
                  .at = *at,
                  .imported = imported,
                  .return_imported = elsewhere.return_imported};
    return std::visit([&ask](const auto& command) { return rules::rule(ask, command); }, request.command);
}

}  // namespace baytime
