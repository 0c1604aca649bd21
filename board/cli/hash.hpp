// The hash of a PIN or token, for the daemon's configuration.
#pragma once

#include <string>

namespace baytime::cli {

/// Argon2id with a fresh salt, in libsodium's text form. Throws std::runtime_error when memory is short.
std::string hash_of(const std::string& secret);

}  // namespace baytime::cli
