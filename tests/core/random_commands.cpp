// Random commands for the model test.
#include "tests/core/random_commands.hpp"

#include "board/core/permission.hpp"

#include <algorithm>

namespace baytime::support {

namespace {

constexpr int recent = 12;  ///< so many of the newest changes may be taken back

}  // namespace

std::chrono::milliseconds RandomCommands::pass() {
    if (chance(3)) return minutes(below(240));
    return std::chrono::milliseconds(below(chance(60) ? 4000 : 60000));
}

const Job* RandomCommands::any_open(const Workshop& workshop) {
    const auto& open = workshop.board.open;
    if (open.empty()) return nullptr;
    const auto chosen = std::next(open.begin(), below(static_cast<int>(open.size())));
    return workshop.board.find(*chosen);
}

std::string RandomCommands::any_order(const Workshop& workshop) {
    if (chance(3)) return any_of<std::string>({"NONE", "", "R 1", "r1"});
    const Job* open = any_open(workshop);
    if (open && !chance(15)) return open->order;
    return orders_ == 0 ? "R1" : "R" + std::to_string(std::max(1, orders_ - below(60)));
}

std::string RandomCommands::some_bay(const Shop& shop) {
    if (chance(1)) return "no-bay";
    return shop.bays[static_cast<std::size_t>(below(static_cast<int>(shop.bays.size())))].id;
}

std::string RandomCommands::worker(const Shop& shop) {
    for (int tries = 0; tries < 50; ++tries) {
        const auto& person = shop.people[static_cast<std::size_t>(below(static_cast<int>(shop.people.size())))];
        if (person.role == Role::technician || person.role == Role::lead || chance(1)) return person.id;
    }
    return "nobody";
}

/// Mostly somebody who may say this.
std::string RandomCommands::someone(const Workshop& workshop, const Command& command) {
    const Shop& shop = workshop.shop;
    const Job* job = workshop.board.find(order_of(command));
    const bool hands = std::holds_alternative<Pause>(command) || std::holds_alternative<Finish>(command);
    if (job && hands && !chance(15)) {
        for (const auto& stretch : job->clockings) {
            if (!stretch.to) return stretch.technician;
        }
    }
    if (chance(1)) return "nobody";
    for (int tries = 0; tries < 50; ++tries) {
        const auto& person = shop.people[static_cast<std::size_t>(below(static_cast<int>(shop.people.size())))];
        if (allowed(person.role, command) || chance(2)) return person.id;
    }
    return "nobody";
}

std::string RandomCommands::plate() {
    if (chance(2)) return any_of<std::string>({"", "?", "ABC", "沪A12345678901"});
    return any_of<std::string>({"沪A", "苏E", "浙B"}) + std::to_string(10000 + below(300)) + (chance(20) ? "8" : "");
}

Instant RandomCommands::soon(const Workshop& workshop) {
    if (chance(3)) return workshop.now - minutes(below(600));
    if (chance(1)) return workshop.now + std::chrono::hours(24 * below(900));
    return workshop.now + minutes(1 + below(300));
}

Command RandomCommands::arrival(const Workshop& workshop) {
    const std::string order = chance(5) ? any_order(workshop) : "R" + std::to_string(++orders_);
    std::optional<std::vector<Item>> items;
    if (chance(50)) items = std::vector<Item>{{.code = "M-OIL"}, {.name = "轮胎", .minutes = below(90)}};
    std::optional<std::string> customer;
    if (chance(70)) customer = "王建国先生";
    if (chance(30)) {
        return Book{.order = order,
                    .plate = plate(),
                    .model = "朗逸",
                    .type = any_of({RepairType::maintenance, RepairType::repair}),
                    .appointment = soon(workshop),
                    .promise = chance(50) ? std::optional(workshop.now + minutes(310 + below(200))) : std::nullopt,
                    .customer = customer,
                    .items = items};
    }
    return Receive{.order = order,
                   .plate = plate(),
                   .model = "途观",
                   .type = any_of({RepairType::maintenance, RepairType::accident, RepairType::warranty}),
                   .promise = soon(workshop),
                   .customer = customer,
                   .return_of = chance(10) ? std::optional(any_order(workshop)) : std::nullopt,
                   .items = items,
                   .wash = chance(30) ? std::optional(false) : std::nullopt,
                   .express = chance(10),
                   .waiting = chance(30)};
}

Command RandomCommands::talk(const Workshop& workshop, const std::string& order) {
    const auto how = any_of({ContactHow::in_person, ContactHow::phone, ContactHow::message});
    const std::string text = std::to_string(below(4));
    const Job* job = workshop.board.find(order);
    switch (below(6)) {
        case 5: return GiveExcuse{.order = order, .cause = "came back later", .signature = text};
        case 0: return AddWork{.order = order, .name = "work " + text, .minutes = {below(60)}};
        case 1:
        case 2: {
            const int items = job ? static_cast<int>(job->items.size()) : 0;
            const int item = chance(90) ? items : below(items + 2);
            return GiveConsent{.order = order, .item = item, .declined = chance(30), .who = "王先生", .how = how};
        }
        case 3: return LogContact{.order = order, .who = chance(95) ? "王先生" : "", .how = how, .text = text};
        default: return LogCallBack{.order = order, .late = chance(30), .text = text};
    }
}

Command RandomCommands::on_the_side(const Workshop& workshop, const std::string& order) {
    const auto reason = any_of({DelayReason::added_work, DelayReason::parts, DelayReason::labour});
    switch (below(8)) {
        case 0: return Correct{.order = order, .plate = plate(), .wash = chance(50)};
        case 1:
            return Correct{.order = order,
                           .type = any_of({RepairType::accident, RepairType::repair}),
                           .promise = chance(20) ? std::optional(soon(workshop)) : std::nullopt};
        case 2: return Repromise{.order = order, .to = soon(workshop), .reason = reason, .who = chance(95) ? "x" : ""};
        case 3: return Estimate{.order = order, .to = soon(workshop)};
        case 4: {
            FlagDelay delay{.order = order, .reason = reason};
            if (chance(70)) delay.minutes = MinuteCount{below(40)};
            if (!delay.minutes || chance(5)) delay.to = soon(workshop);
            return delay;
        }
        default: return talk(workshop, order);
    }
}

Command RandomCommands::in_hand(const Job& job, const Shop& shop) {
    const std::string& order = job.order;
    const auto bay = chance(20) ? std::optional(some_bay(shop)) : std::nullopt;
    const auto who = chance(40) ? std::optional(worker(shop)) : std::nullopt;
    const Start start{.order = order, .bay = bay, .technician = who, .force = chance(30)};
    const Assign assign{.order = order, .bay = some_bay(shop), .technician = who, .parked = chance(30)};
    switch (job.state) {
        case JobState::assigned:
            if (chance(75)) return start;
            return chance(70) ? Command{assign} : Command{Unassign{.order = order}};
        case JobState::paused:
            if (chance(70)) return start;
            return chance(70) ? Command{assign} : Command{Unassign{.order = order}};
        default:
            if (chance(50)) return Finish{.order = order};
            if (chance(50)) return start;
            return Pause{.order = order, .reason = any_of({PauseReason::parts, PauseReason::customer})};
    }
}

/// What would come next in the life of this job.
Command RandomCommands::sensible(const Workshop& workshop, const Job& job) {
    const std::string& order = job.order;
    if (chance(2)) return Cancel{.order = order, .reason = chance(90) ? "left" : ""};
    switch (job.state) {
        case JobState::booked:
            if (chance(20)) return NoShow{.order = order};
            if (chance(30)) return SetPromise{.order = order, .to = soon(workshop)};
            return Receive{.order = order, .promise = chance(80) ? std::optional(soon(workshop)) : std::nullopt};
        case JobState::waiting: return Assign{.order = order, .bay = some_bay(workshop.shop), .parked = chance(30)};
        case JobState::assigned:
        case JobState::in_progress:
        case JobState::paused: return in_hand(job, workshop.shop);
        case JobState::inspection: {
            const bool passed = chance(75);
            return Inspect{.order = order,
                           .passed = passed,
                           .failed = !passed || chance(2),
                           .level = chance(20) ? std::optional(2 + below(2)) : std::nullopt,
                           .reason = chance(90) ? std::optional<std::string>("leak") : std::nullopt};
        }
        case JobState::washing: return chance(60) ? Command{Wash{.order = order}} : Command{Ready{.order = order}};
        default: {
            std::optional<Amount> amount;
            if (chance(60)) amount = Amount{below(100) * 995};
            return Deliver{.order = order, .amount = amount};
        }
    }
}

/// Any verb about any order, whether it makes sense or not.
Command RandomCommands::anything(const Workshop& workshop) {
    const std::string order = any_order(workshop);
    switch (below(12)) {
        case 0: return Assign{.order = order, .bay = some_bay(workshop.shop), .parked = chance(50)};
        case 1: return Unassign{.order = order};
        case 2: return Start{.order = order, .force = chance(50)};
        case 3: return Pause{.order = order};
        case 4: return Finish{.order = order};
        case 5: return Inspect{.order = order, .passed = chance(50), .failed = chance(50)};
        case 6: return any_of<Command>({Wash{.order = order}, Ready{.order = order}, Deliver{.order = order}});
        case 7: return Cancel{.order = order, .reason = "x"};
        case 8: return any_of<Command>({NoShow{.order = order}, Correct{.order = order}});
        case 9: return Receive{.order = order, .waiting = chance(50)};
        case 10: return SetPromise{.order = order, .to = soon(workshop)};
        default: return on_the_side(workshop, order);
    }
}

/// After the hand-over: call-backs, excuses, the daily table.
Command RandomCommands::afterwards(const Workshop& workshop) {
    const std::string& order = workshop.board.delivered.rbegin()->second;
    switch (below(7)) {
        case 6: return Forget{.plate = workshop.board.jobs.at(order).plate};
        case 0:
        case 1: return LogCallBack{.order = order, .late = chance(30)};
        case 2: return GiveExcuse{.order = order, .cause = "late payer", .signature = std::to_string(below(3))};
        case 3:
            return DecideExcuse{.order = order,
                                .decision = chance(50) ? ExcuseDecision::accepted : ExcuseDecision::rejected};
        case 4: return Correct{.order = order, .amount = Amount{below(100) * 100}};
        default: {
            const auto today = std::chrono::floor<std::chrono::days>(workshop.now);
            return ConfirmDay{.day = Date(today + std::chrono::days(1 - below(chance(5) ? 500 : 4)))};
        }
    }
}

/// One of the newest changes, mostly by the person who made it.
RandomCommands::Said RandomCommands::undo(const Workshop& workshop) {
    const auto& changes = workshop.board.before;
    Said said{.who = {}, .command = Undo{.order = any_order(workshop)}, .at = workshop.now};
    if (!changes.empty() && !chance(10)) {
        const int count = std::min(recent, static_cast<int>(changes.size()));
        const auto& change = std::prev(changes.end(), 1 + below(chance(50) ? 1 : count))->second;
        said.command = Undo{.order = change.jobs.begin()->first};
        said.who = change.who;
    }
    if (said.who.empty() || chance(20)) said.who = someone(workshop, said.command);
    return said;
}

/// Something about one of the alerts that stand, mostly by the one who was asked.
RandomCommands::Said RandomCommands::about_alert(const Workshop& workshop) {
    const auto& open = workshop.board.open_alerts;
    auto chosen = std::next(open.begin(), below(static_cast<int>(open.size())));
    const auto question = std::ranges::find_if(open, [&workshop](const std::string& id) {
        const RaisedAlert& one = workshop.board.alerts.at(id);
        return is_question(one.kind) && !one.acknowledged_at;
    });
    if (question != open.end() && chance(60)) chosen = question;
    const RaisedAlert& alert = workshop.board.alerts.at(*chosen);
    Said said{.who = alert.person, .command = {}, .at = workshop.now};
    said.command = Acknowledge{.alert = chance(5) ? "none:R1" : alert.id};
    const auto order = chance(30) ? std::optional(alert.order) : std::nullopt;
    if (is_question(alert.kind) || chance(10)) {
        if (chance(50)) said.command = AnswerYes{.order = order};
        if (chance(30)) said.command = SayLate{.minutes = {5 + below(40)}, .order = order};
    }
    if (said.who.empty() || chance(20)) said.who = someone(workshop, said.command);
    return said;
}

RandomCommands::Said RandomCommands::next(const Workshop& workshop) {
    Said said{.who = {}, .command = {}, .at = workshop.now};
    if (chance(9) && !workshop.board.open_alerts.empty()) return about_alert(workshop);
    const Job* open = any_open(workshop);
    const bool busy = workshop.board.open.size() > 2 * workshop.shop.bays.size();
    if (chance(8)) return undo(workshop);
    if (chance(5) && !workshop.board.delivered.empty()) {
        said.command = afterwards(workshop);
    } else if (!open || chance(busy ? 2 : 25)) {
        said.command = arrival(workshop);
    } else if (chance(8)) {
        said.command = anything(workshop);
    } else if (chance(25)) {
        said.command = on_the_side(workshop, any_order(workshop));
    } else {
        said.command = sensible(workshop, *open);
    }
    said.who = someone(workshop, said.command);
    if (chance(10)) said.at -= seconds(below(1800));
    if (chance(1)) said.at += seconds(below(300));
    if (chance(1)) said.at -= std::chrono::hours(below(20));
    return said;
}

}  // namespace baytime::support
