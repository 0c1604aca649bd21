// What every conversation may use: the parts of the daemon, wired once in service.cpp.
#pragma once

#include "board/daemon/audit.hpp"
#include "board/daemon/identity.hpp"
#include "board/daemon/long_answers.hpp"
#include "board/daemon/seldom.hpp"
#include "board/daemon/settings.hpp"
#include "board/daemon/shop_clock.hpp"
#include "board/daemon/watchers.hpp"
#include "board/daemon/workshop.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace baytime::daemon {

class Caller;
struct ImportPlace;

inline constexpr const char* product = "baytimed/" BAYTIME_VERSION;

struct House {
    std::shared_ptr<const Settings> settings;  ///< replaced by a reload
    Workshop& workshop;
    Watchers& watchers;
    Identity& identity;
    ShopClock& clock;
    SteadyClock steady;
    std::function<protocol::Result()> health;
    /// Looks whether the open journal does not lie at its path any more. Nobody looks where it is missing.
    std::function<bool()> journal_gone{};
    std::function<Outcome(std::string_view verb, const protocol::Query&)> sign_tools{};  ///< sign-test, sign-trace
    std::function<Outcome(std::string_view verb, const protocol::Query&)> operations{};  ///< backup, log-level, support
    /// token-add, token-list, token-revoke; `by`: the device that asks.
    std::function<Outcome(std::string_view verb, const protocol::Query&, const std::string& by)> tokens{};
    std::function<void(const TurnedAway&)> turned_away{};                  ///< writes down a refusal
    std::function<std::vector<AuditEntry>(std::size_t count)> refusals{};  ///< the newest of them
    /// Why this connection gets no place as this device, or nothing. Set by the door.
    std::function<std::optional<Refused>(const Caller&, const Device&)> refused_as{};
    std::string tls_fingerprint{};       ///< of the encrypted door, or empty
    std::function<void()> work_waiting;  ///< asks for a turn soon; may be called often
    /// Calls back after a while. Where nobody can, what takes long is answered at once.
    std::function<void(Steady::duration, std::function<void()>)> later{};
    LongAnswers long_answers{};
    Seldom identity_said{};          ///< wrong tokens and PINs, by who shows them
    std::size_t output_waiting = 0;  ///< to be read, over all connections, in bytes
    std::size_t output_limit = max_output_of_all;
    std::function<void()> drop_worst_reader{};  ///< until the limit is kept. Set by the door
    std::weak_ptr<ImportPlace> importing{};     ///< held by the one conversation that sends a file
    bool stopping = false;                      ///< nothing new is begun
};

}  // namespace baytime::daemon
