// The verb table. A row names the verb, the struct whose members are its parameters, and one line of help; usage,
// parameters and roles follow from those.
#include "protocol/verbs.hpp"

#include "board/core/permission.hpp"
#include "protocol/table.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>

namespace baytime::protocol {
namespace {

// The queries' parameters, in the same form as those of the commands.
enum class Language { zh, en };
BOOST_DESCRIBE_ENUM(Language, zh, en)
struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())
struct Hello {
    std::optional<std::string> token, device, staff, pin, badge;
    std::optional<Language> lang;
};
BOOST_DESCRIBE_STRUCT(Hello, (), (token, device, staff, pin, badge, lang))
struct Help {
    std::optional<std::string> verb;
};
BOOST_DESCRIBE_STRUCT(Help, (), (verb))
struct Jobs {
    std::optional<JobState> state;
    bool all = false;
};
BOOST_DESCRIBE_STRUCT(Jobs, (), (state, all))
struct OneOrder {
    std::string order;
};
BOOST_DESCRIBE_STRUCT(OneOrder, (), (order))
struct OneAdvisor {
    std::optional<std::string> advisor;
};
BOOST_DESCRIBE_STRUCT(OneAdvisor, (), (advisor))
struct WorkToQuote {
    std::optional<std::vector<Item>> items;
    std::optional<RepairType> type;
    std::optional<Instant> appointment;
    std::optional<bool> wash;
    bool express = false;
};
BOOST_DESCRIBE_STRUCT(WorkToQuote, (), (items, type, appointment, wash, express))
struct Watch {
    std::string view;
    std::optional<std::uint64_t> since;
};
BOOST_DESCRIBE_STRUCT(Watch, (), (view, since))
struct Unwatch {
    std::string view;
};
BOOST_DESCRIBE_STRUCT(Unwatch, (), (view))
enum class TokenKind { display, station, full };
BOOST_DESCRIBE_ENUM(TokenKind, display, station, full)
struct TokenAdd {
    std::string device;
    std::optional<TokenKind> kind;
    std::optional<std::string> bay;
};
BOOST_DESCRIBE_STRUCT(TokenAdd, (), (device, kind, bay))
struct TokenRevoke {
    std::string device;
};
BOOST_DESCRIBE_STRUCT(TokenRevoke, (), (device))
struct Audit {
    std::optional<int> count;
    std::optional<std::string> as, staff, pin;
};
BOOST_DESCRIBE_STRUCT(Audit, (), (count, as, staff, pin))
struct Backup {
    bool status = false;
};
BOOST_DESCRIBE_STRUCT(Backup, (), (status))
struct SetLogLevel {
    std::optional<LogLevel> level;
    std::optional<LogRoom> room;
};
BOOST_DESCRIBE_STRUCT(SetLogLevel, (), (level, room))
struct OneSign {
    std::string sign;
};
BOOST_DESCRIBE_STRUCT(OneSign, (), (sign))
struct SignTrace {
    std::string sign;
    std::optional<std::uint64_t> since;
};
BOOST_DESCRIBE_STRUCT(SignTrace, (), (sign, since))
struct ImportPart {
    FileText text;
};
BOOST_DESCRIBE_STRUCT(ImportPart, (), (text))
struct ImportOrders {
    std::optional<FileText> mapping;
    bool skip_bad = false, dry_run = false;
};
BOOST_DESCRIBE_STRUCT(ImportOrders, (), (mapping, skip_bad, dry_run))
struct ImportFaults {
    std::optional<int> from;
};
BOOST_DESCRIBE_STRUCT(ImportFaults, (), (from))
struct ExportEvents {
    std::optional<std::uint64_t> after;
};
BOOST_DESCRIBE_STRUCT(ExportEvents, (), (after))
struct Report {
    ReportKind kind = ReportKind::monthly;
    std::optional<ReportBy> by;
    std::optional<std::string> date, month, year;
    bool explain = false;
};
BOOST_DESCRIBE_STRUCT(Report, (), (kind, by, date, month, year, explain))

/// A row before its usage is spelled out.
struct Row {
    std::string_view name;
    std::string_view summary;
    Access access = Access::staff;
    std::vector<Parameter> parameters;
    std::span<const Role> roles;
    bool acts = false;
    Reader read = nullptr;
};

/// Optional parameters that may be given bare, behind the required ones.
using Bare = std::initializer_list<std::string_view>;

template <class T>
std::vector<Parameter> parameters_with(Bare bare) {
    auto out = parameters_of<T>();
    for (Parameter& one : out) one.positional = one.positional || std::ranges::find(bare, one.name) != bare.end();
    return out;
}

template <class C>
std::optional<Problem> read_command(const Values& values, const Clockwork& clock, std::variant<Query, Command>& out) {
    C command{};
    auto problem = fill(values, clock, command);
    out = Command(std::move(command));
    return problem;
}

template <class C>
Row acting(std::string_view name, std::string_view summary, Bare bare = {}) {
    return {.name = name,
            .summary = summary,
            .access = Access::staff,
            .parameters = parameters_with<C>(bare),
            .roles = allowed_roles(command_index<C>),
            .acts = true,
            .read = &read_command<C>};
}

/// What a query sees of a value: texts as they are, choices by name, numbers in digits, a set flag as `yes`, moments in
/// UTC, lists as JSON.
template <class T>
void put_text(Query& query, const char* parameter, const T& value) {
    if constexpr (std::is_same_v<T, std::optional<bool>>) {
        if (value) query.parameters[parameter] = *value ? "yes" : "no";
    } else if constexpr (detail::is_optional<T>::value) {
        if (value) put_text(query, parameter, *value);
    } else if constexpr (std::is_same_v<T, bool>) {
        if (value) query.parameters[parameter] = "yes";
    } else if constexpr (std::is_same_v<T, std::string>) {
        query.parameters[parameter] = value;
    } else if constexpr (std::is_enum_v<T>) {
        query.parameters[parameter] = name(value);
    } else if constexpr (std::is_same_v<T, FileText>) {
        query.parameters[parameter] = value.value;
    } else if constexpr (std::is_same_v<T, Instant>) {
        query.parameters[parameter] = iso_utc(value);
    } else if constexpr (detail::is_vector<T>::value) {
        query.parameters[parameter] = json::serialize(to_json(value));
    } else {
        query.parameters[parameter] = std::to_string(value);
    }
}

template <class T>
std::optional<Problem> read_query(const Values& values, const Clockwork& clock, std::variant<Query, Command>& out) {
    T asked{};
    auto problem = fill(values, clock, asked);
    Query query;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) { put_text(query, member.name, asked.*member.pointer); });
    out = std::move(query);
    return problem;
}

