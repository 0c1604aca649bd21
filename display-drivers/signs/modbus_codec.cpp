// Modbus RTU requests and replies as named fields. Knows no profile: registers are numbers, and a text or value is put
// into them as the fields say.
#include "display-drivers/signs/codec.hpp"
#include "display-drivers/signs/fields.hpp"
#include "display-drivers/signs/gbk.hpp"
#include "display-drivers/signs/modbus_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

namespace baytime::signs {

namespace json = boost::json;

namespace {

using namespace modbus;

constexpr int most_byte = 0xFF, most_word = 0xFFFF, least_word = -0x8000;
constexpr int most_read_words = static_cast<int>(most_read), most_written_words = static_cast<int>(most_written);
constexpr std::string_view encodings[] = {"ascii", "gbk", "integer", "fixed", "sign-magnitude"};

const std::vector<FieldForm>& frame_fields() {
    static const std::vector<FieldForm> fields{
        {"unit", "0..247", "-1", "the sign's unit number; left out: the sign's address"},
        {"crc", "hex bytes", "\"\"", "the check as sent, low byte first; left out: the right one"}};
    return fields;
}

const std::vector<CommandForm>& commands() {
    static const FieldForm at{"register", "0..65535", "", "the first register"};
    static const FieldForm registers{"registers", "list of numbers", "[]", "values of the registers, as they are"};
    static const std::vector<CommandForm> all{
        {"read_holding", "function 03: read registers", {at, {"count", "1..125", "1", "how many registers"}}},
        {"write_one",
         "function 06: write one register; the reply is the same frame",
         {at, {"value", "-32768..65535", "", "the new value"}}},
        {"write_many",
         "function 10: write registers, as numbers, as a text or as a value",
         {at,
          registers,
          {"text", "text", "\"\"", "instead of registers: put two characters into each"},
          {"value", "number such as 12 or \"4.90\"", "0", "instead of registers: a number"},
          {"encoding", "ascii|gbk|integer|fixed|sign-magnitude", "\"ascii\"", "of text or value"},
          {"count", "0..123", "0", "registers to fill; 0: as many as the text or value needs"},
          {"first_byte", "high|low", "\"high\"", "half of a register that the first character stands in"},
          {"first_register", "high|low", "\"high\"", "half of a number in two registers that comes first"},
          {"padding", "0..255", "32", "byte that fills up a text"},
          {"justify", "left|right", "\"left\"", "where a short text stands"},
          {"places", "0..4", "0", "decimal places of fixed and sign-magnitude; left out: those of the value"}}},
        {"read_holding_reply", "the registers that were read", {registers}, true},
        {"write_many_reply", "registers were written", {at, {"count", "1..123", "", "how many"}}, true},
        {"exception",
         "the request was refused",
         {{"function", "0..127", "", "function of the request"},
          {"code", "0..255", "", "1 function, 2 address, 3 value, 4 device failure, 6 busy"}},
         true},
        bytes_form()};
    return all;
}

/// The list of numbers as one text, for the field reader; and a value such as 4.9 with its places as written.
json::object flattened(json::object command) {
    if (auto* value = command.if_contains("value"); value != nullptr && value->is_double()) {
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.begin(), digits.end(), value->get_double(), std::chars_format::fixed);
        *value = json::value(std::string(digits.begin(), end.ptr));
    }
    auto* list = command.if_contains("registers");
    if (list == nullptr || !list->is_array()) return command;
    std::string text;
    for (const auto& one : list->get_array()) {
        text += one.is_string() ? std::string(one.get_string()) : json::serialize(one);
        text += ' ';
    }
    *list = json::value(text);
    return command;
}

Registers given_registers(FieldReader& fields) {
    Registers out;
    std::string text = fields.text("registers");
    std::ranges::replace(text, ',', ' ');
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto end = std::min(rest.find(' '), rest.size());
        const auto word = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (word.empty()) continue;
        const auto number = number_of(word);
        if (!number || *number < least_word || *number > most_word) {
            fields.refuse("registers", "takes numbers from -32768 to 65535, not " + std::string(word));
            return {};
        }
        out.push_back(static_cast<std::uint16_t>(*number));
    }
    return out;
}

Registers registers_of_text(FieldReader& fields, RegisterEncoding encoding) {
    const bool chinese = encoding == RegisterEncoding::gbk;
    if (encoding != RegisterEncoding::ascii && !chinese) fields.refuse("encoding", "must be ascii or gbk for a text");
    constexpr std::string_view halves[] = {"high", "low"}, sides[] = {"left", "right"};
    const std::string text = letters(fields.text("text"), chinese);
    auto count = static_cast<int>(fields.number("count", 0, most_written));
    const int needed = std::max(1, static_cast<int>(text.size() + 1) / 2);
    if (needed > (count > 0 ? count : static_cast<int>(most_written))) {
        fields.refuse("text", "needs " + std::to_string(needed) + " registers; give a larger count, or fewer letters");
    }
    if (count == 0) count = std::min(needed, static_cast<int>(most_written));
    return text_registers(text, count,
                          {.chinese = chinese,
                           .high_first = fields.choice("first_byte", halves) == 0,
                           .padding = static_cast<std::uint8_t>(fields.number("padding", 0, most_byte)),
                           .justify = fields.choice("justify", sides) == 0 ? Justify::left : Justify::right});
}

