#include "tests/daemon/little_house.hpp"

#include <algorithm>

namespace baytime::support {

using namespace daemon;

void MemoryJournal::append(std::span<const Event> more, std::span<const store::Answer> answers) {
    if (refuses) throw std::runtime_error("the disk is full");
    events.insert(events.end(), more.begin(), more.end());
    for (const auto& answer : answers) answers_[answer.key] = answer;
    commits.push_back(more.size());
}

void MemoryJournal::read(std::uint64_t after, const std::function<bool(const Event&)>& each) {
    if (unreadable) throw std::runtime_error("the disk is gone");
    for (const auto& event : events) {
        if (event.seq > after && !each(event)) return;
    }
}

std::vector<Event> MemoryJournal::history(std::string_view order, std::size_t limit) {
    std::vector<Event> out;
    for (const auto& event : events) {
        if (event.order == order && out.size() < limit) out.push_back(event);
    }
    return out;
}

std::optional<store::Answer> MemoryJournal::answer(std::string_view key) {
    const auto found = answers_.find(key);
    return found == answers_.end() ? std::nullopt : std::optional(found->second);
}

void MemoryJournal::forget_answers(Instant before) {
    std::erase_if(answers_, [before](const auto& one) { return one.second.received < before; });
}

std::string token_of(const std::string& device) {
    return "token-of-" + device + "-1234567";
}

Instant nine() {
    return Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}} + std::chrono::hours{1};
}

Settings little_settings() {
    static const auto pin = hash_pin("4711");
    Settings settings;
    auto& shop = settings.shop;
    shop.name = "城西服务站";
    shop.teams = {{.id = "A", .name = "一组"}};
    for (const auto* id : {"1", "2", "3"})
        shop.bays.push_back({.id = id, .label = std::string(id) + "号工位", .kind = BayKind::general, .team = "A"});
    const auto person = [&shop](const char* id, const char* name, Role role) {
        shop.people.push_back({.id = id, .name = name, .role = role, .team = "A", .pin_hash = ""});
    };
    person("101", "李伟", Role::technician);
    person("102", "王芳", Role::technician);
    person("201", "周强", Role::foreman);
    person("301", "陈静", Role::advisor);
    person("402", "郑敏", Role::inspector);
    person("501", "杨光", Role::manager);
    shop.people[3].pin_hash = pin;
    const auto device = [&settings](const char* id, DeviceKind kind, const char* bay) {
        settings.devices.push_back({.id = id, .kind = kind, .bay = bay, .token_hash = hash_token(token_of(id))});
    };
    device("lounge", DeviceKind::display, "");
    device("scan-3", DeviceKind::station, "3");
    device("desk", DeviceKind::full, "");
    settings.clock = {.speed = 0, .start = nine()};
    settings.open = true;
    return settings;
}

namespace {

std::shared_ptr<const Shop> shop_of(const std::shared_ptr<const Settings>& settings) {
    return {settings, &settings->shop};
}

}  // namespace

LittleHouse::LittleHouse(Settings first)
    : settings(std::make_shared<const Settings>(std::move(first))),
      clock(settings->clock, settings->shop.zone),
      workshop(journal, shop_of(settings), [this] { return now; }),
      watchers(workshop, clock),
      identity([this] { return steady; }),
      house{.settings = settings,
            .workshop = workshop,
            .watchers = watchers,
            .identity = identity,
            .clock = clock,
            .steady = [this] { return steady; },
            .health = [] { return protocol::Result{}; },
            .work_waiting = [] {}} {}

void LittleHouse::reload(Settings next) {
    settings = std::make_shared<const Settings>(std::move(next));
    house.settings = settings;
    workshop.use(shop_of(settings));
}

std::vector<Event> LittleHouse::turn() {
    auto events = workshop.turn();
    watchers.refresh();
    return events;
}

std::shared_ptr<Conversation> LittleHouse::connect(bool loopback) {
    return std::make_shared<Conversation>(
        house, Peer{.address = loopback ? "127.0.0.1" : "192.168.1.20", .loopback = loopback, .encrypted = !loopback},
        [] {});
}

std::vector<std::string> LittleHouse::read(Conversation& talk) {
    std::string all;
    for (const auto& text : talk.outbox().take()) all += *text;
    talk.written();
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < all.size();) {
        const auto end = all.find('\n', from);
        lines.push_back(all.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

std::vector<std::string> LittleHouse::say(Conversation& talk, const std::string& lines) {
    talk.receive(lines + "\n");
    turn();
    return read(talk);
}

std::string LittleHouse::ask(Conversation& talk, const std::string& line) {
    const auto lines = say(talk, line);
    return lines.empty() ? std::string{} : lines.back();
}

void LittleHouse::receive(const std::string& order, const std::string& plate) {
    const auto talk = connect();
    const auto reply =
        ask(*talk, "receive " + order + " plate=" + plate + " model=Lavida type=maintenance promise=11:00 as=301");
    if (!reply.starts_with("OK ")) throw std::runtime_error(reply);
}

}  // namespace baytime::support