template <class T>
Row asking(std::string_view name, std::string_view summary, Access access, Bare bare = {}) {
    return {.name = name,
            .summary = summary,
            .access = access,
            .parameters = parameters_with<T>(bare),
            .roles = {},
            .acts = false,
            .read = &read_query<T>};
}

/// What changes something.
std::vector<Row> acting_rows() {
    return {
        acting<Acknowledge>("ack", "say that you have seen an alert and act on it"),
        acting<AddWork>("add-work", "add a work item found during the repair; the customer must agree to it"),
        acting<Assign>("assign", "give a job a bay, or another bay", {"technician"}),
        acting<Book>("book", "write down an appointment; the car is not here yet"),
        acting<LogCallBack>("call-back", "record what the customer said when called after delivery"),
        acting<Cancel>("cancel", "end a job that will not be done"),
        acting<ConfirmDay>("confirm-day", "say that you have read the daily table of a day"),
        acting<GiveConsent>("consent", "record the customer's answer to added work"),
        acting<LogContact>("contact", "record that the customer was told something"),
        acting<Correct>("correct", "mend what was written down wrongly; the history keeps both"),
        acting<DecideExcuse>("decide-excuse", "accept or reject the excuse of a late order"),
        acting<FlagDelay>("delay", "say that a job will be later than promised", {"minutes"}),
        acting<Deliver>("deliver", "hand the car over to the customer"),
        acting<Estimate>("estimate", "show another expected time; the promise stays"),
        acting<GiveExcuse>("excuse", "write down the customer's own cause for a late hand-over, with their signature"),
        acting<Finish>("finish", "work is done and self-inspected"),
        acting<Forget>("forget", "erase names, plate and phone from every closed order of a plate"),
        acting<Inspect>("inspect", "give the verdict of the next inspection level"),
        acting<SayLate>("late", "say that the job you are on, or were asked about, will be late", {"reason"}),
        acting<NoShow>("no-show", "the appointment did not come"),
        acting<Pause>("pause", "stop work for a while", {"reason"}),
        acting<SetPromise>("promise", "set the promised time of a booking, before the car is here"),
        acting<Ready>("ready", "the car is ready without a wash"),
        acting<Receive>("receive", "the car is here: take in a walk-in or a booked job"),
        acting<Repromise>("repromise", "write down a new time the customer agreed to"),
        acting<Start>("start", "begin work, go on after a pause, or join a colleague", {"bay"}),
        acting<Unassign>("unassign", "take a job back into the dispatch queue"),
        acting<Undo>("undo", "take back the newest change of a job, within a minute"),
        acting<Wash>("wash", "the wash is done"),
        acting<AnswerYes>("yes", "answer the question that waits for you: it will be ready in time", {"order"}),
    };
}

