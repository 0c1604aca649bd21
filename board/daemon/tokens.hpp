// Tokens made and revoked while the daemon runs: a file beside the journal that holds their hashes, and a list of those
// of the configuration that no longer count. A device has one token.
#pragma once

#include "board/daemon/settings.hpp"
#include "board/daemon/workshop.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace baytime::daemon {

/// In the directory of the journal, for its owner alone.
inline constexpr const char* tokens_file = "tokens.json";
inline constexpr std::size_t max_tokens = 1000;
/// Letters of a token: 160 bits that nobody guesses, without letters that look alike.
inline constexpr std::size_t token_letters = 32;
inline constexpr std::size_t max_tokens_file_bytes = 1024 * 1024;

/// A token of the file, or one of the configuration that was revoked.
struct TokenEntry {
    Device device;
    bool revoked = false;
    std::string at;  ///< when it was made or revoked, ISO 8601
    std::string by;  ///< the device that asked, or `baytimed`
    bool operator==(const TokenEntry&) const = default;
};

/// Reads and writes the file's text. Throws std::runtime_error for anything that is no such text.
std::vector<TokenEntry> parse_tokens(std::string_view text);
std::string tokens_text(const std::vector<TokenEntry>& entries);
/// The devices of the configuration as they count now, and behind them those that only the file knows.
std::vector<Device> devices_with(std::vector<Device> configured, const std::vector<TokenEntry>& entries);

/// Who changes a token, and when.
struct TokenChange {
    std::string by;
    std::string at;  ///< ISO 8601
};

class Tokens {
public:
    /// Throws std::runtime_error with a sentence when the file cannot be read.
    explicit Tokens(std::string path);
    const std::vector<TokenEntry>& entries() const { return entries_; }
    /// Also when the other program may have changed it. A file that is gone takes nothing back.
    void reload();
    /// Makes a token for a configured device that has none, or for a new one. Returns it; it is kept nowhere. Throws
    /// when the file cannot be written; nothing has changed then.
    std::variant<std::string, Refused> add(const Settings& configured, Device device, bool kind_given,
                                           const TokenChange& change);
    /// Nothing when it is done: the token opens nothing any more, also where the file cannot be written. Then it is on
    /// record in memory alone until store_again() succeeds.
    std::optional<Refused> revoke(const Settings& configured, std::string_view device, const TokenChange& change);
    /// Some token was revoked that would count again after a restart.
    bool unstored() const { return !unstored_.empty(); }
    /// Tries the file again. Never throws.
    void store_again();

private:
    void store(std::vector<TokenEntry> next);

    std::string path_;
    std::vector<TokenEntry> entries_;
    std::vector<TokenEntry> unstored_;  ///< revoked, and not in the file yet; as many as there were tokens
};

}  // namespace baytime::daemon
