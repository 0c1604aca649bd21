// Answers and pushes as lines, in both spellings.
#include "protocol/replies.hpp"

#include <algorithm>

namespace baytime::protocol {
namespace {

bool is_plain(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte > 0x20 && byte != 0x7F && letter != '"' && letter != '=' && letter != '\\';
    });
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (letter == '\n') {
            out += "\\n";
        } else if (letter == '"' || letter == '\\') {
            out += '\\';
            out += letter;
        } else {
            // No other control character has a spelling in words; none is ever stored.
            out += byte < 0x20 || byte == 0x7F ? ' ' : letter;
        }
    }
    return out + "\"";
}

std::string text_of(const json::value& value) {
    if (value.is_null()) return {};
    if (const auto* text = value.if_string()) return std::string(*text);
    if (const auto* yes = value.if_bool()) return *yes ? "yes" : "no";
    if (const auto* list = value.if_array()) {
        const bool scalars = std::ranges::none_of(*list, [](const json::value& one) { return one.is_structured(); });
        if (scalars) {
            std::string out;
            for (const json::value& one : *list) out += (out.empty() ? "" : ",") + text_of(one);
            return out;
        }
    }
    return json::serialize(value);
}

std::string pairs(const json::object& members) {
    std::string out;
    for (const auto& member : members) {
        out += ' ';
        out += std::string_view(member.key());
        out += '=' + word(member.value());
    }
    return out;
}

/// One line must stay one line, whatever a sentence repeats.
std::string one_line(std::string_view sentence) {
    std::string out(sentence);
    std::ranges::replace_if(
        out, [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F; }, ' ');
    return out;
}

std::string notification(std::string_view method, json::object parameters) {
    json::object out;
    out["jsonrpc"] = "2.0";
    out["method"] = method;
    out["params"] = std::move(parameters);
    return json::serialize(out) + "\n";
}

json::object answer(const json::value& id) {
    json::object out;
    out["jsonrpc"] = "2.0";
    out["id"] = id;
    return out;
}

}  // namespace

std::string greeting(std::string_view product, std::string_view shop, std::uint64_t seq) {
    return "BAYTIME " + std::to_string(version) + " product=" + word(json::string(product)) +
           " shop=" + in_quotes(shop) + " seq=" + std::to_string(seq) + "\n";
}

std::string word(const json::value& value) {
    const std::string text = text_of(value);
    return is_plain(text) ? text : in_quotes(text);
}

json::object result_object(const Result& result) {
    json::object members = result.members;
    if (!result.lines_name.empty()) members[result.lines_name] = result.lines;
    for (const auto& [name, lines] : result.more) members[name] = lines;
    return members;
}

std::string words_reply(const Result& result) {
    std::string out;
    const auto put = [&out](const json::array& lines) {
        for (const json::value& line : lines) {
            out += '-';
            out += line.is_object() ? pairs(line.get_object()) : " " + word(line);
            out += '\n';
        }
    };
    put(result.lines);
    for (const auto& [name, lines] : result.more) put(lines);
    return out + "OK" + pairs(result.members) + "\n";
}

std::string words_fault(std::string_view token, std::string_view sentence) {
    return "ERR " + std::string(token) + " " + one_line(sentence) + "\n";
}

std::string json_reply(const json::value& id, const Result& result) {
    json::object out = answer(id);
    out["result"] = result_object(result);
    return json::serialize(out);
}

std::string json_fault(const json::value& id, int code, std::string_view token, std::string_view sentence) {
    json::object out = answer(id);
    json::object error;
    error["code"] = code;
    error["message"] = sentence;
    error["data"] = json::object{{"token", token}};
    out["error"] = std::move(error);
    return json::serialize(out);
}

std::string json_batch(const std::vector<std::string>& replies) {
    std::string out = "[";
    for (const std::string& reply : replies) {
        if (out.size() > 1) out += ',';
        out += reply;
    }
    return out + "]\n";
}

std::string words_push(const Push& push) {
    std::string out = "! " + push.view + " " + push.kind + " seq=" + std::to_string(push.seq);
    if (!push.data.is_null()) out += " " + json::serialize(push.data);
    return out + "\n";
}

std::string json_push(const Push& push) {
    json::object parameters;
    parameters["view"] = push.view;
    parameters["kind"] = push.kind;
    parameters["seq"] = push.seq;
    parameters["clock"] = push.clock;
    if (!push.data.is_null()) parameters["data"] = push.data;
    return notification("view", std::move(parameters));
}

std::string words_ping(std::uint64_t seq, const json::object& clock) {
    return "! ping seq=" + std::to_string(seq) + pairs(clock) + "\n";
}

std::string json_ping(std::uint64_t seq, const json::object& clock) {
    json::object parameters;
    parameters["seq"] = seq;
    parameters["clock"] = clock;
    return notification("ping", std::move(parameters));
}

}  // namespace baytime::protocol
