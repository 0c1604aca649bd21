#include "board/daemon/caller.hpp"

#include "board/daemon/log.hpp"
#include "board/daemon/parameter.hpp"

namespace baytime::daemon {

namespace {

Refused identity_refusal(std::string token, std::string sentence) {
    return {std::move(token), std::move(sentence), identity_code};
}

/// One person, named in one way; the same rules as for `as`, `staff` and `pin` of a command.
std::optional<Refused> name_fault(const protocol::Query& query) {
    const auto& given = query.parameters;
    for (const auto* name : {"staff", "badge"}) {
        if (given.contains(name) && parameter(query, name).empty())
            return Refused{"bad-value", std::string(name) + " is empty; leave it out, or say who it is",
                           protocol::code_of("bad-value")};
    }
    if (given.contains("staff") && given.contains("badge"))
        return Refused{"bad-value", "staff and badge both name a person; give one of them",
                       protocol::code_of("bad-value")};
    if (given.contains("pin") && !given.contains("staff"))
        return Refused{"missing-parameter", "staff is missing: a pin belongs to one; give staff=<id> pin=<pin>",
                       protocol::code_of("missing-parameter")};
    return std::nullopt;
}

}  // namespace

Refused token_revoked() {
    return identity_refusal("token-revoked",
                            "this token is no longer valid; ask who looks after Baytime for a new one");
}

std::optional<DeviceKind> Caller::kind() const {
    if (device_) return device_->kind;
    if (open_to_me()) return DeviceKind::full;
    return std::nullopt;
}

std::string Caller::asker(const std::optional<Device>& device) const {
    return device ? "device " + device->id : peer_.address;
}

Refused Caller::refused(const IdentityFault& fault, const std::string& asker) {
    if (const auto times = house_.identity_said.say(asker, house_.steady()))
        log::warn("identity_refused", {{"from", asker}, {"why", fault.token}, {"times", *times}});
    return identity_refusal(fault.token, fault.sentence);
}

bool Caller::still_welcome() const {
    if (!device_) return house_.settings->open || !used_open_;
    if (welcome_by_ == house_.settings) return true;
    const auto* known = house_.settings->device(device_->id);
    if (known == nullptr || *known != *device_ || (without_token_ && !open_to_me())) return false;
    welcome_by_ = house_.settings;
    return true;
}

std::string Caller::station_bay() const {
    return device_ && device_->kind == DeviceKind::station ? device_->bay : std::string{};
}

bool Caller::may_watch(const std::string& view) const {
    const auto here = kind();
    return here && (*here != DeviceKind::display || view == "lounge");
}

std::optional<Refused> Caller::may_call(const protocol::Verb& verb, const protocol::Query* query) const {
    if (verb.access == protocol::Access::anyone) return std::nullopt;
    const auto here = kind();
    if (!here) return identity_refusal("who-are-you", "show a device token first: hello token=<token>");
    if (verb.access == protocol::Access::full && *here != DeviceKind::full)
        return identity_refusal("not-allowed", "this needs the token of a full device");
    if (*here != DeviceKind::display) return std::nullopt;
    if (verb.access == protocol::Access::display && query != nullptr && may_watch(parameter(*query, "view")))
        return std::nullopt;
    return identity_refusal("not-allowed", "a display may only watch the lounge view");
}

std::variant<std::string, Refused> Caller::badge(const std::string& text) const {
    const auto& shop = house_.settings->shop;
    if (shop.person(text) != nullptr) return text;
    if (text.starts_with('T') && shop.person(text.substr(1)) != nullptr) return text.substr(1);
    return identity_refusal("who-are-you", "no person has this badge");
}

bool Caller::trusted(const std::optional<Device>& device) const {
    return open_to_me() && (!device || without_token_);
}

std::variant<std::string, Refused> Caller::bare_badge(const std::string& text,
                                                      const std::optional<Device>& device) const {
    const bool station = device && device->kind == DeviceKind::station;
    if (station || trusted(device)) return badge(text);
    return identity_refusal("not-allowed", "a badge alone counts at a station only; say staff=<id> pin=<pin> here");
}

std::variant<std::string, Refused> Caller::staff(const std::string& id, const std::string& pin,
                                                 const std::optional<Device>& device) {
    if (trusted(device) && pin.empty()) return badge(id);
    auto person = house_.identity.person_of(*house_.settings, id, pin, asker(device));
    if (const auto* fault = std::get_if<IdentityFault>(&person)) return refused(*fault, asker(device));
    return std::get<Person>(person).id;
}

std::variant<std::string, Refused> Caller::person_of(const protocol::Call& call) {
    if (!device_) used_open_ = true;
    if (!call.staff.empty()) return staff(call.staff, call.pin, device_);
    if (!call.as.empty()) return bare_badge(call.as, device_);
    if (!person_.empty() && house_.settings->shop.person(person_) != nullptr) return person_;
    return identity_refusal(
        "who-are-you",
        "say who does this: staff=<id> pin=<pin>, at a station as=<badge>, or hello with one of them first");
}

std::variant<std::optional<Device>, Refused> Caller::device_of(const protocol::Query& query) {
    const auto token = parameter(query, "token");
    const auto id = parameter(query, "device");
    if (token.empty() && id.empty()) return device_;
    if (token.empty()) {
        if (!open_to_me())
            return identity_refusal("bad-token", "a device is named by its token here: hello token=<token>");
        const auto* device = house_.settings->device(id);
        if (device == nullptr) return identity_refusal("bad-token", "no device of this name is configured");
        return std::optional<Device>(*device);
    }
    auto device = house_.identity.device_of(*house_.settings, token, peer_.address);
    if (const auto* fault = std::get_if<IdentityFault>(&device)) return refused(*fault, peer_.address);
    auto& found = std::get<Device>(device);
    // Whoever listens on the network has now read it, and could do anything with it.
    if (found.kind == DeviceKind::full && !peer_.loopback && !peer_.encrypted)
        return identity_refusal("needs-tls",
                                "a full token is not taken in plain text from another computer; connect with TLS, and "
                                "replace this token: it has crossed the network readable");
    if (!id.empty() && found.id != id) return identity_refusal("bad-token", "this token belongs to another device");
    return std::optional<Device>(std::move(found));
}

std::variant<std::string, Refused> Caller::named(const protocol::Query& query, const std::optional<Device>& device) {
    const auto id = parameter(query, "staff");
    const auto card = parameter(query, "badge");
    if (const auto fault = name_fault(query)) return *fault;
    if (id.empty() && card.empty()) return std::string{};
    if (!device && !open_to_me())
        return identity_refusal("who-are-you", "show a device token first: hello token=<token>");
    if (device && device->kind == DeviceKind::display)
        return identity_refusal("not-allowed", "nobody can act at a display");
    return id.empty() ? bare_badge(card, device) : staff(id, parameter(query, "pin"), device);
}

Outcome Caller::hello(const protocol::Query& query) {
    auto device = device_of(query);
    if (const auto* fault = std::get_if<Refused>(&device)) return *fault;
    const auto& next = std::get<std::optional<Device>>(device);
    if (next && next != device_ && house_.refused_as) {
        if (auto no = house_.refused_as(*this, *next)) return *std::move(no);
    }
    const bool picked = parameter(query, "token").empty() && !parameter(query, "device").empty();
    const bool before = without_token_;
    if (next != device_ || picked) without_token_ = picked;
    auto person = named(query, next);
    if (const auto* fault = std::get_if<Refused>(&person)) {
        without_token_ = before;
        return *fault;
    }
    if (next != device_) person_.clear();
    device_ = next;
    if (!device_ && open_to_me()) used_open_ = true;
    if (const auto& id = std::get<std::string>(person); !id.empty()) person_ = id;
    if (const auto lang = parameter(query, "lang"); !lang.empty()) lang_ = lang;

    protocol::Result result;
    const auto here = kind();
    result.members["kind"] = here ? name(*here) : "none";
    if (device_) result.members["device"] = device_->id;
    if (device_ && !device_->bay.empty()) result.members["bay"] = device_->bay;
    if (const auto* who = house_.settings->shop.person(person_); who != nullptr && !person_.empty()) {
        result.members["staff"] = who->id;
        result.members["name"] = who->name;
        result.members["role"] = name(who->role);
    }
    if (!lang_.empty()) result.members["lang"] = lang_;
    result.members["seq"] = house_.workshop.board().seq;
    return result;
}

}  // namespace baytime::daemon