/// What only tells something.
std::vector<Row> asking_rows() {
    return {
        asking<Nothing>("alerts", "list what somebody must act on now", Access::staff),
        asking<Audit>("audit", "list who was turned away, and why; for a manager", Access::full, {"count"}),
        asking<Backup>("backup", "make a verified copy of the journal now, or say how the newest one went",
                       Access::full),
        asking<Nothing>("bays", "list the bays, what stands in them and what waits for them", Access::staff),
        asking<Nothing>("bye", "end the conversation", Access::anyone),
        asking<Nothing>("calibration", "say how well the chances of the last 90 days came true", Access::staff),
        asking<OneAdvisor>("duties", "list the customers who must be told something, and by when", Access::staff,
                           {"advisor"}),
        asking<ExportEvents>("export-events", "list the whole record, event by event, from a number on", Access::staff,
                             {"after"}),
        asking<Nothing>("health", "say how the daemon is: store, clock, watchers, signs", Access::staff),
        asking<Hello>("hello", "say which device and which person speaks", Access::anyone, {"token"}),
        asking<Help>("help", "list the verbs, or explain one", Access::anyone, {"verb"}),
        asking<OneOrder>("history", "list everything that happened to a job", Access::staff),
        asking<ImportFaults>("import-faults", "list what was wrong with the file, from a number on", Access::staff,
                             {"from"}),
        asking<ImportOrders>("import-orders", "import the settled orders of the file sent so far, all or none",
                             Access::staff),
        asking<ImportPart>("import-part", "send a piece of a CSV file that is to be imported", Access::staff),
        asking<Jobs>("jobs", "list the open jobs, or those in one state", Access::staff, {"state"}),
        asking<SetLogLevel>("log-level", "say how much the daemon logs, or change it until the next start",
                            Access::full, {"level", "room"}),
        asking<Nothing>("ping", "ask whether the daemon listens, and what time it has", Access::anyone),
        asking<Nothing>("predictions", "say of each car when it will be ready, and how likely that keeps its promise",
                        Access::staff),
        asking<WorkToQuote>("quote", "say the earliest promise that can honestly be given for some work", Access::staff,
                            {"items"}),
        asking<Report>("report", "figures of settled jobs: a day, a month, delays, returns ...", Access::staff),
        asking<OneOrder>("show", "show one job in full", Access::staff),
        asking<OneSign>("sign-test", "show a test text on a sign for 30 seconds", Access::staff),
        asking<SignTrace>("sign-trace", "list what has passed between the daemon and a sign", Access::staff),
        asking<Nothing>("support", "give what a helper far away needs, without secrets and personal data",
                        Access::full),
        asking<TokenAdd>("token-add", "make a token for a device; it is shown this once", Access::full, {"kind"}),
        asking<Nothing>("token-list", "list the devices, and which of them have a token", Access::full),
        asking<TokenRevoke>("token-revoke", "make a device's token worthless, and end its connections", Access::full),
        asking<Unwatch>("unwatch", "get no more changes of a view", Access::display),
        asking<Nothing>("version", "say which product and protocol versions run here", Access::anyone),
        asking<Watch>("watch", "get a view now and its changes as they happen", Access::display),
        asking<OneOrder>("why", "say when a car will be ready and how that adds up", Access::staff),
    };
}

