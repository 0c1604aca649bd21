#include "board/daemon/token_desk.hpp"

#include "board/core/words.hpp"
#include "board/daemon/log.hpp"
#include "board/daemon/parameter.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace baytime::daemon {

namespace json = boost::json;

namespace {

constexpr std::size_t usually_listed = 50;

json::object line_of(const AuditEntry& entry) {
    const auto& what = entry.what;
    json::object line{{"at", protocol::iso_utc(entry.at)}, {"token", what.token}, {"times", entry.count}};
    for (const auto& [member, text] : {std::pair("peer", &what.peer), std::pair("verb", &what.verb),
                                       std::pair("device", &what.device), std::pair("person", &what.person)}) {
        if (!text->empty()) line[member] = *text;
    }
    return line;
}

}  // namespace

Outcome TokenDesk::answer(std::string_view verb, const protocol::Query& query, const std::string& by) {
    if (verb == "token-add") return add(query, by);
    if (verb == "token-revoke") return revoke(query, by);
    return list();
}

Outcome TokenDesk::add(const protocol::Query& query, const std::string& by) {
    const auto kind = from_name<DeviceKind>(parameter(query, "kind"));
    const Device device{.id = parameter(query, "device"),
                        .kind = kind.value_or(DeviceKind::display),
                        .bay = parameter(query, "bay"),
                        .token_hash = {}};
    const auto made = parts_.tokens.add(parts_.configured(), device, kind.has_value(),
                                        {.by = by, .at = protocol::iso_utc(parts_.clock())});
    if (const auto* no = std::get_if<Refused>(&made)) return *no;
    log::warn("token_added", {{"device", device.id}, {"by", by}});
    parts_.changed();
    protocol::Result result;
    result.members["device"] = device.id;
    result.members["token"] = std::get<std::string>(made);
    return result;
}

Outcome TokenDesk::revoke(const protocol::Query& query, const std::string& by) {
    const auto device = parameter(query, "device");
    if (const auto no =
            parts_.tokens.revoke(parts_.configured(), device, {.by = by, .at = protocol::iso_utc(parts_.clock())}))
        return *no;
    log::warn("token_revoked", {{"device", device}, {"by", by}});
    parts_.changed();
    protocol::Result result;
    result.members["device"] = device;
    result.members["changed"] = true;
    if (parts_.tokens.unstored()) {
        result.members["stored"] = false;
        result.members["note"] =
            "the token counts no more, but this could not be stored and holds until the next start only; make room on "
            "the disk: it is stored as soon as that goes";
    }
    return result;
}

Outcome TokenDesk::list() const {
    protocol::Result result{.members = {}, .lines_name = "tokens", .lines = {}};
    const auto& entries = parts_.tokens.entries();
    for (const auto& device : devices_with(parts_.configured().devices, entries)) {
        const auto made = std::ranges::find_if(
            entries, [&device](const TokenEntry& one) { return one.device.token_hash == device.token_hash; });
        json::object line{{"device", device.id}, {"kind", name(device.kind)}};
        if (!device.bay.empty()) line["bay"] = device.bay;
        line["token"] = !device.token_hash.empty();
        if (!device.token_hash.empty()) line["from"] = made == entries.end() ? "configuration" : "token-add";
        if (!device.token_hash.empty() && made != entries.end()) {
            line["made_at"] = made->at;
            line["made_by"] = made->by;
        }
        result.lines.push_back(std::move(line));
    }
    result.members["count"] = result.lines.size();
    return result;
}

Outcome list_refusals(const House& house, Caller& caller, const protocol::Query& query) {
    protocol::Call asked;
    asked.as = parameter(query, "as");
    asked.staff = parameter(query, "staff");
    asked.pin = parameter(query, "pin");
    const auto who = caller.person_of(asked);
    if (const auto* no = std::get_if<Refused>(&who)) return *no;
    const auto* person = house.settings->shop.person(std::get<std::string>(who));
    if (person == nullptr || person->role != Role::manager)
        return Refused{"not-permitted", "who was turned away is for a manager to read", -32000};
    const auto text = parameter(query, "count");
    std::size_t count = usually_listed;
    std::from_chars(text.data(), text.data() + text.size(), count);
    protocol::Result result{.members = {}, .lines_name = "refusals", .lines = {}};
    if (house.refusals) {
        for (const auto& one : house.refusals(std::min(count, max_audit_listed))) result.lines.push_back(line_of(one));
    }
    result.members["count"] = result.lines.size();
    return result;
}

}  // namespace baytime::daemon
