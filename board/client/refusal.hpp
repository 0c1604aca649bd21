// Why a server was reached and yet cannot be spoken with: a sentence, and a stable token for programs.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace baytime::client {

/// The server does not let us in, or this is the wrong door.
class Refusal : public std::runtime_error {
public:
    Refusal(std::string stable_token, const std::string& sentence)
        : std::runtime_error(sentence), token(std::move(stable_token)) {}
    std::string token;  ///< the server's own (PROTOCOL.md), or `needs-tls`, `no-tls`, `not-baytime`, `no-greeting`
};

/// The server is not the one it should be, or nobody can say which one it is.
class Untrusted : public Refusal {
public:
    using Refusal::Refusal;  ///< `fingerprint-changed`, `fingerprint-unknown`, `bad-known-hosts`
};

/// What stands in this line, which came in place of a greeting: the token and sentence of `ERR token sentence`, else
/// `not-baytime`. Anybody could have sent it: what is no printable ASCII is shown as `?`. `where`: the server, for
/// people.
Refusal refusal_of(std::string_view line, const std::string& where);

}  // namespace baytime::client
