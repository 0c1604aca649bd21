// Files that say whom to trust: read, or refused as a whole.
#include "board/client/known_hosts.hpp"
#include "board/daemon/audit.hpp"
#include "board/daemon/tokens.hpp"
#include "tests/fuzz/targets.hpp"

#include <algorithm>

namespace baytime::fuzz {

void bear_audit(std::string_view bytes) {
    if (const auto entry = daemon::parse_audit_line(bytes)) {
        const auto line = daemon::audit_line(*entry);
        require(std::ranges::none_of(line, [](unsigned char c) { return c < ' '; }), "a line of refusals is one line");
        require(daemon::parse_audit_line(line) == *entry, "a refusal is read as it was written");
    }
    daemon::AuditEntry entry;
    entry.what.peer = std::string(bytes);
    entry.what.token = "t";
    const auto line = daemon::audit_line(entry);
    require(std::ranges::none_of(line, [](unsigned char c) { return c < ' '; }), "a line of refusals is one line");
}

void bear_known_hosts(std::string_view bytes) {
    const std::string fingerprint(64, 'a');
    try {
        client::known_fingerprint(bytes, "box:7421");
        const auto rest = client::without_server(bytes, "box:7421");
        require(!client::known_fingerprint(rest, "box:7421"), "a server that was forgotten is not known");
        const auto more = rest + "box:7421 " + fingerprint + "\n";
        require(client::known_fingerprint(more, "box:7421") == fingerprint, "a server that was written down is known");
    } catch (const client::Untrusted& fault) {
        require(fault.token == "bad-known-hosts", "a file that is none is refused as such");
    }
    const auto plain = client::plain_fingerprint(bytes);
    require(plain.empty() || (plain.size() == 64 && client::plain_fingerprint(plain) == plain),
            "a fingerprint is 64 digits");
}

void bear_tokens(std::string_view bytes) {
    std::vector<daemon::TokenEntry> entries;
    try {
        entries = daemon::parse_tokens(bytes);
    } catch (const std::runtime_error&) {
        return;  // refused whole
    }
    require(daemon::parse_tokens(daemon::tokens_text(entries)) == entries, "tokens are read as they were written");
    const auto devices = daemon::devices_with({}, entries);
    for (const auto& one : entries) {
        if (!one.revoked) continue;
        const daemon::Device configured{.id = "x", .kind = {}, .bay = {}, .token_hash = one.device.token_hash};
        const auto now = daemon::devices_with({configured}, {one});
        require(now.front().token_hash.empty(), "a revoked token of the configuration counts no more");
    }
    require(devices.size() <= entries.size(), "no device comes from nowhere");
}

}  // namespace baytime::fuzz
