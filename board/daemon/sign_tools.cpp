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
    entries.emplace_back(++newest, entry);
    bytes += entry.bytes.size() + entry.note.size();
    const bool wanted = asked && Clock::now() - *asked <= trace_interest;
    const auto most_entries = wanted ? max_trace_entries : max_tail_entries;
    const auto most_bytes = wanted ? max_trace_bytes : max_tail_bytes;
    while (entries.size() > most_entries || bytes > most_bytes) {
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

std::shared_ptr<SignTools::Kept> SignTools::kept_of(const std::string& sign) {
    if (const auto found = kept_.find(sign); found != kept_.end()) return found->second;
    const auto fresh = std::make_shared<Kept>();
    if (!wall_.trace(sign, [fresh](const signs::TraceEntry& entry) { fresh->keep(entry); })) return nullptr;
    return kept_[sign] = fresh;
}

void SignTools::listen() {
    for (const auto& line : wall_.health()) kept_of(std::string(line.at("sign").as_string()));
}

json::array SignTools::tails(const Settings& settings) const {
    json::array out;
    for (const auto& place : settings.signs) {
        const auto found = kept_.find(place.sign.name);
        if (found == kept_.end()) continue;
        const bool private_text = place.show_full_plates || place.show_alerts;
        for (const auto& [number, entry] : found->second->entries) {
            json::object line{{"sign", place.sign.name}};
            for (const auto& member : line_of(number, entry)) line[member.key()] = member.value();
            if (private_text && line.erase("hex") > 0) line["bytes"] = entry.bytes.size();
            out.push_back(std::move(line));
        }
    }
    return out;
}

Outcome SignTools::trace(const std::string& sign, std::uint64_t since) {
    const auto kept = kept_of(sign);
    if (!kept) return no_such_sign();
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