std::vector<Row> make_rows() {
    auto rows = acting_rows();
    std::ranges::move(asking_rows(), std::back_inserter(rows));
    std::ranges::sort(rows, {}, &Row::name);
    return rows;
}

/// `<order>`, `[<reason>]`, `[bay=<id>]`, `[force]`
std::string spelled(const Parameter& one) {
    if (one.required) return "<" + one.name + ">";
    if (one.positional) return "[<" + one.name + ">]";
    if (one.flag) return "[" + one.name + "]";
    const bool choice = one.type.find('|') != std::string::npos;
    return "[" + one.name + "=<" + (choice ? one.name : one.type) + ">]";
}

std::string usage_of(const Row& row) {
    std::string out(row.name);
    for (const bool required : {true, false}) {
        for (const Parameter& one : row.parameters) {
            if (one.required == required) out += " " + spelled(one);
        }
    }
    return out;
}

/// The table in its final form; `usages` owns the text the verbs point to.
struct Table {
    std::vector<std::string> usages;
    std::vector<Verb> verbs;
    std::vector<Reader> readers;

    Table() {
        const std::vector<Row> rows = make_rows();
        for (const Row& row : rows) usages.push_back(usage_of(row));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Row& row = rows[i];
            verbs.push_back({.name = row.name,
                             .usage = usages[i],
                             .summary = row.summary,
                             .access = row.access,
                             .parameters = row.parameters,
                             .roles = row.roles,
                             .acts = row.acts});
            readers.push_back(row.read);
        }
        assert(std::ranges::is_sorted(verbs, {}, &Verb::name));
    }
};

const Table& table() {
    static const Table the_table;
    return the_table;
}

struct Code {
    std::string_view token;
    int code;
};
constexpr std::array codes{
    Code{"bad-json", -32700},          Code{"bad-utf8", -32700},
    Code{"line-too-long", -32600},     Code{"not-a-call", -32600},
    Code{"unknown-verb", -32601},      Code{"missing-parameter", -32602},
    Code{"unknown-parameter", -32602}, Code{"bad-value", -32602},
    Code{"bad-mapping", -32602},       Code{"unknown-view", -32602},
    Code{"who-are-you", -32001},       Code{"bad-token", -32001},
    Code{"bad-pin", -32001},           Code{"not-allowed", -32001},
    Code{"needs-tls", -32001},         Code{"no-tokens", -32001},
    Code{"token-revoked", -32001},     Code{"too-many-tokens", -32002},
    Code{"slow-down", -32001},         Code{"too-many-connections", -32002},
    Code{"too-many-requests", -32002}, Code{"too-many-in-flight", -32002},
    Code{"too-much-output", -32002},   Code{"too-many-views", -32002},
    Code{"import-busy", -32002},       Code{"import-too-large", -32002},
    Code{"import-lost", -32002},       Code{"storage", -32003},
    Code{"stopping", -32003},
};

}  // namespace

const std::vector<Verb>& verbs() {
    return table().verbs;
}

const Verb* find_verb(std::string_view name) {
    const auto& all = verbs();
    const auto found = std::ranges::lower_bound(all, name, {}, &Verb::name);
    return found != all.end() && found->name == name ? &*found : nullptr;
}

Reader reader_of(const Verb& verb) {
    const auto index = static_cast<std::size_t>(&verb - verbs().data());
    return table().readers.at(index);
}

int code_of(std::string_view token) {
    const auto found = std::ranges::find(codes, token, &Code::token);
    return found == codes.end() ? -32000 : found->code;
}

}  // namespace baytime::protocol
