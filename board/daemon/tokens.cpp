#include "board/daemon/tokens.hpp"

#include "board/core/words.hpp"
#include "board/daemon/identity.hpp"
#include "board/daemon/log.hpp"
#include "board/daemon/settings_parts.hpp"
#include "board/store/file_lock.hpp"
#include "board/store/files.hpp"
#include "protocol/json.hpp"
#include "protocol/verbs.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <stdexcept>

namespace baytime::daemon {

namespace json = boost::json;

namespace {

/// No 0 o 1 l: tokens are read aloud and typed.
constexpr std::string_view letters = "23456789abcdefghijkmnpqrstuvwxyz";
static_assert(letters.size() == 32);
constexpr std::size_t hash_digits = 64;

std::string new_token() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used on this machine");
    std::string token;
    for (std::size_t i = 0; i < token_letters; ++i)
        token += letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
    return token;
}

std::string text_of(const json::object& line, std::string_view member) {
    const auto* found = line.if_contains(member);
    if (found == nullptr || !found->is_string()) throw std::runtime_error(fmt::format("a token has no {}", member));
    return std::string(found->get_string());
}

bool is_hash(std::string_view text) {
    return text.size() == hash_digits &&
           std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0 || (c >= 'a' && c <= 'f'); });
}

TokenEntry entry_of(const json::object& line) {
    const auto* revoked = line.if_contains("revoked");
    const auto kind = from_name<DeviceKind>(text_of(line, "kind"));
    TokenEntry entry{.device = {.id = text_of(line, "device"),
                                .kind = kind.value_or(DeviceKind::display),
                                .bay = text_of(line, "bay"),
                                .token_hash = text_of(line, "hash")},
                     .revoked = revoked != nullptr && revoked->is_bool() && revoked->get_bool(),
                     .at = text_of(line, "at"),
                     .by = text_of(line, "by")};
    const bool good = kind && is_id(entry.device.id) && is_hash(entry.device.token_hash) &&
                      (entry.device.bay.empty() || is_id(entry.device.bay));
    if (!good) throw std::runtime_error("a token has no device, no kind or no hash as they should be");
    return entry;
}

Refused bad_value(std::string sentence) {
    return {"bad-value", std::move(sentence), protocol::code_of("bad-value")};
}

const Device* find(const std::vector<Device>& devices, std::string_view id) {
    const auto found = std::ranges::find(devices, id, &Device::id);
    return found == devices.end() ? nullptr : &*found;
}

/// Revokes. The hash in `gone` is the configuration's, if it has one: that must count no more even before somebody
/// takes it out there.
void leave_out(std::vector<TokenEntry>& entries, const TokenEntry& gone) {
    const auto& hash = gone.device.token_hash;
    std::erase_if(entries, [&gone](const TokenEntry& one) { return !one.revoked && one.device.id == gone.device.id; });
    const bool there = std::ranges::any_of(
        entries, [&hash](const TokenEntry& one) { return one.revoked && one.device.token_hash == hash; });
    if (!hash.empty() && !there) entries.push_back(gone);
}

}  // namespace

std::vector<TokenEntry> parse_tokens(std::string_view text) {
    if (text.empty()) throw std::runtime_error("it is empty");
    if (text.size() > max_tokens_file_bytes) throw std::runtime_error("it is too large");
    boost::system::error_code fault;
    const auto value = json::parse(json::string_view(text.data(), text.size()), fault);
    const auto* root = fault ? nullptr : value.if_object();
    const auto* list = root == nullptr ? nullptr : root->if_contains("tokens");
    if (list == nullptr || !list->is_array()) throw std::runtime_error("it holds no list of tokens");
    if (list->get_array().size() > max_tokens) throw std::runtime_error("it holds too many tokens");
    std::vector<TokenEntry> entries;
    for (const auto& one : list->get_array()) {
        if (!one.is_object()) throw std::runtime_error("something in its list is no token");
        entries.push_back(entry_of(one.get_object()));
    }
    return entries;
}

std::string tokens_text(const std::vector<TokenEntry>& entries) {
    std::string out = "{\"tokens\":[";
    for (const auto& one : entries) {
        const json::object line{{"device", one.device.id},
                                {"kind", name(one.device.kind)},
                                {"bay", one.device.bay},
                                {"hash", one.device.token_hash},
                                {"revoked", one.revoked},
                                {"at", one.at},
                                {"by", one.by}};
        out += (out.ends_with('[') ? "\n" : ",\n") + json::serialize(line);
    }
    return out + "\n]}\n";
}

