// baytime sign trace and record: what passes between the daemon and one of its signs.
#include "board/cli/connection.hpp"
#include "board/cli/sign.hpp"
#include "board/cli/sign_record.hpp"
#include "board/cli/signals.hpp"
#include "board/cli/text.hpp"
#include "board/cli/trouble.hpp"
#include "display-drivers/signs/fields.hpp"
#include "protocol/times.hpp"

#include <poll.h>

#include <fstream>
#include <iostream>

namespace baytime::cli {
namespace {

constexpr int ask_every_ms = 200;

RecordEntry entry_of(const json::object& line, std::optional<Instant>& first) {
    RecordEntry entry;
    const auto at = protocol::from_iso(std::string(line.at("at").as_string()));
    if (at && !first) first = at;
    if (at) entry.after = std::max(std::chrono::milliseconds{}, *at - *first);
    const std::string kind(line.at("kind").as_string());
    if (kind == "note") {
        entry.note = harmless(std::string(line.at("note").as_string()));
        return entry;
    }
    entry.kind = kind == "sent" ? RecordEntry::Kind::sent : RecordEntry::Kind::received;
    entry.bytes = signs::bytes_of_hex(std::string(line.at("hex").as_string())).value_or(signs::Bytes{});
    return entry;
}

/// Passes on the entries after `since` and moves it.
class Tracer {
public:
    Tracer(const SignAsk& ask, std::ostream& out) : ask_(ask), out_(out), connection_(Connection::open(ask.daemon)) {}

    void turn() {
        const auto result = connection_.call("sign-trace", {{"sign", ask_.words.front()}, {"since", since_}});
        since_ = result.at("next").to_number<std::int64_t>();
        for (const auto& line : result.at("entries").as_array()) {
            if (ask_.json) {
                out_ << harmless_json(json::serialize(line)) << "\n";
            } else {
                out_ << record_line(entry_of(line.as_object(), first_)) << "\n";
            }
        }
        out_.flush();
    }

private:
    const SignAsk& ask_;
    std::ostream& out_;
    Connection connection_;
    std::optional<Instant> first_;
    std::int64_t since_ = 0;
};

}  // namespace

int sign_trace(const SignAsk& ask) {
    const bool record = ask.action == "record";
    if (ask.words.size() != (record ? 2U : 1U)) {
        throw Trouble(usage, "missing-parameter",
                      record ? "usage: baytime sign record NAME FILE" : "usage: baytime sign trace NAME");
    }
    std::ofstream file;
    if (record) {
        file.open(ask.words[1]);
        if (!file) throw Trouble(usage, "bad-value", "cannot write " + ask.words[1]);
    }
    catch_signals();
    Tracer tracer(ask, record ? static_cast<std::ostream&>(file) : std::cout);
    while (!asked_to_stop() && (record ? file.good() : std::cout.good())) {
        tracer.turn();
        ::poll(nullptr, 0, ask_every_ms);
    }
    return done;
}

}  // namespace baytime::cli
