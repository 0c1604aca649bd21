// The verbs token-add, token-list and token-revoke. A full token only (Access::full).
#pragma once

#include "board/daemon/caller.hpp"
#include "board/daemon/house.hpp"
#include "board/daemon/tokens.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace baytime::daemon {

class TokenDesk {
public:
    struct Parts {
        Tokens& tokens;
        std::function<const Settings&()> configured;  ///< as the file of settings says, without the file of tokens
        std::function<void()> changed;                ///< the tokens count from now on
        std::function<Instant()> clock;
    };
    explicit TokenDesk(Parts parts) : parts_(std::move(parts)) {}
    /// `by`: the device that asks. Throws when a new token cannot be stored.
    Outcome answer(std::string_view verb, const protocol::Query& query, const std::string& by);

private:
    Outcome add(const protocol::Query& query, const std::string& by);
    Outcome revoke(const protocol::Query& query, const std::string& by);
    Outcome list() const;

    Parts parts_;
};

/// The verb `audit`: who was turned away, for a manager.
Outcome list_refusals(const House& house, Caller& caller, const protocol::Query& query);

}  // namespace baytime::daemon
