#include "board/daemon/sign_tools.hpp"

#include "display-drivers/signs/fields.hpp"
#include "protocol/json.hpp"

#include <charconv>

namespace baytime::daemon {

namespace json = boost::json;

namespace {

using Clock = std::chrono::steady_clock;

Refused no_such_sign() {
    return Refused{"unknown-sign", "no sign has this name; health lists them", -32000};
}

json::object line_of(std::uint64_t number, const signs::TraceEntry& entry) {
    constexpr const char* kinds[] = {"sent", "received", "note"};
    json::object out{{"n", number},
                     {"at", protocol::iso_utc(std::chrono::floor<std::chrono::milliseconds>(entry.at))},
                     {"kind", kinds[static_cast<std::size_t>(entry.kind)]}};
    if (entry.kind == signs::TraceEntry::Kind::note) {
        out["note"] = entry.note;
    } else {
        out["hex"] = signs::hex_of(entry.bytes);
    }
    return out;
}

std::string value(const protocol::Query& query, std::string_view name) {
    const auto found = query.parameters.find(name);
    return found == query.parameters.end() ? "" : found->second;
}

}  // namespace

void SignTools::Kept::keep(const signs::TraceEntry& entry) {
    if (Clock::now() - asked > trace_interest) {
        entries.clear();
        bytes = 0;
        return;
    }
    entries.emplace_back(++newest, entry);
    bytes += entry.bytes.size() + entry.note.size();
    while (entries.size() > max_trace_entries || bytes > max_trace_bytes) {
        const auto& oldest = entries.front().second;
        bytes -= oldest.bytes.size() + oldest.note.size();
        entries.pop_front();
    }
}

Outcome SignTools::answer(std::string_view verb, const protocol::Query& query) {
    const std::string sign = value(query, "sign"), said = value(query, "since");
    if (verb == "sign-test") return test(sign);
    std::uint64_t since = 0;
    std::from_chars(said.data(), said.data() + said.size(), since);
    return trace(sign, since);
}

Outcome SignTools::trace(const std::string& sign, std::uint64_t since) {
    auto& kept = kept_[sign];
    if (!kept) {
        const auto fresh = std::make_shared<Kept>();
        if (!wall_.trace(sign, [fresh](const signs::TraceEntry& entry) { fresh->keep(entry); })) {
            kept_.erase(sign);
            return no_such_sign();
        }
        kept = fresh;
    }
    kept->asked = Clock::now();
    protocol::Result result{.members = {}, .lines_name = "entries", .lines = {}};
    for (const auto& [number, entry] : kept->entries) {
        if (number > since) result.lines.push_back(line_of(number, entry));
    }
    result.members["sign"] = sign;
    result.members["next"] = kept->newest;
    return result;
}

Outcome SignTools::test(const std::string& sign) {
    if (!wall_.test(sign)) return no_such_sign();
    protocol::Result result;
    result.members["sign"] = sign;
    result.members["seconds"] = std::chrono::duration_cast<std::chrono::seconds>(sign_test_time).count();
    for (const auto& line : wall_.health()) {
        const auto& state = line.get_object();
        if (std::string_view(state.at("sign").as_string()) != sign) continue;
        result.members["state"] = state.at("state");
        result.members["port"] = state.at("port");
        if (const auto* error = state.if_contains("last_error")) result.members["last_error"] = *error;
    }
    return result;
}

}  // namespace baytime::daemon
