// The verb table: one row per verb, the single source of names, parameters, help, permissions and both spellings.
#pragma once

#include "board/core/command.hpp"
#include "protocol/framer.hpp"
#include "protocol/json.hpp"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace baytime::protocol {

inline constexpr int version = 1;
inline constexpr std::size_t max_key_bytes = 64;
inline constexpr std::size_t max_text_bytes = 200;  ///< any free text parameter
inline constexpr std::size_t max_order_bytes = 32;  ///< order numbers, of A-Z 0-9 . _ -
inline constexpr std::size_t max_id_bytes = 16;     ///< ids of people, bays and devices, of the same letters
inline constexpr int max_minutes = 7 * 24 * 60;     ///< any length of time: a week
inline constexpr int max_number = 999'999;          ///< any other whole number but sequence numbers
inline constexpr std::size_t max_batch = 64;        ///< calls in one JSON-RPC batch
inline constexpr std::size_t max_json_depth = 8;
inline constexpr std::size_t max_call_id_bytes = 128;  ///< a JSON-RPC id that is a string

/// What a device may call (PROTOCOL.md, Identity).
enum class Access {
    anyone,   ///< before any token: hello, help, ping, bye, version
    display,  ///< any device, also a read-only display: watch lounge, unwatch
    staff,    ///< a station or a full token: everything else
    full,     ///< a full token only: what concerns the machine, not the workshop
};

struct Parameter {
    std::string name;
    std::string type;  ///< `text`, `order`, `id`, `time`, `minutes`, `number`, `yes/no`, `items`, `file`, or `a|b|c`
    bool required = false;
    bool flag = false;        ///< a yes/no that is no when left out: its bare name says yes
    bool positional = false;  ///< may be given as a bare value, in the order of the parameters
};

struct Verb {
    std::string_view name;     ///< `add-work`
    std::string_view usage;    ///< `add-work <order> <name> <minutes> [code=<text>]`
    std::string_view summary;  ///< one plain English line
    Access access = Access::staff;
    std::vector<Parameter> parameters;  ///< in positional order, made from the command's members
    std::span<const Role> roles;        ///< empty for queries
    bool acts = false;                  ///< changes the board: takes as, staff, pin, at, key
};

/// All verbs in alphabetical order.
const std::vector<Verb>& verbs();
const Verb* find_verb(std::string_view name);
/// What every acting verb takes besides its own: as, staff, pin, at, key.
const std::vector<Parameter>& common_parameters();
/// The JSON-RPC code of a token (the daemon's tokens too); -32000 for the refusals of the rules.
int code_of(std::string_view token);

/// A read-only verb with its parameters as checked text; a flag that is set has the text `yes`.
struct Query {
    std::map<std::string, std::string, std::less<>> parameters;
};

/// A piece of a file, as a value of a parameter: any text, as long as its line is one.
struct FileText {
    std::string value;
};

/// The reports there are; `_` may be written `-`.
enum class ReportKind {
    daily,
    monthly,
    allowance,
    delays,
    returns,
    visits,
    utilisation,
    efficiency,
    bays,
    standards,
    contacts,
    service_check,
    excuses
};
BOOST_DESCRIBE_ENUM(ReportKind, daily, monthly, allowance, delays, returns, visits, utilisation, efficiency, bays,
                    standards, contacts, service_check, excuses)
/// Whose figures stand in a row of the monthly report.
enum class ReportBy { department, advisor, technician, team, repair_type };
BOOST_DESCRIBE_ENUM(ReportBy, department, advisor, technician, team, repair_type)

/// How much is logged, and of which part of the daemon.
enum class LogLevel { debug, info, warn, error };
BOOST_DESCRIBE_ENUM(LogLevel, debug, info, warn, error)
enum class LogRoom { all, daemon, door, store, signs };
BOOST_DESCRIBE_ENUM(LogRoom, all, daemon, door, store, signs)

/// One request, understood.
struct Call {
    const Verb* verb = nullptr;
    std::variant<Query, Command> what;
    // Parameters every acting verb takes:
    std::string as;     ///< badge, from a trusted station
    std::string staff;  ///< staff id, with pin
    std::string pin;
    std::optional<Instant> at;
    std::string key;
    std::optional<json::value> id;  ///< JSON-RPC id; nothing for words and for notifications
    bool json = false;
};

/// Why a line is no call. `code` is the JSON-RPC error code. A JSON fault without an id was a notification: not
/// answered.
struct Fault {
    std::string token;     ///< stable: `unknown-verb`, `missing-parameter`, `bad-value` ...
    std::string sentence;  ///< names the fault and what would be right
    int code = -32600;
    std::optional<json::value> id;
    bool json = false;
};

/// A card or code from a scanner that only sends what it reads.
struct Scan {
    enum class Kind { job, badge, card };
    Kind kind = Kind::job;
    std::string value;  ///< order, person id, or the card's name
};
/// `J<order>`, `T<id>` or one of the verb cards; nothing for any other text.
std::optional<Scan> read_scan(std::string_view line);
/// The command a card means for this order; empty optional for an unknown card.
std::optional<Command> command_of_card(std::string_view card, const std::string& order);

/// What reading a time needs to know.
struct Clockwork {
    Instant now{};
    /// Shop-local minutes since 1970 to UTC (the daemon asks the time-zone library).
    std::function<Instant(std::chrono::local_time<std::chrono::minutes>)> to_utc;
    std::function<std::chrono::local_time<std::chrono::minutes>(Instant)> to_local;
};

using Reading = std::variant<Call, Fault>;

/// Reads a line of plain words: `start R1023 bay=3`, values with blanks in double quotes.
Reading read_words(std::string_view line, const Clockwork& clock);

/// A JSON line: one call or a batch of them, in order.
struct JsonReading {
    std::vector<Reading> calls;
    bool batch = false;
};
JsonReading read_json_line(std::string_view line, const Clockwork& clock);

}  // namespace baytime::protocol
