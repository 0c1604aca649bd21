#include "board/daemon/identity.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace baytime::daemon {

namespace {

/// libsodium's argon2id cost: two passes over 8 MiB.
constexpr unsigned long long pin_passes = 2;
constexpr std::size_t pin_memory_bytes = 8U * 1024 * 1024;
/// Failures of one entry of the audit; more change nothing, the wait is the longest by then.
constexpr std::uint64_t most_counted = 20;

void need_sodium() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used on this machine");
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string digest(std::string_view text, std::string_view key) {
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), bytes_of(text), text.size(), key.empty() ? nullptr : bytes_of(key),
                       key.size());
    return std::string(hash.begin(), hash.end());
}

/// Looked at in the place of a hash that is not there.
const std::string& nobodys_hash() {
    static const std::string hash = [] {
        std::array<char, 32> pin{};
        randombytes_buf(pin.data(), pin.size());
        return hash_pin({pin.data(), pin.size()});
    }();
    return hash;
}

IdentityFault slow_down(std::chrono::seconds wait) {
    return {"slow-down", fmt::format("too many failed tries; try again in {} s", wait.count())};
}

bool same(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace

std::string hash_token(std::string_view token) {
    need_sodium();
    std::string hex;
    for (const char c : digest(token, {})) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return hex;
}

std::string hash_pin(std::string_view pin) {
    need_sodium();
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str(hash.data(), pin.data(), pin.size(), pin_passes, pin_memory_bytes) != 0)
        throw std::runtime_error("not enough memory to make the hash");
    return hash.data();
}

bool check_pin(const std::string& hash, std::string_view pin) {
    return crypto_pwhash_str_verify(hash.c_str(), pin.data(), pin.size()) == 0;
}

std::chrono::seconds SlowDown::wait(const std::string& name, Steady::time_point now) const {
    const auto found = failures_.find(name);
    if (found == failures_.end() || found->second.count < free_failures) return {};
    const auto until = found->second.last + wait_after(found->second.count);
    return until <= now ? std::chrono::seconds{} : std::chrono::ceil<std::chrono::seconds>(until - now);
}

void SlowDown::failed(const std::string& name, Steady::time_point now) {
    std::erase_if(failures_, [now](const auto& one) { return one.second.last + failures_forgotten < now; });
    if (failures_.size() >= max_remembered && !failures_.contains(name))
        failures_.erase(std::ranges::min_element(failures_, {}, [](const auto& one) { return one.second.last; }));
    auto& entry = failures_[name];
    ++entry.count;
    entry.last = now;
}

void SlowDown::succeeded(const std::string& name) {
    failures_.erase(name);
}

Identity::Identity(SteadyClock clock, PinCheck check) : clock_(std::move(clock)), check_(std::move(check)) {
    need_sodium();
    nobodys_hash();  // made now, so that the first wrong id takes no longer than the others
    secret_.resize(crypto_generichash_KEYBYTES);
    randombytes_buf(secret_.data(), secret_.size());
}

std::optional<IdentityFault> Identity::must_wait(const std::string& name) const {
    const auto wait = slow_.wait(name, clock_());
    if (wait.count() == 0) return std::nullopt;
    return slow_down(wait);
}

std::variant<Device, IdentityFault> Identity::device_of(const Settings& settings, std::string_view token,
                                                        const std::string& peer) {
    const auto name = "token from " + peer;
    const auto hash = hash_token(token.substr(0, max_secret_bytes));
    const Device* found = nullptr;
    for (const auto& device : settings.devices) {  // all of them, so that the time taken tells nothing
        if (!device.token_hash.empty() && same(device.token_hash, hash)) found = &device;
    }
    if (found == nullptr || token.size() > max_secret_bytes) {
        if (const auto wait = must_wait(name)) return *wait;
        slow_.failed(name, clock_());
        return IdentityFault{"bad-token", "this token belongs to no configured device"};
    }
    slow_.succeeded(name);
    return *found;
}

bool Identity::pin_matches(const Person* person, std::string_view pin) {
    const bool possible =
        person != nullptr && !person->pin_hash.empty() && !pin.empty() && pin.size() <= max_secret_bytes;
    const auto& hash = possible ? person->pin_hash : nobodys_hash();
    pin = pin.substr(0, max_secret_bytes);
    const auto proof = digest(std::string(pin) + '\n' + hash, secret_);
    if (possible) {
        const auto known = proved_.find(person->id);
        if (known != proved_.end() && same(known->second, proof)) return true;
    }
    if (!check_(hash, pin) || !possible) return false;
    proved_[person->id] = proof;
    return true;
}

void Identity::remember(const std::vector<AuditEntry>& refusals, Instant now) {
    for (const auto& one : refusals) {
        const auto ago = now - one.at;
        if (one.what.token != "bad-pin" || ago < ago.zero() || ago > failures_forgotten) continue;
        const auto asker = one.what.device.empty() ? one.what.peer : "device " + one.what.device;
        for (std::uint64_t i = 0; i < std::min(one.count, most_counted); ++i)
            pins_.failed(one.what.person, asker, clock_() - ago);
    }
}

std::variant<Person, IdentityFault> Identity::person_of(const Settings& settings, std::string_view staff,
                                                        std::string_view pin, const std::string& asker) {
    const auto* person = settings.shop.person(staff);
    const auto who = person == nullptr ? std::string{} : person->id;
    if (const auto wait = pins_.wait(who, asker, clock_()); wait.count() > 0) return slow_down(wait);
    if (!pin_matches(person, pin)) {
        pins_.failed(who, asker, clock_());
        return IdentityFault{"bad-pin", "staff id and PIN do not belong together"};
    }
    pins_.succeeded(who, asker);
    return *person;
}

}  // namespace baytime::daemon
