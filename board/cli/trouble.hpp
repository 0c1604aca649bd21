// Why the command line gives up: one exception that carries the exit code and the stable token.
#pragma once

#include <stdexcept>
#include <string>

namespace baytime::cli {

/// Exit codes, written down in baytime.1.md.
enum ExitCode { done = 0, refused = 1, usage = 2, no_connection = 3 };

/// what(): one plain sentence. Shown as `baytime: <sentence> [token]`.
class Trouble : public std::runtime_error {
public:
    Trouble(ExitCode exit_code, std::string reason_token, const std::string& sentence)
        : std::runtime_error(sentence), code(exit_code), token(std::move(reason_token)) {}
    ExitCode code;
    std::string token;  ///< may be empty
};

}  // namespace baytime::cli
