// C-Power frames as named fields and back. A packet of a command that takes several is a `part`: explained by itself,
// so that it encodes to the same bytes again.
#include "display-drivers/signs/cpower_codec.hpp"

#include "display-drivers/signs/cpower_commands.hpp"

#include <algorithm>

namespace baytime::signs::cpower {

namespace json = boost::json;

namespace {

constexpr std::size_t most_command_bytes = most_packets * most_packet_data_bytes;

const FieldForm data_form{"data", "hex bytes", "\"\"", "the bytes themselves"};
const FieldForm code_form{"code", "0..255", "123", "the protocol code; 123 (7B) is windows"};
const FieldForm packet_form{"packet", "0..255", "0", "number of this packet, from 0"};
const FieldForm last_form{"last_packet", "0..255", "0", "number of the last packet"};

const std::vector<CommandForm>& commands() {
    static const auto all = [] {
        std::vector<CommandForm> out;
        for (const Row& row : rows()) {
            out.push_back(
                {.name = std::string(row.name), .summary = std::string(row.summary), .fields = forms_of(row)});
        }
        out.push_back({.name = "part",
                       .summary = "one packet of a window command, by its bytes",
                       .fields = {packet_form, last_form, data_form}});
        out.push_back({.name = "other", .summary = "any other protocol code", .fields = {code_form, data_form}});
        out.push_back({.name = "answer",
                       .summary = "what the card returns: 0 obeyed, 1 wrong sum, 2 wrong packet, others not documented",
                       .fields = {code_form,
                                  {"return_value", "0..255", "0", "0 obeyed, 1 wrong sum, 2 packets out of order"},
                                  packet_form,
                                  last_form,
                                  data_form},
                       .answer = true});
        out.push_back(bytes_form());
        return out;
    }();
    return all;
}

const std::vector<FieldForm>& frame_forms() {
    static const std::vector<FieldForm> all{
        {"id", "0..255", "255", "the card, 255 is every card; left out: the sign's own"},
        {"packet_type", "104|232", "104",
         "104 (68) to the card, 232 (E8) from it; cards of old firmware answer with 104"},
        {"card_type", "0..255", "50", "50 (32)"},
        {"flag", "0..255", "1", "1 a reply is wanted"},
        {"sum", "0..65535", "0", "left out: as it must be"}};
    return all;
}

std::uint8_t small(FieldReader& fields, std::string_view name) {
    return static_cast<std::uint8_t>(fields.number(name, 0, 0xFF));
}

Head head_of(FieldReader& fields, const Setup& setup, bool answers) {
    const auto own = static_cast<std::uint8_t>(number_of("0x" + setup.address).value_or(every_card));
    constexpr std::string_view types[] = {"104", "232"};
    Head head{.type = fields.choice("packet_type", types) == 0 ? request : answer,
              .card = small(fields, "card_type"),
              .id = fields.given("id") ? small(fields, "id") : own,
              .flag = small(fields, answers ? "return_value" : "flag")};
    if (answers && !fields.given("packet_type")) head.type = answer;
    return head;
}

/// One frame: a part, another protocol code, an answer.
std::vector<Packet> single(FieldReader& fields, Head head, std::string_view name, std::optional<std::uint16_t> sum) {
    if (name != "part") head.code = small(fields, "code");
    std::optional<Place> place;
    if (name == "part" || (name == "answer" && fields.given("packet"))) {
        place = Place{.packet = small(fields, "packet"), .last = small(fields, "last_packet")};
    }
    auto out = transmission(head, {});
    out.resize(1);
    out[0].bytes = frame(head, place, fields.bytes("data"), sum);
    return out;
}

Encoded encode(const json::object& command, const Setup& setup) {
    const auto form = form_of(commands(), command);
    if (const auto* fault = std::get_if<CodecFault>(&form)) return *fault;
    const CommandForm& chosen = *std::get<const CommandForm*>(form);
    if (auto made = as_bytes(chosen, command)) return *std::move(made);
    FieldReader fields(chosen, command, frame_forms());
    Head head = head_of(fields, setup, chosen.answer);
    std::optional<std::uint16_t> sum;
    if (fields.given("sum")) sum = static_cast<std::uint16_t>(fields.number("sum", 0, 0xFFFF));
    std::vector<Packet> out;
    const auto row = std::ranges::find(rows(), chosen.name, &Row::name);
    if (row == rows().end()) {
        out = single(fields, head, chosen.name, sum);
    } else {
        head.code = row->code;
        const Bytes data = write(*row, fields);
        if (data.size() > most_command_bytes) fields.refuse("data", "is longer than 256 packets can carry");
        if (!fields.fault()) out = transmission(head, data);
        if (sum && out.size() > 1) fields.refuse("sum", "is for commands of one packet; send parts");
        if (sum && out.size() == 1) {
            const auto place = head.code == windows_code ? std::optional(Place{}) : std::nullopt;
            out[0].bytes = frame(head, place, data, sum);
        }
    }
    if (auto fault = fields.finished()) return *std::move(fault);
    if (out[0].bytes.size() > most_frame_bytes) {
        return CodecFault{"bad-field", "data", "a frame longer than 4096 bytes makes no sense; send several parts"};
    }
    return out;
}

/// The first row that the bytes fit, or the bytes.
void explain(const Found& found, json::object& out) {
    const bool answers = found.head.type == answer;
    const bool whole = !found.place || (found.place->packet == 0 && found.place->last == 0);
    json::object fields;
    const auto fits = [&](const Row& row) {
        fields.clear();
        return row.code == found.head.code && read(row, found.data, fields);
    };
    const auto row = answers || !whole ? rows().end() : std::ranges::find_if(rows(), fits);
    if (row != rows().end()) {
        out["command"] = row->name;
    } else {
        fields.clear();
        out["command"] = answers ? "answer" : found.head.code == windows_code ? "part" : "other";
        if (found.head.code != windows_code || answers) fields["code"] = found.head.code;
        if (found.place) fields["packet"] = found.place->packet;
        if (found.place) fields["last_packet"] = found.place->last;
        fields["data"] = hex_of(found.data);
    }
    out[answers ? "return_value" : "flag"] = found.head.flag;
    for (const auto& [key, value] : fields) out[key] = value;
    out["id"] = found.head.id;
    out["packet_type"] = found.head.type;
    out["card_type"] = found.head.card;
    if (found.place) out["data_length"] = found.data.size();
    if (found.sum != found.right_sum) out["sum"] = found.sum;
    out["check"] = check_text(found.sum, found.right_sum, 2);
}

/// The packets of one command, from its first to its last, that stand here one behind the other without a fault.
std::span<const Found> packets_of_one(std::span<const Found> found) {
    const Found& first = found.front();
    if (!first.fault.empty() || !first.place || first.place->packet != 0) return {};
    const std::size_t count = first.place->last + std::size_t{1};
    if (count < 2 || found.size() < count) return {};
    std::size_t at = first.offset;
    for (std::size_t i = 0; i < count; ++i) {
        const Found& one = found[i];
        const bool next = one.fault.empty() && one.place && one.place->packet == i &&
                          one.place->last == first.place->last && one.head == first.head && one.sum == one.right_sum &&
                          one.offset == at;
        if (!next) return {};
        at += one.length;
    }
    return found.first(count);
}

Found joined(std::span<const Found> packets) {
    Found out = packets.front();
    out.place = Place{};
    for (const Found& one : packets.subspan(1)) {
        out.length += one.length;
        out.data.insert(out.data.end(), one.data.begin(), one.data.end());
    }
    return out;
}

json::array decode(std::span<const std::uint8_t> wire, const Setup& setup) {
    FrameList list(wire);
    const auto found = frames_in(wire);
    for (std::size_t i = 0; i < found.size();) {
        const auto packets = packets_of_one(std::span(found).subspan(i));
        Found one = packets.empty() ? found[i] : joined(packets);
        json::object fields;
        if (one.fault.empty()) explain(one, fields);
        // Cut elsewhere than here, packets are told one by one.
        const bool whole = !packets.empty() && is_made_of(encode(fields, setup), wire.subspan(one.offset, one.length));
        if (whole) {
            fields["packets"] = packets.size();
        } else if (!packets.empty()) {
            fields.clear();
            explain(one = found[i], fields);
        }
        i += whole ? packets.size() : 1;
        if (!one.fault.empty()) {
            list.fault(one.offset, one.length, one.fault);
            continue;
        }
        json::object& out = list.frame(one.offset, one.length, "");
        for (auto& [key, value] : fields) out[key] = std::move(value);
    }
    return list.take([&](const json::object& command) { return encode(command, setup); });
}

}  // namespace

const Codec codec{.commands = commands, .frame_fields = frame_forms, .encode = encode, .decode = decode};

}  // namespace baytime::signs::cpower
