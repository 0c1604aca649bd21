// baytime tls: the fingerprint of the daemon's certificate, and the memory of servers visited before.
#include "board/cli/connection.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/text.hpp"
#include "board/client/known_hosts.hpp"

#include <iostream>

namespace baytime::cli {
namespace {

int forget(const Settings& settings) {
    const auto& server = settings.words[2];
    const auto file =
        settings.security.known_hosts.empty() ? client::usual_known_hosts() : settings.security.known_hosts;
    try {
        if (!client::forget_server(file, server))
            throw Trouble(refused, "unknown-server", server + " is not in " + file + "; it is written HOST:PORT there");
    } catch (const client::Untrusted& fault) {
        throw Trouble(refused, fault.token, fault.what());
    }
    std::cout << harmless(server)
              << (settings.chinese ? " 已忘记，下次连接时重新记录\n"
                                   : ": forgotten; the next visit counts as the first\n");
    return done;
}

std::string text_of(const json::object& health, std::string_view member) {
    const auto* found = health.if_contains(member);
    return found != nullptr && found->is_string() ? harmless(std::string_view(found->get_string())) : std::string{};
}

}  // namespace

int run_tls(const Settings& settings) {
    const auto& words = settings.words;
    if (words.size() == 3 && words[1] == "forget") return forget(settings);
    if (words.size() != 1) throw Trouble(usage, "unknown-parameter", "usage: baytime tls [forget HOST:PORT]");
    const auto health = call_once(settings, "health", {}, false);
    const auto place = text_of(health, "tls"), fingerprint = text_of(health, "tls_fingerprint");
    if (fingerprint.empty())
        throw Trouble(
            refused, "no-tls",
            "this daemon has no encrypted door; set [listen] tls_address in its configuration and restart it");
    if (settings.json) {
        std::cout << json::serialize(json::object{{"tls", place}, {"tls_fingerprint", fingerprint}}) << "\n";
        return done;
    }
    std::cout << (settings.chinese ? "加密端口    " : "listening    ") << place << "\n"
              << (settings.chinese ? "证书指纹    " : "fingerprint  ") << fingerprint << "\n"
              << (settings.chinese ? "在其他电脑上：" : "on another computer: ") << "baytime --host HOST --fingerprint "
              << fingerprint << " ping\n";
    return done;
}

}  // namespace baytime::cli
