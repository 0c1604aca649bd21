// Frames of the Alpha protocol for bring-up: commands to packets, and any bytes explained. The rows say what each
// command means; here is what stands around it.
#include "display-drivers/signs/alpha_codec.hpp"

#include "display-drivers/signs/alpha_frames.hpp"

#include <algorithm>

namespace baytime::signs::alpha {

namespace json = boost::json;

namespace {

constexpr char soh = '\x01', stx = '\x02', etx = '\x03', eot = '\x04', ack = '\x06', nak = '\x15';
constexpr std::size_t reply_nulls = 20, most_nulls = 64, sum_digits = 4;

const std::vector<FieldForm>& frame_fields() {
    static const std::vector<FieldForm> forms{
        {"type", "one character", "\"\"", "kind of sign: Z every sign, ^ BetaBrite; left out: as configured"},
        {"address", "2 digits", "\"\"", "hex digits or ? for any; left out: as configured"},
        {"checksum", "yes|no", "true", "with a checksum"},
        {"sum", "4 hex digits", "\"\"", "a checksum to send instead of the right one, for tests"},
        {"nulls", "0..64", "5", "00 bytes before the frame, for the sign to find the speed"}};
    return forms;
}

const std::vector<CommandForm>& other_forms() {
    static const std::vector<CommandForm> forms{
        {"nested",
         "several commands in one frame, each after a pause",
         {{"commands", "list of commands", "",
           "objects as they stand alone; no questions, and a tone must be the last"}}},
        {"other", "a command by its bytes", {{"body", "hex bytes", "", "what stands between 02 and 03"}}},
        bytes_form(),
        {"acknowledged", "ACK: the sign has taken the command", {}, true},
        {"refused",
         "NAK: the sign has not taken the command",
         {{"register", "0..255", "64", "the error register"}},
         true}};
    return forms;
}

const Row* row_named(std::string_view name) {
    const auto found = std::ranges::find(rows(), name, [](const Row& row) { return std::string_view(row.form.name); });
    return found == rows().end() ? nullptr : &*found;
}

struct Head {
    std::string type{}, address{};
    bool checksum = true;
    std::string sum{};
    std::size_t nulls = sync_nulls;
};

Head read_head(FieldReader& fields, const Setup& setup, bool answer) {
    Head head{.type = fields.text("type"), .address = fields.text("address")};
    if (head.type.empty()) head.type = answer ? '0' : setup.type;
    if (head.address.empty()) head.address = answer ? "00" : setup.address;
    head.checksum = fields.yes("checksum");
    head.sum = fields.text("sum");
    head.nulls = static_cast<std::size_t>(fields.number("nulls", 0, most_nulls));
    if (answer && !fields.given("nulls")) head.nulls = reply_nulls;
    if (head.type.size() != 1) fields.refuse("type", "takes one character");
    if (head.address.size() != 2 || head.address.find_first_not_of("0123456789ABCDEF?") != std::string::npos) {
        fields.refuse("address", "takes two hex digits, or ? for any");
    }
    if (!head.sum.empty() && !head.checksum) fields.refuse("sum", "has no place in a frame without checksum");
    if (!head.sum.empty() && head.sum.size() != sum_digits) fields.refuse("sum", "takes four hex digits");
    return head;
}

std::vector<Packet> framed(const Head& head, const std::vector<Command>& commands, std::chrono::milliseconds rest) {
    Setup setup;
    setup.type = head.type[0];
    setup.address = head.address;
    auto packets = transmission(setup, commands, head.checksum, rest);
    auto& first = packets.front().bytes;
    first.erase(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(sync_nulls));
    first.insert(first.begin(), head.nulls, 0);
    auto& last = packets.back().bytes;
    if (!head.sum.empty()) std::ranges::copy(head.sum, last.end() - 1 - static_cast<std::ptrdiff_t>(sum_digits));
    return packets;
}

Command command_of(const std::string& body) {
    constexpr std::size_t picture_header = 6;
    return {body, body[0] == 'I' && body.size() > picture_header ? picture_header : 0};
}

/// The body of one command that is a row or `other`, without its frame.
std::variant<std::string, CodecFault> body_of(const json::object& command, std::chrono::milliseconds& rest, Head* head,
                                              const Setup& setup, const std::vector<CommandForm>& forms) {
    const auto form = form_of(forms, command);
    if (const auto* fault = std::get_if<CodecFault>(&form)) return *fault;
    const CommandForm& found = *std::get<const CommandForm*>(form);
    const Row* row = row_named(found.name);
    FieldReader fields(found, command, head == nullptr ? std::vector<FieldForm>{} : frame_fields());
    std::string body;
    if (row != nullptr) {
        body = std::string(row->prefix) + row->write(fields);
        rest = std::max(rest, row->rest);
    } else {
        const Bytes bytes = fields.bytes("body");
        body.assign(bytes.begin(), bytes.end());
        if (body.empty() || body.find_first_of("\x01\x02\x03\x04") != std::string::npos) {
            fields.refuse("body", "takes at least one byte, and none of 01 to 04, which end a command");
        }
    }
    if (head != nullptr) *head = read_head(fields, setup, found.answer);
    if (auto fault = fields.finished()) return *std::move(fault);
    return body;
}

std::vector<CommandForm> forms_inside() {
    std::vector<CommandForm> out;
    for (const Row& row : rows()) {
        if (!row.form.answer) out.push_back(row.form);
    }
    out.push_back(other_forms()[1]);
    return out;
}

/// Why these cannot stand in one frame; empty when they can. A sign answers no question there, and shuts its port while
/// a tone sounds.
std::string not_nested(const std::vector<Command>& commands) {
    constexpr std::string_view questions = "BFHJLN", tone = "E(";
    for (const Command& command : commands) {
        if (questions.find(command.body[0]) != std::string_view::npos)
            return "a question must stand in a frame of its own";
        const bool last = &command == &commands.back();
        if (command.body.starts_with(tone) && !last) return "a tone must be the last: the sign is deaf while it sounds";
    }
    return {};
}

Encoded encode_nested(const json::object& command, const CommandForm& form, const Setup& setup) {
    json::object outer = command;
    json::value inside = outer["commands"];
    outer.erase("commands");
    FieldReader fields({.name = form.name}, outer, frame_fields());
    const Head head = read_head(fields, setup, false);
    if (!head.sum.empty()) fields.refuse("sum", "is for a single command");
    if (auto fault = fields.finished()) return *std::move(fault);
    if (!inside.is_array() || inside.get_array().size() < 2) {
        return CodecFault{"bad-field", "commands", "commands of nested takes a list of at least two commands"};
    }
    std::vector<Command> commands;
    auto rest = packet_pause;
    for (const auto& one : inside.get_array()) {
        if (!one.is_object()) return CodecFault{"bad-field", "commands", "each of the commands is an object"};
        auto body = body_of(one.get_object(), rest, nullptr, setup, forms_inside());
        if (const auto* fault = std::get_if<CodecFault>(&body)) return *fault;
        commands.push_back(command_of(std::get<std::string>(body)));
    }
    if (auto why = not_nested(commands); !why.empty()) return CodecFault{"bad-field", "commands", std::move(why)};
    return framed(head, commands, rest);
}

const std::vector<CommandForm>& commands() {
    static const auto all = [] {
        std::vector<CommandForm> out;
        for (const Row& row : rows()) out.push_back(row.form);
        std::ranges::copy(other_forms(), std::back_inserter(out));
        std::stable_partition(out.begin(), out.end(), [](const CommandForm& form) { return !form.answer; });
        return out;
    }();
    return all;
}

Encoded encode(const json::object& command, const Setup& setup) {
    const auto form = form_of(commands(), command);
    if (const auto* fault = std::get_if<CodecFault>(&form)) return *fault;
    const CommandForm& found = *std::get<const CommandForm*>(form);
    if (auto made = as_bytes(found, command)) return *std::move(made);
    if (found.name == "nested") return encode_nested(command, found, setup);
    if (found.name == "acknowledged" || found.name == "refused") {
        FieldReader fields(found, command);
        Bytes bytes{static_cast<std::uint8_t>(ack)};
        if (found.name == "refused") {
            bytes = {static_cast<std::uint8_t>(nak), static_cast<std::uint8_t>(fields.number("register", 0, 255))};
        }
        if (auto fault = fields.finished()) return *std::move(fault);
        return std::vector{Packet{.bytes = std::move(bytes)}};
    }
    auto rest = packet_pause;
    Head head;
    auto body = body_of(command, rest, &head, setup, commands());
    if (const auto* fault = std::get_if<CodecFault>(&body)) return *fault;
    return framed(head, {command_of(std::get<std::string>(body))}, rest);
}

// ---- the other way ----

/// One command inside a frame, with the digits behind its ETX.
struct Group {
    std::string body{}, sum{};
    std::string right_sum{};
};

std::optional<std::vector<Group>> groups_of(std::string_view rest) {
    std::vector<Group> out;
    while (!rest.empty()) {
        if (rest[0] != stx) return std::nullopt;
        const auto end = std::min(rest.find(etx), rest.size());
        Group group{.body = std::string(rest.substr(1, end - 1)),
                    .right_sum = checksum(rest.substr(0, std::min(end + 1, rest.size())))};
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto next = std::min(rest.find(stx), rest.size());
        group.sum = std::string(rest.substr(0, next));
        rest.remove_prefix(next);
        if (group.body.empty()) return std::nullopt;
        out.push_back(std::move(group));
    }
    if (out.empty()) return std::nullopt;
    return out;
}

json::object explained(const std::string& body, bool answer) {
    for (const Row& row : rows()) {
        if (row.form.answer != answer || !body.starts_with(row.prefix)) continue;
        auto fields = row.read(std::string_view(body).substr(row.prefix.size()));
        if (!fields) continue;
        (*fields)["command"] = row.form.name;
        // Only what comes out again as it went in: the rest is told by its bytes.
        FieldReader again(row.form, *fields);
        if (std::string(row.prefix) + row.write(again) == body && !again.fault()) return *std::move(fields);
    }
    return {{"command", "other"}, {"body", hex_of(Bytes(body.begin(), body.end()))}};
}

json::object explained_groups(const std::vector<Group>& groups, bool answer) {
    if (groups.size() == 1) return explained(groups[0].body, answer);
    json::array inside;
    for (const Group& group : groups) inside.push_back(explained(group.body, answer));
    return {{"command", "nested"}, {"commands", std::move(inside)}};
}

std::string check_of(const std::vector<Group>& groups) {
    if (groups.front().sum.empty()) return "none";
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::string said = check_text(groups[i].sum, groups[i].right_sum);
        if (said != "good") return said + (groups.size() > 1 ? " (command " + std::to_string(i + 1) + ")" : "");
    }
    return "good";
}

void add_frame(FrameList& list, std::string_view wire, std::size_t begin, std::size_t header, std::size_t end) {
    constexpr std::size_t header_bytes = 4;  // 01, type, address
    const auto groups = end - header > header_bytes + 1
                            ? groups_of(wire.substr(header + header_bytes, end - 1 - header - header_bytes))
                            : std::nullopt;
    if (!groups) return list.fault(begin, end - begin, "a frame without a command: 02 must follow type and address");
    const bool answer = wire[header + 1] == '0';
    const Group& first = groups->front();
    json::object fields = explained_groups(*groups, answer);
    fields["type"] = text_of_bytes(wire.substr(header + 1, 1));
    fields["address"] = text_of_bytes(wire.substr(header + 2, 2));
    fields["checksum"] = !first.sum.empty();
    fields["nulls"] = header - begin;
    if (!first.sum.empty() && first.sum != first.right_sum && groups->size() == 1) {
        fields["sum"] = text_of_bytes(first.sum);
    }
    fields["check"] = check_of(*groups);
    auto& out = list.frame(begin, end - begin, std::string_view(fields["command"].get_string()));
    for (auto& [key, value] : fields) out[key] = value;
}

/// ACK, or NAK with its register, outside of frames.
std::size_t add_short(FrameList& list, std::string_view wire, std::size_t at) {
    if (wire[at] == ack) {
        list.frame(at, 1, "acknowledged");
        return 1;
    }
    if (at + 1 >= wire.size()) return 1;
    const auto value = static_cast<unsigned char>(wire[at + 1]);
    auto& out = list.frame(at, 2, "refused");
    out["register"] = value;
    out["explained"] = register_text(value);
    return 2;
}

json::array decode(std::span<const std::uint8_t> bytes, const Setup& setup) {
    FrameList list(bytes);
    const std::string wire(bytes.begin(), bytes.end());
    std::size_t nulls = 0;
    for (std::size_t at = 0; at < wire.size();) {
        if (wire[at] == soh) {
            const auto end = wire.find(eot, at);
            const std::size_t begin = at - std::min(nulls, most_nulls);
            nulls = 0;
            if (end == std::string::npos) {
                list.fault(begin, wire.size() - begin, "a frame without its end: no 04 follows");
                break;
            }
            add_frame(list, wire, begin, at, end + 1);
            at = end + 1;
        } else if (wire[at] == ack || wire[at] == nak) {
            nulls = 0;
            at += add_short(list, wire, at);
        } else {
            nulls = wire[at] == '\0' ? nulls + 1 : 0;
            ++at;
        }
    }
    return list.take([&](const json::object& command) { return encode(command, setup); });
}

}  // namespace

const std::vector<Row>& rows() {
    static const auto all = [] {
        std::vector<Row> out;
        for (auto part : {file_rows(), special_rows(), answer_rows()}) std::ranges::move(part, std::back_inserter(out));
        return out;
    }();
    return all;
}

extern const Codec codec;
const Codec codec{.commands = commands, .frame_fields = frame_fields, .encode = encode, .decode = decode};

}  // namespace baytime::signs::alpha
