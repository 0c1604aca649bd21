#include "board/daemon/tls.hpp"

#include "board/store/files.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>

#include <fmt/format.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <array>
#include <filesystem>
#include <stdexcept>

namespace baytime::daemon {

namespace ssl = boost::asio::ssl;

namespace {

template <auto free>
struct Free {
    template <class T>
    void operator()(T* thing) const {
        free(thing);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Memory = std::unique_ptr<BIO, Free<BIO_free_all>>;

void must(bool done) {
    if (!done) throw std::runtime_error("OpenSSL cannot make a key and a certificate on this machine");
}

/// Signed by itself. Its dates say nothing, because clients pin it and a clock may be wrong at the first start.
Certificate certificate_for(EVP_PKEY* key) {
    Certificate made(X509_new());
    std::uint64_t serial = 0;
    must(made && RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
    must(X509_set_version(made.get(), X509_VERSION_3) == 1);
    must(ASN1_INTEGER_set_uint64(X509_get_serialNumber(made.get()), serial >> 1) == 1);
    must(ASN1_TIME_set_string_X509(X509_getm_notBefore(made.get()), "20200101000000Z") == 1);
    must(ASN1_TIME_set_string_X509(X509_getm_notAfter(made.get()), "99991231235959Z") == 1);
    auto* name = X509_get_subject_name(made.get());
    const auto* const text = reinterpret_cast<const unsigned char*>("baytimed");
    must(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0) == 1);
    must(X509_set_issuer_name(made.get(), name) == 1 && X509_set_pubkey(made.get(), key) == 1);
    must(X509_sign(made.get(), key, EVP_sha256()) > 0);
    return made;
}

std::string new_pem() {
    const Key key(EVP_EC_gen("P-256"));
    must(key != nullptr);
    const auto certificate = certificate_for(key.get());
    const Memory out(BIO_new(BIO_s_mem()));
    must(out != nullptr);
    must(PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    must(PEM_write_bio_X509(out.get(), certificate.get()) == 1);
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(out.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

std::string fingerprint_of(const X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    must(X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1);
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

std::shared_ptr<ssl::context> context_of(const std::string& pem) {
    const auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    auto* native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_num_tickets(native, 0);
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // most connections wait most of the time
    context->set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string{}; });
    context->use_certificate_chain(boost::asio::buffer(pem));
    context->use_private_key(boost::asio::buffer(pem), ssl::context::pem);
    return context;
}

std::shared_ptr<ssl::context> context_or(const std::string& pem, const std::string& path, const std::string& remedy) {
    try {
        return context_of(pem);
    } catch (const boost::system::system_error& fault) {
        throw std::runtime_error(
            fmt::format("{} holds no private key with its certificate ({}); {}", path, fault.code().message(), remedy));
    }
}

/// Empty when there is no copy. One that cannot be looked at is no reason for another key: reading it says why.
std::string copied_pem(const std::string& copy) {
    std::error_code unknown;
    if (std::filesystem::status(copy, unknown).type() == std::filesystem::file_type::not_found) return {};
    return store::read_private(copy);
}

}  // namespace

TlsIdentity tls_identity(const std::string& path, const std::string& copy) {
    TlsIdentity identity;
    auto pem = store::read_private(path);
    if (!pem.empty()) {
        identity.context = context_or(pem, path,
                                      "put the copy from the backups there. When there is none, move the file away: a "
                                      "new key is then made, and every client must be told the new fingerprint");
    } else if (pem = copied_pem(copy); !pem.empty()) {
        identity.context = context_or(pem, copy,
                                      "it is the copy of " + path +
                                          ", which is gone. Delete the copy to begin with a new key: every client must "
                                          "then be told the new fingerprint");
        store::write_private(path, pem);
        identity.put_back = copy;
    } else {
        pem = new_pem();
        store::write_private(path, pem);
        identity.context = context_of(pem);
        identity.made = true;
    }
    identity.fingerprint = fingerprint_of(SSL_CTX_get0_certificate(identity.context->native_handle()));
    return identity;
}

}  // namespace baytime::daemon
