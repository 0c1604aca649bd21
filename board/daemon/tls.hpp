// The daemon's side of TLS: its key and its own certificate in one file, made at the first use and kept, because
// clients know the daemon by the certificate's fingerprint.
#pragma once

#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace baytime::daemon {

/// In the directory of the journal; key and certificate as PEM, for its owner alone.
inline constexpr const char* tls_file = "tls.pem";

struct TlsIdentity {
    std::shared_ptr<boost::asio::ssl::context> context;
    std::string fingerprint;  ///< SHA-256 of the certificate, 64 hex digits
    bool made = false;        ///< just now
    std::string put_back{};   ///< the copy that took the place of a file that was gone or empty, or empty
};

/// Reads the file. Where there is none, or an empty one, `copy` takes its place, because clients know that key; only
/// where there is no copy either a new key is made. TLS 1.2 and 1.3, no resumption and no renegotiation. Throws
/// std::runtime_error with a sentence.
TlsIdentity tls_identity(const std::string& path, const std::string& copy);

}  // namespace baytime::daemon
