// Every packet of the AM03127 protocol and every answer as named fields.
#include "display-drivers/signs/am03127_frames.hpp"
#include "display-drivers/signs/am03127_text.hpp"
#include "display-drivers/signs/codec.hpp"
#include "display-drivers/signs/fields.hpp"

#include <algorithm>

namespace baytime::signs {

namespace json = boost::json;

namespace {

using namespace am;

constexpr std::string_view page_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t head_bytes = 6, sum_bytes = 2;  // <IDxx>, two hex digits
constexpr std::size_t set_id_bytes = 11;              // <ID><xx><E>
constexpr std::chrono::milliseconds rest{500};        ///< not documented

const std::vector<FieldForm>& frame_fields() {
    static const std::vector<FieldForm> fields{
        {"id", "two hex digits", "\"\"", "the sign's id, 00 for every sign; left out: the sign's address"},
        {"checksum", "two characters", "\"\"", "as sent; left out: the right one"}};
    return fields;
}

const FieldForm page_field{"page", "A..Z", "", "page"};

std::vector<CommandForm> packet_commands() {
    return {
        {"line",
         "one line of a page: how it comes, stays and goes, and its text with tags",
         {{"line", "1..8", "1", "line, eight rows each"},
          page_field,
          {"lead", "A..S, a..s", "\"A\"",
           "how it appears: A immediate, E scroll left; lower case on line 1: each its own"},
          {"display", "letter", "\"A\"", "speed and style: A fastest and steady, B blinks, Q slowest"},
          {"wait", "A..Z", "\"B\"", "A 0.5 s, B 1 s, C 2 s .. Z 25 s"},
          {"lag", "A..K, a..k", "\"A\"", "how it goes"},
          {"text", "text", "\"\"",
           "with tags such as <CB> red, <KT> time, <U7C> u umlaut, <GA1> block; bytes 00..FF"}}},
        {"clock",
         "set the clock",
         {{"year", "0..99", "", "of the century"},
          {"weekday", "1..7", "", "1 Monday .. 7 Sunday"},
          {"month", "1..12", "", "month"},
          {"day", "1..31", "", "day"},
          {"hour", "0..23", "", "hour"},
          {"minute", "0..59", "", "minute"},
          {"second", "0..59", "0", "second"}}},
        {"schedule",
         "which pages are shown when",
         {{"schedule", "A..E", "\"A\"", "schedule"},
          {"start", "ten digits YYMMDDHHmm", "\"0001010000\"", "from; year 00 for ever"},
          {"end", "ten digits YYMMDDHHmm", "\"9912312359\"", "until; year 99 for ever"},
          {"pages", "1 to 31 letters A..Z", "", "pages in turn"}}},
        {"graphic_block",
         "32 by 8 dots",
         {{"block", "A1..P8", "", "name of the block"},
          {"dots", "64 hex bytes", "", "four units of 8 by 8; two bits a dot: 1 green, 2 red, 3 yellow"}}},
        {"delete_line", "delete one line of a page", {{"line", "1..8", "1", "line"}, page_field}},
        {"delete_schedule", "delete a schedule", {{"schedule", "A..E", "\"A\"", "schedule"}}},
        {"delete_all", "delete all pages, schedules and blocks", {}},
        {"default_page", "page shown when no schedule runs", {page_field}},
        {"brightness", "of the whole sign", {{"level", "A|B|C|D", "\"A\"", "A 100 %, B 75, C 50, D 25"}}},
    };
}

const std::vector<CommandForm>& commands() {
    static const std::vector<CommandForm> all = [] {
        auto out = packet_commands();
        const std::vector<CommandForm> more{
            {"change_character",
             "change a European character",
             {{"which", "three characters", "", "as in <Fsxy>"}, {"dots", "8 hex bytes", "", "rows of the character"}}},
            {"restore_characters", "restore the European characters", {}},
            {"begin_update", "begin of an update", {}},
            {"end_update", "end of an update", {}},
            {"packet", "any packet", {{"data", "hex bytes", "", "what stands between <IDxx> and the checksum"}}},
            {"set_id",
             "give the only sign on the line its id; no checksum",
             {{"new_id", "01..FF", "", "two hex digits"}}},
            {"ack", "done", {}, true},
            {"nack", "the checksum was wrong", {}, true},
            {"id_set", "the answer to set_id: the id alone", {{"new_id", "01..FF", "", "two hex digits"}}, true},
            bytes_form(),
        };
        out.insert(out.end(), more.begin(), more.end());
        return out;
    }();
    return all;
}

/// One letter out of a set.
char letter(FieldReader& fields, std::string_view field, std::string_view set) {
    const std::string text = fields.text(field);
    if (text.size() == 1 && set.find(text[0]) != std::string_view::npos) return text[0];
    fields.refuse(field, "takes one of " + std::string(set) + ", not \"" + text + "\"");
    return set[0];
}

/// Text of exactly so many characters of a set.
std::string exactly(FieldReader& fields, std::string_view field, std::size_t size, std::string_view set) {
    std::string text = fields.text(field);
    if (text.size() == size && text.find_first_not_of(set) == std::string::npos) return text;
    fields.refuse(field, "takes " + std::to_string(size) + " characters of " + std::string(set));
    return std::string(size, set[0]);
}

std::string data(FieldReader& fields, std::string_view field, std::size_t size) {
    const Bytes bytes = fields.bytes(field);
    if (bytes.size() != size) fields.refuse(field, "takes " + std::to_string(size) + " bytes");
    return {bytes.begin(), bytes.end()};
}

std::string line_from(FieldReader& fields) {
    constexpr std::string_view effects = "ABCDEFGHIJKLMNPQRSabcdefghijklmnpqrs", displays = "ABCDEQRSTUabcdeqrstu",
                               lags = "ABCDEFGHIJKabcdefghijk";
    const Manner manner{.lead = letter(fields, "lead", effects),
                        .display = letter(fields, "display", displays),
                        .wait = letter(fields, "wait", page_letters),
                        .lag = letter(fields, "lag", lags)};
    const auto text = bytes_of_text(fields.text("text"));
    if (!text) fields.refuse("text", "takes characters up to FF; European ones go as tags such as <U7C>");
    if (text && text->find(frame_end) != std::string::npos)
        fields.refuse("text", "cannot hold <E>, which ends the frame");
    if (const std::string tag = unknown_tag(text.value_or("")); !tag.empty()) {
        fields.refuse("text", "has " +
                                  (tag == "<" ? "a < that begins no tag" : "the unknown tag " + text_of_bytes(tag)) +
                                  "; the sign knows <AA>..<AE> fonts, <BA>..<BZ> bells, <CA>..<CS> colours, <KD> date, "
                                  "<KT> time, <N00>..<NFF> columns, <GA1>..<GP8> blocks, <U00>..<UFF> letters");
    }
    return line_packet(static_cast<int>(fields.number("line", 1, max_lines)), letter(fields, "page", page_letters),
                       manner, text.value_or(""));
}

std::string clock_from(FieldReader& fields) {
    const auto number = [&](std::string_view field, int least, int most) {
        return static_cast<int>(fields.number(field, least, most));
    };
    const SignClock now{.year = number("year", 0, 99),
                        .month = number("month", 1, 12),
                        .day = number("day", 1, 31),
                        .weekday = number("weekday", 1, 7) % 7,
                        .hour = number("hour", 0, 23),
                        .minute = number("minute", 0, 59)};
    return clock_packet(now, number("second", 0, 59));
}

std::string schedule_from(FieldReader& fields) {
    constexpr std::string_view digits = "0123456789";
    constexpr std::size_t time_digits = 10;
    const std::string pages = fields.text("pages");
    if (pages.empty() || pages.size() > max_scheduled || pages.find_first_not_of(page_letters) != std::string::npos) {
        fields.refuse("pages", "takes 1 to 31 letters A to Z");
    }
    const char name = letter(fields, "schedule", "ABCDE");
    return schedule_packet(name, exactly(fields, "start", time_digits, digits),
                           exactly(fields, "end", time_digits, digits), pages);
}

std::string block_from(FieldReader& fields) {
    const std::string name = fields.text("block");
    const bool sound = name.size() == 2 && name[0] >= 'A' && name[0] <= 'P' && name[1] >= '1' && name[1] <= '8';
    if (!sound) fields.refuse("block", "takes a letter A to P and a digit 1 to 8");
    return "<G" + name + ">" + data(fields, "dots", block_bytes);
}

/// What stands between `<IDxx>` and the checksum.
std::string packet_from(const std::string& name, FieldReader& fields) {
    if (name == "line") return line_from(fields);
    if (name == "clock") return clock_from(fields);
    if (name == "schedule") return schedule_from(fields);
    if (name == "graphic_block") return block_from(fields);
    if (name == "delete_line") {
        const auto line = fields.number("line", 1, max_lines);
        return "<DL" + std::to_string(line) + "P" + letter(fields, "page", page_letters) + ">";
    }
    if (name == "delete_schedule") return {'<', 'D', 'T', letter(fields, "schedule", "ABCDE"), '>'};
    if (name == "delete_all") return delete_all_packet();
    if (name == "default_page") return default_page_packet(letter(fields, "page", page_letters));
    if (name == "brightness") return brightness_packet(letter(fields, "level", "ABCD"));
    if (name == "restore_characters") return "<DU>";
    if (name == "begin_update") return "<BE>";
    if (name == "end_update") return "<BF>";
    if (name == "change_character") {
        const auto which = bytes_of_text(fields.text("which"));
        if (!which || which->size() != 3 || which->find_first_of("<>") != std::string::npos) {
            fields.refuse("which", "takes three characters");
        }
        return "<F" + which.value_or("") + ">" + data(fields, "dots", character_bytes);
    }
    const Bytes any = fields.bytes("data");
    return {any.begin(), any.end()};
}

std::string id_from(FieldReader& fields, std::string_view field, const std::string& otherwise) {
    const std::string id = fields.text(field);
    if (id.empty()) return otherwise;
    if (!is_two_hex_digits(id)) fields.refuse(field, "takes two hex digits, upper case");
    return id;
}

Encoded encode(const json::object& command, const Setup& setup) {
    const auto found = form_of(commands(), command);
    if (const auto* fault = std::get_if<CodecFault>(&found)) return *fault;
    const CommandForm& form = *std::get<const CommandForm*>(found);
    if (auto made = as_bytes(form, command)) return *std::move(made);
    FieldReader fields(form, command, form.answer || form.name == "set_id" ? std::vector<FieldForm>{} : frame_fields());
    Packet packet{.pause_after = rest, .acknowledged = !form.answer};
    if (form.name == "id_set") {
        const std::string id = id_from(fields, "new_id", "01");
        packet.bytes.assign(id.begin(), id.end());
    } else if (form.answer) {
        const std::string_view word = form.name == "ack" ? "ACK" : "NACK";
        packet.bytes.assign(word.begin(), word.end());
    } else if (form.name == "set_id") {
        packet.bytes = set_id(id_from(fields, "new_id", "01"));
        packet.acknowledged = false;  // answered with the id alone
    } else {
        const std::string id = id_from(fields, "id", setup.address);
        packet.bytes = frame(id, packet_from(form.name, fields));
        packet.acknowledged = id != "00";
        const auto sum = bytes_of_text(fields.text("checksum"));
        if (!sum || (!sum->empty() && sum->size() != sum_bytes)) {
            fields.refuse("checksum", "takes two characters");
        } else if (!sum->empty()) {
            std::ranges::copy(*sum, packet.bytes.end() - static_cast<std::ptrdiff_t>(frame_end.size() + sum_bytes));
        }
    }
    constexpr std::size_t around = head_bytes + sum_bytes + frame_end.size();
    if (packet.bytes.size() > max_packet_bytes + around) {
        fields.refuse(form.name == "line" ? "text" : "data",
                      "is too long: a packet has at most " + std::to_string(max_packet_bytes) + " bytes");
    }
    if (auto fault = fields.finished()) return *std::move(fault);
    return std::vector<Packet>{std::move(packet)};
}

std::int64_t number_in(std::string_view digits) {
    return number_of(digits.starts_with('0') && digits.size() > 1 ? digits.substr(1) : digits).value_or(-1);
}

/// Fields of a packet as its tags say; empty when it is none that has a command. Whether the values are allowed is
/// found out by encoding them again.
json::object fields_of(std::string_view packet) {
    // Any byte may stand where a letter should: it is told as text that JSON can hold.
    const auto one = [&](std::size_t at) { return text_of_bytes(packet.substr(std::min(at, packet.size()), 1)); };
    const auto from = [&](std::size_t at) { return packet.substr(std::min(at, packet.size())); };
    if (packet == "<D*>") return {{"command", "delete_all"}};
    if (packet == "<DU>") return {{"command", "restore_characters"}};
    if (packet == "<BE>") return {{"command", "begin_update"}};
    if (packet == "<BF>") return {{"command", "end_update"}};
    if (packet.starts_with("<DT")) return {{"command", "delete_schedule"}, {"schedule", one(3)}};
    if (packet.starts_with("<DL")) return {{"command", "delete_line"}, {"line", number_in(one(3))}, {"page", one(5)}};
    if (packet.starts_with("<RP")) return {{"command", "default_page"}, {"page", one(3)}};
    if (packet.starts_with("<B")) return {{"command", "brightness"}, {"level", one(2)}};
    if (packet.starts_with("<L")) {
        return {{"command", "line"},  {"line", number_in(one(2))}, {"page", one(6)}, {"lead", one(10)},
                {"display", one(14)}, {"wait", one(18)},           {"lag", one(22)}, {"text", text_of_bytes(from(24))}};
    }
    if (packet.starts_with("<T")) {
        return {{"command", "schedule"},
                {"schedule", one(2)},
                {"start", text_of_bytes(from(4).substr(0, 10))},
                {"end", text_of_bytes(from(14).substr(0, 10))},
                {"pages", text_of_bytes(from(24))}};
    }
    if (packet.starts_with("<SC>")) {
        const auto two = [&](std::size_t at) { return number_in(from(at).substr(0, 2)); };
        return {{"command", "clock"}, {"year", two(4)},  {"weekday", two(6)}, {"month", two(8)},
                {"day", two(10)},     {"hour", two(12)}, {"minute", two(14)}, {"second", two(16)}};
    }
    const auto hex_from = [&](std::size_t at) {
        const auto rest_of_it = from(at);
        return hex_of(Bytes(rest_of_it.begin(), rest_of_it.end()));
    };
    if (packet.starts_with("<G")) {
        return {{"command", "graphic_block"}, {"block", text_of_bytes(from(2).substr(0, 2))}, {"dots", hex_from(5)}};
    }
    if (packet.starts_with("<F")) {
        return {{"command", "change_character"}, {"which", text_of_bytes(from(2).substr(0, 3))}, {"dots", hex_from(6)}};
    }
    return {};
}

/// A frame at the beginning: its length, or 0 when there is none (yet).
std::size_t frame_length(std::string_view wire) {
    if (wire.starts_with("ACK")) return 3;
    if (wire.starts_with("NACK")) return 4;
    if (wire.starts_with("<ID><")) {
        const bool whole =
            wire.size() >= set_id_bytes && wire.substr(7, 4) == "><E>" && is_two_hex_digits(wire.substr(5, 2));
        return whole ? set_id_bytes : 0;
    }
    if (!wire.starts_with("<ID") || wire.size() < head_bytes || wire[head_bytes - 1] != '>') return 0;
    if (!is_two_hex_digits(wire.substr(3, 2))) return 0;
    const auto packet = wire.substr(head_bytes);
    const auto binary = binary_bytes(packet);
    if (!binary) return 0;
    const std::size_t tag = *binary == block_bytes       ? graphic_tag_bytes
                            : *binary == character_bytes ? character_tag_bytes
                                                         : 0;
    const auto end =
        packet.substr(0, max_packet_bytes + sum_bytes + frame_end.size()).find(frame_end, tag + *binary + sum_bytes);
    return end == std::string_view::npos ? 0 : head_bytes + end + frame_end.size();
}

/// The command of a whole frame, with its checksum when that is wrong.
json::object described(std::string_view whole) {
    if (whole == "ACK") return {{"command", "ack"}};
    if (whole == "NACK") return {{"command", "nack"}};
    if (is_two_hex_digits(whole)) return {{"command", "id_set"}, {"new_id", std::string(whole)}};
    if (whole.starts_with("<ID><")) return {{"command", "set_id"}, {"new_id", std::string(whole.substr(5, 2))}};
    const auto packet = whole.substr(head_bytes, whole.size() - head_bytes - sum_bytes - frame_end.size());
    const auto sum = whole.substr(head_bytes + packet.size(), sum_bytes);
    json::object out = fields_of(packet);
    if (out.empty()) out = {{"command", "packet"}, {"data", hex_of(Bytes(packet.begin(), packet.end()))}};
    out["id"] = std::string(whole.substr(3, 2));
    if (sum != checksum(packet)) out["checksum"] = text_of_bytes(sum);
    out["check"] = check_text(sum, checksum(packet));
    return out;
}

json::array decode(std::span<const std::uint8_t> bytes, const Setup& setup) {
    FrameList list(bytes);
    const std::string_view wire(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    // Without a mark, two hex digits are an answer only when nothing else is there.
    std::size_t at = is_two_hex_digits(wire) ? 0 : wire.find_first_of("<AN");
    while (at != std::string_view::npos) {
        const std::size_t length = is_two_hex_digits(wire) ? wire.size() : frame_length(wire.substr(at));
        if (length != 0) {
            json::object fields = described(wire.substr(at, length));
            const std::string command(fields.at("command").get_string());
            auto& out = list.frame(at, length, command);
            for (auto& field : fields) out[field.key()] = std::move(field.value());
        }
        at = wire.find_first_of("<AN", at + std::max<std::size_t>(length, 1));
    }
    return list.take([&](const json::object& command) { return encode(command, setup); });
}

}  // namespace

extern const Codec am03127_codec;
const Codec am03127_codec{.commands = commands, .frame_fields = frame_fields, .encode = encode, .decode = decode};

}  // namespace baytime::signs
