// Who is asking: device tokens and PINs against the hashes of the configuration, and the slow-down after failures.
// A token is long and random, so a fast hash is enough; a PIN is short, so its hash is slow and failures cost time.
#pragma once

#include "board/daemon/audit.hpp"
#include "board/daemon/pin_waits.hpp"
#include "board/daemon/settings.hpp"
#include "board/daemon/shop_clock.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace baytime::daemon {

/// Shortest token we make a hash of, in bytes: a token must not be guessable.
inline constexpr std::size_t min_token_bytes = 16;
inline constexpr std::size_t max_secret_bytes = 128;

/// Hex of BLAKE2b-256.
std::string hash_token(std::string_view token);
/// argon2id at a cost of about 10 ms, so that one try never stalls the loop for long.
std::string hash_pin(std::string_view pin);

/// Whether a PIN fits a hash of hash_pin(); takes as long as making one.
using PinCheck = std::function<bool(const std::string& hash, std::string_view pin)>;
bool check_pin(const std::string& hash, std::string_view pin);

/// Counts wrong tokens by address and tells how long to wait. Pure but for the times given.
class SlowDown {
public:
    std::chrono::seconds wait(const std::string& name, Steady::time_point now) const;
    void failed(const std::string& name, Steady::time_point now);
    void succeeded(const std::string& name);

private:
    struct Failures {
        int count = 0;
        Steady::time_point last{};
    };
    std::map<std::string, Failures> failures_;
};

struct IdentityFault {
    std::string token;  ///< `bad-token`, `bad-pin`, `slow-down`
    std::string sentence;
};

class Identity {
public:
    explicit Identity(SteadyClock clock, PinCheck check = check_pin);

    /// The device this token belongs to. `peer`: where it comes from; its wrong tokens are slowed down. A right one is
    /// let through at once: it cannot be guessed, and one confused client must not lock out the others behind its
    /// address.
    std::variant<Device, IdentityFault> device_of(const Settings& settings, std::string_view token,
                                                  const std::string& peer);
    /// The person when the PIN is right. `asker`: device or peer, which is slowed down too. Whatever is wrong, a staff
    /// id that nobody has or one without a PIN, costs one check of a hash, so that the time taken tells nothing.
    std::variant<Person, IdentityFault> person_of(const Settings& settings, std::string_view staff,
                                                  std::string_view pin, const std::string& asker);

    /// The wrong PINs of before the start, so that a restart shortens no wait.
    void remember(const std::vector<AuditEntry>& refusals, Instant now);

private:
    bool pin_matches(const Person* person, std::string_view pin);
    std::optional<IdentityFault> must_wait(const std::string& name) const;

    SteadyClock clock_;
    PinCheck check_;
    SlowDown slow_;  ///< of tokens
    PinWaits pins_;
    std::string secret_;  ///< keys the digests below; new in every run
    /// Person id -> keyed digest of PIN and hash that were right, so that only the first use pays for argon2.
    std::map<std::string, std::string, std::less<>> proved_;
};

}  // namespace baytime::daemon