Registers registers_of_value(FieldReader& fields, RegisterEncoding encoding) {
    constexpr std::string_view halves[] = {"high", "low"};
    constexpr int most_places = 4;
    const std::string text = fields.text("value");
    const auto number = first_number(text);
    if (!number || text.find_first_not_of("+-.0123456789") != std::string::npos) {
        fields.refuse("value", "takes a number such as 12 or \"4.90\"");
        return {};
    }
    const bool whole = encoding == RegisterEncoding::integer;
    const int places = whole                    ? 0
                       : fields.given("places") ? static_cast<int>(fields.number("places", 0, most_places))
                                                : std::min(number->places, most_places);
    const std::int64_t value = scaled(*number, places);
    if (scaled(Number{value, places}, number->places) != number->digits) {
        fields.refuse("value", "has more decimal places than " + std::to_string(places) +
                                   (whole ? "; with encoding = fixed they are kept" : ""));
    }
    if (encoding == RegisterEncoding::sign_magnitude) {
        if (std::abs(value) > most_word) fields.refuse("value", "is too large for one register");
        return sign_magnitude_registers(value, places);
    }
    const auto count = static_cast<int>(fields.number("count", 0, 2));
    constexpr std::int64_t most_double = 0xFFFFFFFF;
    const std::int64_t most = count == 1 ? most_word : most_double;
    if (value > most || value < -(most / 2) - 1) fields.refuse("value", "is too large for its registers");
    return integer_registers(value, count, fields.choice("first_register", halves) == 0);
}

Registers values_of(FieldReader& fields) {
    const int ways = int{fields.given("registers")} + int{fields.given("text")} + int{fields.given("value")};
    if (ways != 1) {
        fields.refuse("registers", "or text or value must be given, and only one of them");
        return {};
    }
    if (fields.given("registers")) {
        Registers out = given_registers(fields);
        if (out.size() > most_written) fields.refuse("registers", "can be at most " + std::to_string(most_written));
        return out;
    }
    const auto encoding = static_cast<RegisterEncoding>(fields.choice("encoding", encodings));
    const bool number = encoding != RegisterEncoding::ascii && encoding != RegisterEncoding::gbk;
    if (fields.given("text")) return registers_of_text(fields, encoding);
    return registers_of_value(fields, number ? encoding : RegisterEncoding::integer);
}

int unit_from(FieldReader& fields, const Setup& setup) {
    if (fields.given("unit")) return static_cast<int>(fields.number("unit", broadcast, last_unit));
    int address = first_unit;
    std::from_chars(setup.address.data(), setup.address.data() + setup.address.size(), address);
    return std::clamp(address, broadcast, last_unit);
}

Bytes frame_from(const std::string& name, int unit, FieldReader& fields) {
    const auto number = [&](std::string_view field, int least, int most) { return fields.number(field, least, most); };
    const auto at = [&] { return static_cast<std::uint16_t>(number("register", 0, most_word)); };
    const auto count = [&](int most) { return static_cast<std::uint16_t>(number("count", 1, most)); };
    if (name == "read_holding") {
        const auto from = at();
        return read_holding(unit, from, count(most_read_words));
    }
    if (name == "write_one") {
        const auto where = at();
        return write_one(unit, where, static_cast<std::uint16_t>(number("value", least_word, most_word)));
    }
    if (name == "write_many") {
        const auto from = at();
        return write_many(unit, from, values_of(fields));
    }
    if (name == "write_many_reply") {
        const auto from = at();
        return write_many_reply(unit, from, count(most_written_words));
    }
    if (name == "exception") {
        constexpr int most_function = 0x7F;
        const auto function = static_cast<std::uint8_t>(number("function", 0, most_function));
        return exception_reply(unit, function, static_cast<std::uint8_t>(number("code", 0, most_byte)));
    }
    Registers values = given_registers(fields);
    if (values.size() > most_read) fields.refuse("registers", "can be at most " + std::to_string(most_read));
    values.resize(std::min(values.size(), most_read));
    return read_holding_reply(unit, values);
}

Encoded encode(const json::object& command, const Setup& setup) {
    const auto found = form_of(commands(), command);
    if (const auto* fault = std::get_if<CodecFault>(&found)) return *fault;
    const CommandForm& form = *std::get<const CommandForm*>(found);
    if (auto made = as_bytes(form, command)) return *std::move(made);
    FieldReader fields(form, flattened(command), frame_fields());
    const int unit = unit_from(fields, setup);
    Bytes frame = frame_from(form.name, unit, fields);
    const Bytes check = fields.bytes("crc");
    if (!check.empty() && check.size() != 2) fields.refuse("crc", "takes two bytes");
    if (auto fault = fields.finished()) return *std::move(fault);
    if (!check.empty()) std::ranges::copy(check, frame.end() - 2);
    Packet packet{.bytes = std::move(frame),
                  .pause_after = std::chrono::ceil<std::chrono::milliseconds>(frame_gap(setup.baud)),
                  .acknowledged = !form.answer && unit != broadcast};
    return std::vector<Packet>{std::move(packet)};
}

