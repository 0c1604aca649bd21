#include "board/daemon/settings_parts.hpp"

#include "board/daemon/log.hpp"
#include "config/names.hpp"
#include "display-drivers/signs/driver.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <cctype>

namespace baytime::daemon {

namespace {

using config::Table;

/// The stable names of an enumeration, in its order.
template <class E>
std::vector<std::string> names() {
    std::vector<std::string> all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&all](auto one) { all.emplace_back(one.name); });
    return all;
}

template <class E>
E choose(const Table& table, std::string_view key, E otherwise) {
    return from_name<E>(table.choice(key, name(otherwise), names<E>())).value_or(otherwise);
}

/// The table's id, checked for form and against the ids already there.
template <class List>
std::string new_id(const Table& table, const List& list) {
    auto id = table.required_text("id");
    if (!id.empty() && !is_id(id)) table.fault("id", "this is no id", "1 to 16 letters, digits, '.', '_' or '-'");
    if (std::ranges::any_of(list, [&id](const auto& other) { return other.id == id; }))
        table.fault("id", fmt::format("the id \"{}\" comes twice", id), "another id");
    return id;
}

template <class List>
std::string ids_of(const List& list) {
    std::vector<std::string> ids;
    for (const auto& one : list) ids.push_back(one.id);
    return ids.empty() ? "none is configured" : fmt::format("{}", fmt::join(ids, ", "));
}

/// A reference to something configured above, or empty.
template <class List>
std::string reference(const Table& table, std::string_view key, const List& list) {
    auto id = table.text(key, "");
    if (!id.empty() && std::ranges::none_of(list, [&id](const auto& one) { return one.id == id; }))
        table.fault(key, fmt::format("there is no {} \"{}\"", key, id), ids_of(list));
    return id;
}

std::string read_pin_hash(const Table& table) {
    auto hash = table.text("pin_hash", "");
    if (!hash.empty() && (!hash.starts_with("$argon2id$") || hash.size() > 127))
        table.fault("pin_hash", "this is no PIN hash", "a line printed by `baytimed --hash-pin`");
    return hash;
}

std::string read_token_hash(const Table& table) {
    auto hash = table.text("token_hash", "");
    const bool good = hash.empty() || (hash.size() == 64 && std::ranges::all_of(hash, [](unsigned char c) {
                                           return std::isdigit(c) != 0 || (c >= 'a' && c <= 'f');
                                       }));
    if (!good) table.fault("token_hash", "this is no token hash", "a line printed by `baytimed --hash-token`");
    return hash;
}

}  // namespace

std::set<std::string, std::less<>> words_of_settings() {
    std::set<std::string, std::less<>> words{"en", "zh", "8N1", "7E1"};
    for (const auto& list : {names<BayKind>(), names<RepairType>(), names<Role>(), names<DeviceKind>(), names<Reveal>(),
                             names<log::Level>()})
        words.insert(list.begin(), list.end());
    for (const auto& driver : signs::drivers()) words.emplace(driver.name);
    return words;
}

void read_teams(const Table& root, Settings& settings) {
    for (const auto& table : root.tables("team")) {
        Team team{.id = new_id(table, settings.shop.teams)};
        team.name = config::name(table, "name", team.id);
        settings.shop.teams.push_back(std::move(team));
    }
}

void read_bays(const Table& root, Settings& settings) {
    for (const auto& table : root.tables("bay")) {
        Bay bay{.id = new_id(table, settings.shop.bays)};
        bay.label = config::name(table, "label", bay.id);
        bay.kind = choose(table, "kind", BayKind::general);
        bay.team = reference(table, "team", settings.shop.teams);
        settings.shop.bays.push_back(std::move(bay));
    }
    settings.shop.number_bays();
}

void read_staff(const Table& root, Settings& settings) {
    for (const auto& table : root.tables("staff")) {
        Person person{.id = new_id(table, settings.shop.people)};
        person.name = config::required_name(table, "name");
        if (!table.has("role"))
            table.fault("role", "a person needs a role", fmt::format("{}", fmt::join(names<Role>(), ", ")));
        person.role = choose(table, "role", Role::technician);
        person.team = reference(table, "team", settings.shop.teams);
        person.pin_hash = read_pin_hash(table);
        settings.shop.people.push_back(std::move(person));
    }
}

void read_devices(const Table& root, Settings& settings) {
    for (const auto& table : root.tables("device")) {
        Device device;
        device.id = new_id(table, settings.devices);
        device.kind = choose(table, "kind", DeviceKind::display);
        device.bay = reference(table, "bay", settings.shop.bays);
        device.token_hash = read_token_hash(table);
        const bool shared =
            !device.token_hash.empty() && std::ranges::any_of(settings.devices, [&device](const Device& other) {
                return other.token_hash == device.token_hash;
            });
        if (shared) table.fault("token_hash", "another device has this token", "a token of its own for each device");
        settings.devices.push_back(std::move(device));
    }
}

}  // namespace baytime::daemon
