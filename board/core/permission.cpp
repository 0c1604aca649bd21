// Who may do what: one table, one row per command, in the order of Command.
#include "board/core/permission.hpp"

#include "board/core/decide_rules.hpp"

#include <algorithm>
#include <iterator>

namespace baytime {

namespace {

using enum Role;

template <Role... roles>
inline constexpr Role only[] = {roles...};

struct Row {
    std::size_t command = 0;
    const char* verb = "";
    std::span<const Role> roles;
};

constexpr Row table[] = {
    {command_index<Book>, "book", only<advisor, relations, foreman, manager>},
    {command_index<Receive>, "receive", only<advisor, foreman, manager>},
    {command_index<Assign>, "assign", only<foreman, lead, manager>},
    {command_index<Unassign>, "unassign", only<foreman, lead, manager>},
    {command_index<Start>, "start", only<technician, lead, foreman>},
    {command_index<Pause>, "pause", only<technician, lead, foreman>},
    {command_index<Finish>, "finish", only<technician, lead, foreman>},
    // Which level needs whom: may_inspect() in decide_quality.cpp.
    {command_index<Inspect>, "inspect", only<lead, inspector, foreman, manager>},
    {command_index<Wash>, "wash", only<technician, lead, foreman, advisor, manager>},
    {command_index<Ready>, "ready", only<lead, foreman, inspector, advisor, manager>},
    {command_index<Deliver>, "deliver", only<advisor, foreman, manager>},
    {command_index<Cancel>, "cancel", only<advisor, foreman, manager>},
    {command_index<NoShow>, "no-show", only<advisor, relations, foreman, manager>},
    {command_index<Correct>, "correct", only<advisor, foreman, manager>},
    // One's own change; a foreman's or manager's reach is wider, see decide_undo.cpp.
    {command_index<Undo>, "undo", only<technician, lead, foreman, advisor, inspector, relations, manager>},
    {command_index<SetPromise>, "promise", only<advisor, relations, foreman, manager>},
    {command_index<Repromise>, "repromise", only<advisor, manager>},
    {command_index<Estimate>, "estimate", only<technician, lead, foreman, advisor, manager>},
    {command_index<FlagDelay>, "delay", only<technician, lead, foreman, inspector, advisor, manager>},
    {command_index<AddWork>, "add-work", only<technician, lead, foreman, inspector, advisor, manager>},
    {command_index<GiveConsent>, "consent", only<advisor, manager>},
    {command_index<LogContact>, "contact", only<advisor, relations, foreman, manager>},
    // A call-back that said late is taken back by relations or a manager only, see decide_talk.cpp.
    {command_index<LogCallBack>, "call-back", only<relations, advisor, manager>},
    {command_index<GiveExcuse>, "excuse", only<advisor>},
    {command_index<DecideExcuse>, "decide-excuse", only<manager>},
    {command_index<ConfirmDay>, "confirm-day", only<relations, manager>},
    // A technician acknowledges what is asked of them, see decide_alerts.cpp.
    {command_index<Acknowledge>, "ack", only<technician, lead, foreman, advisor, relations, manager>},
    {command_index<AnswerYes>, "yes", only<technician, lead, foreman>},
    {command_index<SayLate>, "late", only<technician, lead, foreman>},
    {command_index<Forget>, "forget", only<manager>},
};
static_assert(std::size(table) == std::variant_size_v<Command>, "one row for each command");
static_assert(
    [] {
        for (std::size_t i = 0; i < std::size(table); ++i) {
            if (table[i].command != i || table[i].roles.empty()) return false;
        }
        return true;
    }(),
    "rows in the order of Command, none without a role");

}  // namespace

std::span<const Role> allowed_roles(std::size_t command_index) {
    return table[command_index].roles;
}

bool allowed(Role role, const Command& command) {
    return std::ranges::find(table[command.index()].roles, role) != table[command.index()].roles.end();
}

namespace rules {
const char* verb_of(const Command& command) {
    return table[command.index()].verb;
}
}  // namespace rules

}  // namespace baytime
