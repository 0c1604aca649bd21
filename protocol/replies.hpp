// What the daemon says, in both spellings. Every function returns complete lines, each ending in `\n`.
#pragma once

#include "protocol/verbs.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baytime::protocol {

/// The answer to one call: members in the order to print. `lines` go before the OK line in words, each as `- ...`,
/// and are the member `lines_name` (an array of objects) in JSON. `more`: further such lists, in their order.
struct Result {
    json::object members;
    std::string lines_name;
    json::array lines;
    std::vector<std::pair<std::string, json::array>> more{};
};

/// `BAYTIME 1 product=baytimed/0.1.0 shop="城西服务站" seq=1234`
std::string greeting(std::string_view product, std::string_view shop, std::uint64_t seq);

/// The result as JSON has it: the members, and each list under its name.
json::object result_object(const Result& result);
std::string words_reply(const Result& result);
std::string words_fault(std::string_view token, std::string_view sentence);
/// Without the newline, so that a batch can join them.
std::string json_reply(const json::value& id, const Result& result);
std::string json_fault(const json::value& id, int code, std::string_view token, std::string_view sentence);
std::string json_batch(const std::vector<std::string>& replies);

/// A value as words spell it: bare when it is one plain word, else in double quotes with `\"`, `\\`, `\n` escapes.
std::string word(const json::value& value);

/// What a watcher gets, as one line in the spelling of its connection.
/// words: `! lounge snapshot seq=12 {json}`; JSON: a notification `view` with {view, kind, seq, clock, data}.
/// `data` null (kind `current`) is left out.
struct Push {
    std::string view;
    std::string kind;  ///< `snapshot`, `change`, `current`, `event`
    std::uint64_t seq = 0;
    json::object clock;  ///< {"now", "speed", "offset_minutes"}
    json::value data;
};
std::string words_push(const Push& push);
std::string json_push(const Push& push);
std::string words_ping(std::uint64_t seq, const json::object& clock);
std::string json_ping(std::uint64_t seq, const json::object& clock);

/// Applies a change as change_between() (change.hpp) makes it: {"set": {member: value, ...}, "rows": {member: {"put":
/// [rows], "ids": [all ids in order]}}}; without `ids` the rows stay where they are.
/// Throws std::exception when the change does not fit, and leaves the view as it was.
void patch(json::object& view, const json::object& change);

}  // namespace baytime::protocol