std::vector<Device> devices_with(std::vector<Device> configured, const std::vector<TokenEntry>& entries) {
    const auto revoked = [&entries](const std::string& hash) {
        return std::ranges::any_of(
            entries, [&hash](const TokenEntry& one) { return one.revoked && one.device.token_hash == hash; });
    };
    for (auto& device : configured) {
        if (revoked(device.token_hash)) device.token_hash.clear();
    }
    for (const auto& one : entries) {
        if (one.revoked) continue;
        const auto known = std::ranges::find(configured, one.device.id, &Device::id);
        if (known == configured.end()) {
            configured.push_back(one.device);
        } else if (known->token_hash.empty()) {
            known->token_hash = one.device.token_hash;  // what it may do stays as the configuration says
        }
    }
    return configured;
}

Tokens::Tokens(std::string path) : path_(std::move(path)) {
    reload();
}

void Tokens::reload() {
    try {
        if (std::filesystem::exists(path_)) {
            entries_ = parse_tokens(store::read_private(path_));
            for (const auto& gone : unstored_) leave_out(entries_, gone);
        } else if (!entries_.empty()) {  // what it held still counts, and is written with the next change
            log::warn("tokens_file_gone", {{"path", path_}});
        }
    } catch (const std::runtime_error& fault) {
        throw std::runtime_error(
            fmt::format("the file of tokens {} is not to be understood: {}; put the copy from the backups in its place",
                        path_, fault.what()));
    }
}

void Tokens::store(std::vector<TokenEntry> next) {
    store::write_private(path_, tokens_text(next));
    entries_ = std::move(next);
    unstored_.clear();
}

void Tokens::store_again() {
    if (unstored_.empty()) return;
    try {
        const store::FileLock one_at_a_time(path_);
        reload();
        store(entries_);
        log::info("tokens_stored");
    } catch (const std::runtime_error&) {  // said when they were revoked
    }
}

std::variant<std::string, Refused> Tokens::add(const Settings& configured, Device device, bool kind_given,
                                               const TokenChange& change) {
    const store::FileLock one_at_a_time(path_);
    reload();  // the other program may have changed it
    const auto devices = devices_with(configured.devices, entries_);
    const auto* known = find(devices, device.id);
    if (known != nullptr && !known->token_hash.empty())
        return Refused{"token-exists", device.id + " has a token; revoke it first: token-revoke " + device.id, -32000};
    if (known == nullptr && !kind_given)
        return bad_value(device.id + " is a new device; say its kind: display, station or full");
    if (known != nullptr && kind_given && known->kind != device.kind)
        return bad_value(fmt::format("{} is configured as {}; leave the kind out", device.id, name(known->kind)));
    if (known != nullptr) device = *known;
    if (!device.bay.empty() && configured.shop.bay(device.bay) == nullptr)
        return Refused{"unknown-bay", "no bay has this id; see bays", -32000};
    if (entries_.size() >= max_tokens)
        return Refused{"too-many-tokens", fmt::format("there are {} tokens; revoke some", max_tokens), limit_code};
    const auto token = new_token();
    device.token_hash = hash_token(token);
    auto next = entries_;
    next.push_back({.device = device, .revoked = false, .at = change.at, .by = change.by});
    store(std::move(next));
    return token;
}

std::optional<Refused> Tokens::revoke(const Settings& configured, std::string_view id, const TokenChange& change) {
    std::optional<store::FileLock> one_at_a_time;
    std::string trouble;
    try {
        one_at_a_time.emplace(path_);
        reload();
    } catch (const std::runtime_error& fault) {
        trouble = fault.what();
    }
    const auto devices = devices_with(configured.devices, entries_);
    const auto* known = find(devices, id);
    if (known == nullptr || known->token_hash.empty())
        return Refused{"unknown-device", "no device of this name has a token; see token-list", -32000};
    TokenEntry gone{.device = *known, .revoked = true, .at = change.at, .by = change.by};
    const auto* in_file = configured.device(id);
    gone.device.token_hash = in_file == nullptr ? std::string{} : in_file->token_hash;
    auto next = entries_;
    leave_out(next, gone);
    try {
        if (!trouble.empty()) throw std::runtime_error(trouble);
        store(next);
    } catch (const std::runtime_error& fault) {  // whoever has stolen it is kept out at once all the same
        log::error("token_revoked_in_memory_only", {{"device", std::string(id)}, {"why", fault.what()}});
        entries_ = std::move(next);
        unstored_.push_back(std::move(gone));
    }
    return std::nullopt;
}

}  // namespace baytime::daemon
