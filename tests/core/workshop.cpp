// A small shop for tests.
#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

namespace baytime::support {

Shop small_shop() {
    Shop shop;
    shop.name = "城西服务站";
    shop.bays = {{.id = "1", .label = "1号工位", .kind = BayKind::general, .team = "A"},
                 {.id = "2", .label = "2号工位", .kind = BayKind::general, .team = "A"},
                 {.id = "3", .label = "3号工位", .kind = BayKind::general, .team = "B"},
                 {.id = "W", .label = "洗车", .kind = BayKind::wash, .team = ""}};
    shop.teams = {{.id = "A", .name = "一组"}, {.id = "B", .name = "二组"}};
    const auto add = [&shop](const char* id, Role role, const char* team) {
        shop.people.push_back({.id = id, .name = std::string("P") + id, .role = role, .team = team, .pin_hash = ""});
    };
    add("101", Role::technician, "A");
    add("102", Role::technician, "A");
    add("103", Role::technician, "B");
    add("110", Role::lead, "A");
    add("120", Role::foreman, "");
    add("130", Role::advisor, "");
    add("131", Role::advisor, "");
    add("140", Role::inspector, "");
    add("150", Role::relations, "");
    add("160", Role::manager, "");
    shop.standard_times["M-OIL"] = {.code = "M-OIL", .name = "更换机油", .name_en = "Oil change", .minutes = 30};
    return shop;
}

std::string Workshop::say_at(const std::string& who, const Command& command, Instant at) {
    const Request request{.command = command,
                          .who = who,
                          .at = at,
                          .received = now,
                          .cause = "c" + std::to_string(++commands),
                          .time_in_doubt = time_in_doubt};
    const Decision decision = decide(board, shop, request);
    if (const auto* refused = std::get_if<Rejection>(&decision)) {
        sentence = refused->sentence;
        CHECK_FALSE(sentence.empty());
        return token(refused->refusal);
    }
    const auto& events = std::get<std::vector<Event>>(decision);
    for (const Event& event : events) {
        apply(board, event);
        journal.push_back(event);
    }
    return events.empty() ? "same" : "ok";
}

std::string Workshop::say(const std::string& who, const Command& command) {
    return say_at(who, command, now);
}

const Job& Workshop::job(const std::string& order) const {
    const Job* found = board.find(order);
    REQUIRE(found != nullptr);
    return *found;
}

void Workshop::receive(const std::string& order) {
    REQUIRE(say("130", Receive{.order = order,
                               .plate = "沪A12345",
                               .model = "朗逸",
                               .type = RepairType::maintenance,
                               .promise = now + minutes(120),
                               .customer = "王先生",
                               .phone = "13800001111"}) == "ok");
}

void Workshop::bring(const std::string& order, JobState state) {
    const auto must = [this](const std::string& who, const Command& command) {
        const std::string said = say(who, command);
        INFO(sentence);
        REQUIRE(said == "ok");
    };
    if (state == JobState::booked || state == JobState::no_show) {
        must("130", Book{.order = order,
                         .plate = "沪A12345",
                         .model = "朗逸",
                         .type = RepairType::maintenance,
                         .appointment = now + minutes(60),
                         .promise = now + minutes(180),
                         .customer = "王先生"});
        if (state == JobState::no_show) must("130", NoShow{.order = order});
        return;
    }
    receive(order);
    if (state == JobState::waiting) return;
    if (state == JobState::cancelled) return must("130", Cancel{.order = order, .reason = "customer left"});
    must("120", Assign{.order = order, .bay = "1", .technician = "101"});
    if (state == JobState::assigned) return;
    must("101", Start{.order = order});
    if (state == JobState::in_progress) return;
    if (state == JobState::paused) return must("101", Pause{.order = order, .reason = PauseReason::parts});
    must("101", Finish{.order = order});
    if (state == JobState::inspection) return;
    must("110", Inspect{.order = order, .passed = true});
    if (state == JobState::washing) return;
    must("101", Wash{.order = order});
    if (state == JobState::ready) return;
    must("130", Deliver{.order = order});
}

int Workshop::mind_alerts(const Finishes& finishes) {
    const Due due_now = due(board, shop, finishes, now);
    for (const auto& [order, fact] : due_now.facts) {
        const Event event{.seq = board.seq + 1,
                          .at = now,
                          .received = now,
                          .who = system_person,
                          .cause = "s" + std::to_string(commands),
                          .order = order,
                          .fact = fact};
        apply(board, event);
        journal.push_back(event);
    }
    return static_cast<int>(due_now.facts.size());
}

std::string Workshop::standing() const {
    std::string out;
    for (const auto& alert : alerts_view(board, shop, now).alerts) {
        out += (out.empty() ? "" : " ") + alert.id + (alert.acknowledged_at ? "+" : "");
    }
    return out;
}

Board Workshop::replayed() const {
    Board again;
    for (const Event& event : journal) apply(again, event);
    return again;
}

}  // namespace baytime::support
