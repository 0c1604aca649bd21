// The JSON-RPC 2.0 spelling: one call or a batch of calls in a line.
#include "protocol/duplicates.hpp"
#include "protocol/table.hpp"

#include <array>

namespace baytime::protocol {
namespace {

/// Room for the values of an everyday line, so that parsing it asks for no memory.
constexpr std::size_t parse_buffer_bytes = 16 * 1024;

Fault fault(const Problem& problem, std::optional<json::value> id) {
    return {.token = problem.token,
            .sentence = problem.sentence,
            .code = code_of(problem.token),
            .id = std::move(id),
            .json = true};
}

/// For lines and members that are no call: answered even without an id, with the id null (JSON-RPC 2.0, 5.1).
Fault not_a_call(std::string sentence, json::value id = nullptr) {
    return fault({"not-a-call", std::move(sentence)}, std::move(id));
}

Given given(const json::value& value) {
    if (const auto* text = value.if_string()) return {.kind = Given::Kind::text, .text = std::string(*text)};
    if (value.is_int64() || value.is_uint64()) return {.kind = Given::Kind::number, .text = json::serialize(value)};
    if (const auto* yes = value.if_bool()) return {.kind = Given::Kind::boolean, .text = *yes ? "yes" : "no"};
    return {.kind = Given::Kind::other, .text = {}, .json = &value};
}

/// A member that is null counts as left out.
Written written(const json::value& parameters) {
    Written out;
    if (const auto* object = parameters.if_object()) {
        for (const auto& member : *object) {
            if (!member.value().is_null()) out.named.emplace_back(member.key(), given(member.value()));
        }
    } else if (const auto* array = parameters.if_array()) {
        for (const json::value& one : *array) out.bare.push_back(given(one));
    }
    return out;
}

/// A number must come back as it was written, so one that fits no whole number of 64 bits is no id.
bool is_call_id(const json::value& id) {
    if (const auto* text = id.if_string()) return text->size() <= max_call_id_bytes;
    return id.is_int64() || id.is_uint64() || id.is_null();
}

/// What the object lacks to be a call, or nothing.
std::optional<std::string> shape_fault(const json::object& call) {
    const auto* version_member = call.if_contains("jsonrpc");
    if (version_member == nullptr || *version_member != "2.0") return "the member \"jsonrpc\" must be \"2.0\"";
    const auto* method = call.if_contains("method");
    if (method == nullptr || !method->is_string()) return "the member \"method\" must be the name of a verb";
    const auto* parameters = call.if_contains("params");
    if (parameters != nullptr && !parameters->is_structured()) return "\"params\" must be an object or an array";
    for (const auto& member : call) {
        const std::string_view key = member.key();
        if (key != "jsonrpc" && key != "method" && key != "params" && key != "id") {
            return "a call has the members jsonrpc, id, method and params, not " + shown(key);
        }
    }
    return std::nullopt;
}

Reading read_call(const json::value& from, const Clockwork& clock) {
    const auto* object = from.if_object();
    if (object == nullptr) return not_a_call("a call is an object");
    std::optional<json::value> id;
    if (const auto* found = object->if_contains("id")) {
        if (!is_call_id(*found)) {
            return not_a_call("\"id\" must be a whole number of at most 64 bits, null, or a text of at most " +
                              std::to_string(max_call_id_bytes) + " bytes");
        }
        // The id outlives the line, so it must not lie in the parse buffer.
        id.emplace(*found, json::storage_ptr());
    }
    if (auto sentence = shape_fault(*object)) return not_a_call(*sentence, id.value_or(json::value(nullptr)));
    const std::string_view method = object->at("method").get_string();
    const Verb* verb = find_verb(method);
    if (verb == nullptr) return fault(unknown_verb(method), std::move(id));
    const auto* parameters = object->if_contains("params");
    const Written what = parameters == nullptr ? Written{} : written(*parameters);
    Call call;
    call.json = true;
    if (const auto problem = understand(*verb, what, clock, call)) return fault(*problem, std::move(id));
    call.id = std::move(id);
    return call;
}

Fault bad_json(const json::error_code& failed, std::size_t at) {
    if (failed == json::error::too_deep) {
        return fault({"bad-json", "objects and arrays nest at most " + std::to_string(max_json_depth) + " deep"},
                     json::value(nullptr));
    }
    return fault({"bad-json", "the line is no JSON (" + failed.message() + " at byte " + std::to_string(at + 1) + ")"},
                 json::value(nullptr));
}

/// Parses the whole line, or gives the fault.
std::optional<Fault> parse(std::string_view line, json::parser& parser) {
    json::error_code failed;
    const std::size_t used = parser.write(line.data(), line.size(), failed);
    if (failed) return bad_json(failed, used);
    if (const auto name = doubled_member(line)) return not_a_call("the member " + shown(*name) + " stands twice");
    return std::nullopt;
}

JsonReading read_batch(const json::array& batch, const Clockwork& clock) {
    JsonReading out;
    if (batch.empty()) {
        out.calls.push_back(not_a_call("a batch holds at least one call"));
    } else if (batch.size() > max_batch) {
        out.calls.push_back(
            fault({"too-many-requests", "a batch holds at most " + std::to_string(max_batch) + " calls"},
                  json::value(nullptr)));
    } else {
        out.batch = true;
        for (const json::value& one : batch) out.calls.push_back(read_call(one, clock));
    }
    return out;
}

}  // namespace

JsonReading read_json_line(std::string_view line, const Clockwork& clock) {
    std::array<unsigned char, parse_buffer_bytes> buffer;
    json::monotonic_resource pool(buffer.data(), buffer.size());
    json::parse_options options;
    options.max_depth = max_json_depth;
    json::parser parser(json::storage_ptr(), options);
    parser.reset(&pool);
    JsonReading out;
    if (auto failed = parse(line, parser)) {
        out.calls.emplace_back(std::move(*failed));
        return out;
    }
    const json::value value = parser.release();
    if (const auto* batch = value.if_array()) return read_batch(*batch, clock);
    out.calls.push_back(read_call(value, clock));
    return out;
}

}  // namespace baytime::protocol