json::array words(std::span<const std::uint8_t> bytes) {
    json::array out;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) out.push_back(std::int64_t{word(bytes, i)});
    return out;
}

/// Bytes of registers as the text they may be, or nothing.
std::string readable(std::span<const std::uint8_t> bytes) {
    std::string text(bytes.begin(), bytes.end());
    text.erase(text.find_last_not_of('\0') + 1);
    const auto printable = [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != '\x7F'; };
    if (text.empty() || !std::ranges::all_of(text, printable)) return {};
    const std::string out = from_gbk(text);
    return out.find("\xEF\xBF\xBD") == std::string::npos ? "as text: " + out : "";
}

/// The command that a frame of this length is. Empty when its counts do not agree.
std::string command_of(std::span<const std::uint8_t> frame) {
    constexpr std::size_t usual_length = 8;
    if ((frame[1] & exception_bit) != 0) return "exception";
    if (frame[1] == write_one_function) return "write_one";
    if (frame[1] == read_holding_function) return frame.size() == usual_length ? "read_holding" : "read_holding_reply";
    if (frame.size() == usual_length) return "write_many_reply";
    return word(frame, 4) * 2 == frame[6] && frame[6] / 2 <= static_cast<int>(most_written) ? "write_many" : "";
}

void describe(json::object& out, const std::string& command, std::span<const std::uint8_t> frame) {
    constexpr std::size_t many_head = 7, reply_head = 3;
    const auto number = [&](std::size_t at) { return std::int64_t{word(frame, at)}; };
    out["unit"] = std::int64_t{frame[0]};
    if (command == "exception") {
        out["function"] = std::int64_t{frame[1]} & ~std::int64_t{exception_bit};
        out["code"] = std::int64_t{frame[2]};
        out["explained"] = exception_name(frame[2]);
    } else if (command == "read_holding_reply") {
        const auto data = frame.subspan(reply_head, frame.size() - reply_head - 2);
        out["data_length"] = data.size();
        out["registers"] = words(data);
        if (const auto text = readable(data); !text.empty()) out["explained"] = text;
    } else {
        out["register"] = number(2);
        if (command == "write_one") out["value"] = number(4);
        if (command == "read_holding" || command == "write_many_reply") out["count"] = number(4);
        if (command != "write_many") return;
        const auto data = frame.subspan(many_head, frame.size() - many_head - 2);
        out["data_length"] = data.size();
        out["registers"] = words(data);
        if (const auto text = readable(data); !text.empty()) out["explained"] = text;
    }
}

void add_frame(FrameList& list, std::span<const std::uint8_t> wire, std::size_t at, std::size_t length) {
    const auto frame = wire.subspan(at, length);
    const std::string command = command_of(frame);
    if (command.empty()) return list.fault(at, length, "the number of registers and the number of bytes do not agree");
    auto& out = list.frame(at, length, command);
    describe(out, command, frame);
    constexpr std::size_t check_bytes = 2;
    const auto check = frame.last(check_bytes);
    const unsigned is = check[0] | static_cast<unsigned>(check[1]) << 8;
    if (!crc_fits(frame)) out["crc"] = hex_of(check);
    out["check"] = check_text(is, crc(frame.first(length - check_bytes)), check_bytes);
}

/// How long the frame with a right CRC at the beginning is, or 0.
std::size_t good_frame(std::span<const std::uint8_t> bytes) {
    for (const std::size_t length : possible_lengths(bytes)) {
        if (length <= bytes.size() && crc_fits(bytes.first(length))) return length;
    }
    return 0;
}

json::array decode(std::span<const std::uint8_t> wire, const Setup& setup) {
    FrameList list(wire);
    // Bytes between good frames that have the length of one are a frame whose CRC is wrong.
    const auto rest = [&](std::size_t from, std::size_t until) {
        const auto lengths = possible_lengths(wire.subspan(from, until - from));
        if (std::ranges::find(lengths, until - from) != lengths.end()) add_frame(list, wire, from, until - from);
    };
    std::size_t at = 0, behind = 0;
    while (at < wire.size()) {
        const std::size_t length = good_frame(wire.subspan(at));
        if (length == 0) {
            ++at;
            continue;
        }
        rest(behind, at);
        add_frame(list, wire, at, length);
        behind = at += length;
    }
    rest(behind, wire.size());
    return list.take([&](const json::object& command) { return encode(command, setup); });
}

}  // namespace

extern const Codec modbus_codec;
const Codec modbus_codec{.commands = commands, .frame_fields = frame_fields, .encode = encode, .decode = decode};

}  // namespace baytime::signs
