// What is not confirmed (clock, screen number, files) has no row; it goes as `other`, by its numbers.
#include "display-drivers/signs/onbon_commands.hpp"

#include "display-drivers/signs/codec_text.hpp"

#include <algorithm>

namespace baytime::signs::onbon {

namespace json = boost::json;

namespace {

using Span = std::span<const std::uint8_t>;

constexpr std::size_t most_listed = 0xFE;  ///< areas deleted or written by one frame

std::string plain(Span bytes) {
    return {bytes.begin(), bytes.end()};
}

std::uint32_t number(Span bytes) {
    std::uint32_t out = 0;
    for (std::size_t i = bytes.size(); i > 0; --i) out = out << 8 | bytes[i - 1];
    return out;
}

Bytes nothing(FieldReader&, const Setup&) {
    return {};
}

bool no_bytes(Span bytes, json::object&) {
    return bytes.empty();
}

// --- dynamic areas

const std::vector<FieldForm>& area_forms() {
    static const auto all = [] {
        std::vector<FieldForm> out;
        for (const AreaField& field : area_fields()) {
            out.push_back({.name = std::string(field.name),
                           .accepts = std::to_string(field.least) + ".." + std::to_string(field.most),
                           .otherwise = std::to_string(Area{}.*field.member),
                           .meaning = std::string(field.meaning)});
        }
        for (FieldForm& form :
             text_forms(R"(what to show; \C1 red, \C2 green, \C3 yellow, \n new line, \FO000 font)")) {
            out.push_back(std::move(form));
        }
        return out;
    }();
    return all;
}

Area area_of(FieldReader& fields, const Setup& setup) {
    Area area;
    for (const AreaField& field : area_fields()) {
        area.*field.member = static_cast<std::uint32_t>(fields.number(field.name, field.least, field.most));
    }
    constexpr std::uint32_t column_unit = 8;
    if (!fields.given("width")) area.width = static_cast<std::uint32_t>(setup.shape.columns) / column_unit;
    if (!fields.given("height")) area.height = static_cast<std::uint32_t>(setup.shape.rows);
    constexpr std::uint32_t side = 3, level = 12;  // bits of the alignment
    if ((area.alignment & side) == side || (area.alignment & level) == level) {
        fields.refuse("alignment", "takes 0 left, 1 right or 2 centre, plus 0 top, 4 bottom or 8 middle");
    }
    area.text = read_text_fields(fields);
    return area;
}

/// `all`, `none`, or ids such as `1, 2`.
std::vector<std::uint8_t> deleted_ids(FieldReader& fields, const std::string& list) {
    std::vector<std::uint8_t> out;
    for (std::size_t at = 0; at < list.size();) {
        const auto end = std::min(list.find(',', at), list.size());
        const auto from = list.find_first_not_of(' ', at);
        const auto id = number_of(std::string_view(list).substr(std::min(from, end), end - std::min(from, end)));
        if (!id || *id < 0 || *id > 0xFF || out.size() == most_listed) {
            fields.refuse("delete", "takes all, none, or up to 254 area ids such as \"1, 2\"");
            return {};
        }
        out.push_back(static_cast<std::uint8_t>(*id));
        at = end + 1;
    }
    return out;
}

Bytes write_areas(FieldReader& fields, const Setup& setup) {
    const std::string list = fields.text("delete");
    const bool all = list == "all";
    const auto deleted = all || list == "none" ? std::vector<std::uint8_t>() : deleted_ids(fields, list);
    std::vector<Area> areas;
    fields.each("areas", area_forms(), [&](FieldReader& one) { areas.push_back(area_of(one, setup)); });
    if (areas.size() > most_listed) fields.refuse("areas", "takes up to 254 areas");
    return dynamic_areas(deleted, all, areas).parameters;
}

bool read_area(Span block, json::object& out) {
    std::size_t at = 0;
    for (const AreaField& field : area_fields()) {
        if (block.size() - at < field.bytes) return false;
        const std::uint32_t value = number(block.subspan(at, field.bytes));
        at += field.bytes;
        const bool hides_more = field.name == "voice" || field.name == "extension_length";
        if (hides_more && value != 0) return false;
        out[field.name] = value;
    }
    constexpr std::size_t length_bytes = 4;
    if (block.size() - at < length_bytes) return false;
    if (number(block.subspan(at, length_bytes)) != block.size() - at - length_bytes) return false;
    explain_text(out, block.subspan(at + length_bytes));
    return true;
}

bool read_areas(Span bytes, json::object& out) {
    constexpr std::uint8_t every_area = 0xFF;
    if (bytes.empty()) return false;
    std::size_t at = 1;
    std::string deleted = bytes[0] == every_area ? "all" : bytes[0] == 0 ? "none" : "";
    for (std::size_t i = 0; deleted != "all" && i < bytes[0]; ++i, ++at) {
        if (at >= bytes.size()) return false;
        deleted += (i == 0 ? "" : ", ") + std::to_string(bytes[at]);
    }
    out["delete"] = deleted;
    if (at >= bytes.size()) return false;
    const std::size_t count = bytes[at++];
    json::array areas;
    for (std::size_t i = 0; i < count; ++i) {
        constexpr std::size_t length_bytes = 2;
        if (bytes.size() - at < length_bytes) return false;
        const std::size_t length = number(bytes.subspan(at, length_bytes));
        at += length_bytes;
        json::object area;
        if (bytes.size() - at < length || !read_area(bytes.subspan(at, length), area)) return false;
        at += length;
        areas.push_back(std::move(area));
    }
    out["areas"] = std::move(areas);
    return at == bytes.size() && count <= most_listed;
}

// --- the small ones

constexpr std::string_view on_off[] = {"on", "off"};
constexpr std::string_view lock_words[] = {"unlock", "lock"};
constexpr std::int64_t most_brightness = 15;

Bytes write_power(FieldReader& fields, const Setup&) {
    return screen_power(fields.choice("power", on_off) == 0).parameters;
}

bool read_power(Span bytes, json::object& out) {
    if (bytes.size() != 1 || bytes[0] < 1 || bytes[0] > 2) return false;
    out["power"] = on_off[bytes[0] - 1];
    return true;
}

Bytes write_brightness(FieldReader& fields, const Setup&) {
    const auto value = static_cast<std::uint8_t>(fields.number("value", 0, most_brightness));
    Bytes out = brightness(value).parameters;
    out[0] = static_cast<std::uint8_t>(fields.number("mode", 1, 2));
    const Bytes times = fields.bytes("half_hours");
    if (times.empty()) return out;
    if (times.size() != half_hours) fields.refuse("half_hours", "takes 48 bytes, one for each half hour of the day");
    if (std::ranges::max(times) > most_brightness) fields.refuse("half_hours", "takes bytes of 00 to 0F");
    out.resize(2);
    out.insert(out.end(), times.begin(), times.end());
    return out;
}

bool read_brightness(Span bytes, json::object& out) {
    if (bytes.size() != 2 + half_hours || bytes[1] > most_brightness) return false;
    out["mode"] = bytes[0];
    out["value"] = bytes[1];
    out["half_hours"] = hex_of(bytes.subspan(2));
    return true;
}

Bytes write_lock(FieldReader& fields, const Setup&) {
    constexpr std::size_t name_bytes = 4;
    const auto lock = static_cast<std::uint8_t>(fields.choice("lock", lock_words));
    const std::string name = fields.text("program");
    if (name.size() != name_bytes) fields.refuse("program", "takes a name of four characters, such as P000");
    Bytes out{static_cast<std::uint8_t>(fields.number("leading", 0, 0xFF)), lock};
    out.insert(out.end(), name.begin(), name.end());
    return out;
}

bool read_lock(Span bytes, json::object& out) {
    constexpr std::size_t all_bytes = 6;
    const auto printable = [](std::uint8_t byte) { return byte >= 0x20 && byte < 0x7F; };
    if (bytes.size() != all_bytes || bytes[1] > 1 || !std::ranges::all_of(bytes.subspan(2), printable)) return false;
    out["leading"] = bytes[0];
    out["lock"] = lock_words[bytes[1]];
    out["program"] = plain(bytes.subspan(2));
    return true;
}

Bytes write_data(FieldReader& fields, const Setup&) {
    return fields.bytes("data");
}

bool read_data(Span bytes, json::object& out) {
    out["data"] = hex_of(bytes);
    return true;
}

// --- the table

const FieldForm request_form{"request", "1..2", "1", "1 the sign must reply, 2 it must not"};
const FieldForm error_form{"error", "name or 0..255", "\"none\"", "what the sign found wrong"};
const FieldForm data_form{"data", "hex bytes", "\"\"", "what follows the five bytes of the command"};
const FieldForm reserved_form{std::string(reserved_field), "0..65535", "0", "two bytes after the request"};
const FieldForm process_form{std::string(process_mode_field), "0..65535", "0",
                             "1 clears the areas first; the maker's own tool sends a length here, and cards take it"};
const FieldForm group_form{"group", "0..255", "", "the command group: 0xA1 files, 0xA2 system, 0xA3 screen"};
const FieldForm code_form{"command_code", "0..255", "", "the command in its group"};

CommandForm form(const char* name, const char* summary, std::vector<FieldForm> fields) {
    fields.insert(fields.begin(), request_form);
    fields.push_back(reserved_form);
    return {.name = name, .summary = summary, .fields = std::move(fields)};
}

CommandForm answer_form(const char* name, const char* summary, std::vector<FieldForm> fields) {
    fields.insert(fields.end(), {error_form, reserved_form, data_form});
    return {.name = name, .summary = summary, .fields = std::move(fields), .answer = true};
}

}  // namespace

const std::vector<Row>& rows() {
    static const std::vector<Row> all{
        {form("ping", "asks whether the sign is there", {}), 0xA2, 0x00, nothing, no_bytes},
        {form("reset", "erases every file but the firmware and starts anew: not for daily use", {}), 0xA2, 0x01,
         nothing, no_bytes},
        {form("query_firmware", "asks for the version of the firmware", {}), 0xA2, 0x04, nothing, no_bytes},
        {form("query_status", "asks for the state of the card", {}), 0xA1, 0x02, nothing, no_bytes},
        {form("screen_power", "switches the glass on or off", {{"power", "on|off", "\"on\"", "what the glass does"}}),
         0xA3, 0x00, write_power, read_power},
        {form("brightness", "sets the brightness",
              {{"mode", "1..2", "1", "1 fixed, 2 by the time of day"},
               {"value", "0..15", "15", "brightness of mode 1"},
               {"half_hours", "hex bytes", "\"\"", "48 bytes, one for each half hour; left out: the value, all day"}}),
         0xA3, 0x02, write_brightness, read_brightness},
        {form("lock_program", "holds one stored program on the glass, or lets go of it",
              {{"lock", "lock|unlock", "\"lock\"", "hold it or let go"},
               {"program", "text", "", "its name, four characters such as P000"},
               {"leading", "0..255", "0", "a byte before them, 0"}}),
         0xA3, 0x04, write_lock, read_lock},
        {{.name = "dynamic_areas",
          .summary = "deletes and writes areas of live text",
          .fields = {request_form,
                     process_form,
                     {"delete", "all|none|area ids", "\"none\"", "areas that go, such as \"1, 2\""},
                     {"areas", "list of areas", "[]", "areas that come or change", area_forms}}},
         0xA3,
         0x06,
         write_areas,
         read_areas},
        {form("clear_screen", "clears the glass", {}), 0xA3, 0x10, nothing, no_bytes},
        {answer_form("ack", "the sign has obeyed", {}), answer_group, 0x00, write_data, read_data},
        {answer_form("nack", "the sign refuses, and says why", {}), answer_group, 0x01, write_data, read_data},
        {answer_form("answer", "the sign answers a question with data", {group_form, code_form}), 0, 0, write_data,
         read_data},
        {form("other", "any command by its numbers", {group_form, code_form, data_form}), 0, 0, write_data, read_data},
    };
    return all;
}

}  // namespace baytime::signs::onbon
