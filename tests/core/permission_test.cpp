// Who may do what.
#include "board/core/permission.hpp"

#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace baytime;
using namespace baytime::support;

namespace {

/// One letter a role, in the order of Role: technician, lead, foreman, advisor, inspector, relations, manager.
template <class C>
void check_roles(const char* verb, const std::string& letters) {
    constexpr Role roles[] = {Role::technician, Role::lead,      Role::foreman, Role::advisor,
                              Role::inspector,  Role::relations, Role::manager};
    for (std::size_t i = 0; i < std::size(roles); ++i) {
        CAPTURE(verb, name(roles[i]));
        CHECK(allowed(roles[i], Command{C{}}) == (letters[i] != '.'));
        const auto list = allowed_roles(command_index<C>);
        CHECK((std::ranges::find(list, roles[i]) != list.end()) == (letters[i] != '.'));
    }
}

}  // namespace

TEST_CASE("the permission table is what the shop agreed on", "[permission]") {
    check_roles<Book>("book", "..fa.rm");
    check_roles<Receive>("receive", "..fa..m");
    check_roles<Assign>("assign", ".lf...m");
    check_roles<Unassign>("unassign", ".lf...m");
    check_roles<Start>("start", "tlf....");
    check_roles<Pause>("pause", "tlf....");
    check_roles<Finish>("finish", "tlf....");
    check_roles<Inspect>("inspect", ".lf.i.m");
    check_roles<Wash>("wash", "tlfa..m");
    check_roles<Ready>("ready", ".lfai.m");
    check_roles<Deliver>("deliver", "..fa..m");
    check_roles<Cancel>("cancel", "..fa..m");
    check_roles<NoShow>("no-show", "..fa.rm");
    check_roles<Correct>("correct", "..fa..m");
    check_roles<Undo>("undo", "tlfairm");
    check_roles<SetPromise>("promise", "..fa.rm");
    check_roles<Repromise>("repromise", "...a..m");
    check_roles<Estimate>("estimate", "tlfa..m");
    check_roles<FlagDelay>("delay", "tlfai.m");
    check_roles<AddWork>("add-work", "tlfai.m");
    check_roles<GiveConsent>("consent", "...a..m");
    check_roles<LogContact>("contact", "..fa.rm");
    check_roles<LogCallBack>("call-back", "...a.rm");
    check_roles<GiveExcuse>("excuse", "...a...");
    check_roles<DecideExcuse>("decide-excuse", "......m");
    check_roles<ConfirmDay>("confirm-day", ".....rm");
    check_roles<Acknowledge>("ack", "tlfa.rm");
    check_roles<AnswerYes>("yes", "tlf....");
    check_roles<SayLate>("late", "tlf....");
    check_roles<Forget>("forget", "......m");
}

TEST_CASE("a refusal for the role says whose task it is", "[permission]") {
    Workshop w;
    w.bring("R1", JobState::ready);
    CHECK(w.say("101", Deliver{.order = "R1"}) == "not-permitted");
    CHECK(w.sentence == "101 (technician) may not deliver; that is for advisor, foreman or manager");
    CHECK(w.say("999", Deliver{.order = "R1"}) == "unknown-person");
    CHECK(w.say("130", Deliver{.order = "R9"}) == "unknown-order");
}
