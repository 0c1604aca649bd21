#include "board/client/tls.hpp"

#include "board/client/refusal.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <stdexcept>

namespace baytime::client {
namespace {

/// What the BIO works on. OpenSSL's own socket BIO writes with write(), which a peer that has left answers with
/// SIGPIPE.
struct Wire {
    int socket = -1;
    bool begun = false;   ///< something of TLS has come
    std::string plain{};  ///< what came instead, its first line
};

Wire& wire_of(BIO* bio) {
    return *static_cast<Wire*>(BIO_get_data(bio));
}

int finish(BIO* bio, ssize_t count, int retry) {
    BIO_clear_retry_flags(bio);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) BIO_set_flags(bio, retry);
    return static_cast<int>(count);
}

/// A server that refuses at once, or is no TLS door, speaks first and in plain text.
void look_for_plain_text(Wire& wire) {
    std::array<char, 512> first{};
    const auto count = ::recv(wire.socket, first.data(), first.size(), MSG_PEEK);
    if (count <= 0) return;
    wire.begun = true;
    const std::string_view text(first.data(), static_cast<std::size_t>(count));
    if (text.starts_with("ERR ") || text.starts_with("BAYTIME ")) wire.plain = text.substr(0, text.find('\n'));
}

int read_socket(BIO* bio, char* bytes, int most) {
    auto& wire = wire_of(bio);
    if (!wire.begun) look_for_plain_text(wire);
    return finish(bio, ::recv(wire.socket, bytes, static_cast<std::size_t>(most), 0),
                  BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY);
}

int write_socket(BIO* bio, const char* bytes, int count) {
    return finish(bio, ::send(wire_of(bio).socket, bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL),
                  BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY);
}

long control(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* quiet_socket() {
    static BIO_METHOD* const method = [] {
        auto* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without signals");
        BIO_meth_set_read(made, read_socket);
        BIO_meth_set_write(made, write_socket);
        BIO_meth_set_ctrl(made, control);
        return made;
    }();
    return method;
}

std::string newest_fault() {
    std::array<char, 200> text{};
    const auto code = ERR_get_error();
    ERR_clear_error();
    if (code == 0) return "the connection ended";
    const char* reason = ERR_reason_error_string(code);
    if (reason != nullptr) return reason;
    ERR_error_string_n(code, text.data(), text.size());
    return text.data();
}

}  // namespace

struct Tls::State {
    std::string where;
    Wire wire;
    SSL_CTX* context = nullptr;
    SSL* ssl = nullptr;
    ~State() {
        SSL_free(ssl);
        SSL_CTX_free(context);
    }

    /// What a call that did nothing means, in the manner of recv().
    ssize_t nothing_done(int result) const {
        const int why = SSL_get_error(ssl, result);
        ERR_clear_error();
        if (why == SSL_ERROR_ZERO_RETURN) return 0;
        if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) {
            errno = EAGAIN;
        } else if (why != SSL_ERROR_SYSCALL || errno == 0) {
            errno = EPROTO;
        }
        return -1;
    }
};

Tls::Tls(int socket, std::string where) : state_(std::make_unique<State>()) {
    state_->where = std::move(where);
    state_->context = SSL_CTX_new(TLS_client_method());
    if (state_->context == nullptr) throw std::runtime_error("OpenSSL cannot be used on this machine");
    SSL_CTX_set_min_proto_version(state_->context, TLS1_2_VERSION);
    // The lines say where an answer ends, so an end without a farewell hides nothing.
    SSL_CTX_set_options(state_->context, SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(state_->context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_verify(state_->context, SSL_VERIFY_NONE, nullptr);  // fingerprint() tells who it is
    state_->ssl = SSL_new(state_->context);
    BIO* bio = BIO_new(quiet_socket());
    if (state_->ssl == nullptr || bio == nullptr) throw std::runtime_error("OpenSSL cannot be used on this machine");
    state_->wire.socket = socket;
    BIO_set_data(bio, &state_->wire);
    BIO_set_init(bio, 1);
    SSL_set_bio(state_->ssl, bio, bio);
    SSL_set_connect_state(state_->ssl);
}

Tls::~Tls() = default;

Tls::Wants Tls::shake_hands() {
    ERR_clear_error();
    const int result = SSL_do_handshake(state_->ssl);
    if (result == 1) return Wants::nothing;
    const int why = SSL_get_error(state_->ssl, result);
    if (why == SSL_ERROR_WANT_READ) return Wants::to_read;
    if (why == SSL_ERROR_WANT_WRITE) return Wants::to_write;
    const auto& plain = state_->wire.plain;
    if (plain.starts_with("ERR ")) throw refusal_of(plain, state_->where);
    if (!plain.empty())
        throw Refusal("no-tls", state_->where + " speaks plain text; take its port for TLS, or leave TLS out");
    throw Refusal("no-tls",
                  state_->where + " speaks no TLS that we know (" + newest_fault() + "); is this its port for TLS?");
}

std::string Tls::fingerprint() const {
    const X509* certificate = SSL_get0_peer_certificate(state_->ssl);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (certificate == nullptr || X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1)
        throw std::runtime_error("the server shows no certificate");
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) hex += {digits[digest[i] >> 4U], digits[digest[i] & 15U]};
    return hex;
}

ssize_t Tls::read(char* bytes, std::size_t most) {
    constexpr std::size_t longest = std::numeric_limits<int>::max();
    ERR_clear_error();
    errno = 0;
    const int count = SSL_read(state_->ssl, bytes, static_cast<int>(std::min(most, longest)));
    return count > 0 ? count : state_->nothing_done(count);
}

ssize_t Tls::write(std::string_view bytes) {
    constexpr std::size_t longest = 1024 * 1024;
    ERR_clear_error();
    errno = 0;
    const int count = SSL_write(state_->ssl, bytes.data(), static_cast<int>(std::min(bytes.size(), longest)));
    return count > 0 ? count : state_->nothing_done(count);
}

}  // namespace baytime::client
