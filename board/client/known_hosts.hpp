// The servers visited before, by the fingerprint of their certificate: a text file, `HOST:PORT FINGERPRINT` a line, `#`
// before a remark. The first visit writes the line, every later one must find the same certificate.
#pragma once

#include "board/client/client.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace baytime::client {

/// Largest file of known servers, in bytes.
inline constexpr std::size_t max_known_hosts_bytes = 256 * 1024;

/// `host:port`, `[::1]:port`.
std::string host_name(const std::string& host, const std::string& port);
/// 64 hex digits in small letters, from what people copy: `SHA256:`, colons, blanks and capitals are dropped. Empty
/// when it is no fingerprint.
std::string plain_fingerprint(std::string_view text);
/// The fingerprint of this server in the text of such a file, or nothing. Throws Untrusted `bad-known-hosts` for a line
/// that is no entry, and where two of one server differ: then nobody knows which is right.
std::optional<std::string> known_fingerprint(std::string_view text, std::string_view server);
/// The text without this server.
std::string without_server(std::string_view text, std::string_view server);

/// True when this is the first visit; the file then has its line. Throws Untrusted when another certificate is known,
/// or when there is no file to write to.
bool visit(const std::string& file, const std::string& server, const std::string& fingerprint);
/// Takes the server out of the file; false when it was not in it. Throws Untrusted.
bool forget_server(const std::string& file, const std::string& server);
/// What to say and to do when the certificate is another one. `place`: where the known one stands.
Untrusted fingerprint_changed(const std::string& server, const std::string& known, const std::string& seen,
                              const std::string& place);
/// Where the file is for whoever runs this: `$XDG_CONFIG_HOME` or `~/.config`, `baytime-known-hosts`; empty without a
/// home.
std::string usual_known_hosts();

}  // namespace baytime::client
