// What tests of the encrypted door, of tokens and of refusals share.
#pragma once

#include "tests/support/daemon_process.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <sys/stat.h>

#include <optional>
#include <string>

namespace baytime::support {

/// The encrypted door of a daemon, as its log tells.
struct TlsDoor {
    std::string port, fingerprint;

    static TlsDoor of(const DaemonProcess& daemon, const std::string& address = "127.0.0.1") {
        const auto log = daemon.log();
        return {.port = word_after(log, "tls listening=" + address + ":"),
                .fingerprint = word_after(log, " fingerprint=")};
    }
    static std::string word_after(const std::string& text, const std::string& mark) {
        const auto at = text.find(mark);
        if (at == std::string::npos) return {};
        const auto from = at + mark.size();
        return text.substr(from, text.find_first_of(" \n", from) - from);
    }
};

/// The shop of the transcripts with an encrypted door, whatever else is put in the place of its plain port.
inline std::string secure_shop(const std::filesystem::path& directory, const std::string& more = {},
                               const std::string& listen = {}) {
    return write_shop(directory, more, "port = 0", "port = 0\ntls_address = \"127.0.0.1\"\ntls_port = 0\n" + listen);
}

/// The shop of the transcripts at all addresses of this machine (0.0.0.0), plain and encrypted.
inline std::string network_shop(const std::filesystem::path& directory, const std::string& more = {}) {
    return write_shop(directory, more, "address = \"127.0.0.1\"\nport = 0",
                      "address = \"0.0.0.0\"\nplain_on_network = true\nport = 0\n"
                      "tls_address = \"0.0.0.0\"\ntls_port = 0");
}

/// The shop with an encrypted door, closed to whoever shows no token.
inline std::string closed_shop(const std::filesystem::path& directory, const std::string& more = {},
                               const std::string& listen = {}) {
    const auto path = secure_shop(directory, more, listen);
    auto text = file_text(path);
    text.replace(text.find("open = true"), 11, "open = false");
    std::ofstream(path, std::ios::binary) << text;
    return path;
}

/// Runs `baytimed --add-token` and returns the token.
inline std::string add_token(const std::string& config, const std::string& device, const std::string& kind) {
    Process process({DaemonProcess::program(), "--config", config, "--add-token", device, "--kind", kind}, {},
                    config + ".add");
    const auto token = process.line(daemon_deadline).value_or("");
    if (process.wait(daemon_deadline) != 0) throw std::runtime_error(file_text(config + ".add"));
    return token;
}

inline mode_t mode_of(const std::filesystem::path& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) throw std::runtime_error("there is no " + path.string());
    return about.st_mode & 0777U;
}

/// An address of this machine that is not loopback, where it has one.
inline std::optional<std::string> network_address() {
    ifaddrs* all = nullptr;
    if (::getifaddrs(&all) != 0) return std::nullopt;
    std::optional<std::string> found;
    for (const auto* one = all; one != nullptr && !found; one = one->ifa_next) {
        if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
        const auto& place = *reinterpret_cast<const sockaddr_in*>(one->ifa_addr);
        char text[INET_ADDRSTRLEN] = "";
        ::inet_ntop(AF_INET, &place.sin_addr, text, sizeof text);
        if (!std::string_view(text).starts_with("127.")) found = text;
    }
    ::freeifaddrs(all);
    return found;
}

}  // namespace baytime::support
