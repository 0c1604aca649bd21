// Onbon frames as named fields and back.
#include "display-drivers/signs/onbon_codec.hpp"

#include "display-drivers/signs/onbon_commands.hpp"

#include <algorithm>

namespace baytime::signs::onbon {

namespace json = boost::json;

namespace {

const std::vector<CommandForm>& commands() {
    static const auto all = [] {
        std::vector<CommandForm> out;
        for (const Row& row : rows()) out.push_back(row.form);
        out.push_back(bytes_form());
        return out;
    }();
    return all;
}

const Row& row_named(std::string_view name) {
    return *std::ranges::find_if(rows(), [&](const Row& row) { return row.form.name == name; });
}

const std::vector<FieldForm>& frame_forms() {
    static const auto all = [] {
        std::vector<FieldForm> out;
        for (const HeaderField& field : header_fields()) {
            out.push_back({.name = std::string(field.name),
                           .accepts = "0.." + std::to_string(field.most),
                           .otherwise = std::to_string(Header{}.*field.member),
                           .meaning = std::string(field.meaning)});
        }
        out.push_back({"heads", "1..64", "8", "how many bytes A5 lead the frame"});
        out.push_back({"crc", "0..65535", "0", "left out: as it must be"});
        return out;
    }();
    return all;
}

/// From the configured sign: `0001`.
std::uint32_t address_of(const Setup& setup) {
    return static_cast<std::uint32_t>(number_of("0x" + setup.address).value_or(1));
}

Header header_of(FieldReader& fields, const Setup& setup, bool answer) {
    Header header;
    for (const HeaderField& field : header_fields()) {
        header.*field.member = static_cast<std::uint32_t>(fields.number(field.name, 0, field.most));
    }
    if (!fields.given("destination")) header.destination = answer ? from_computer : address_of(setup);
    if (!fields.given("source") && answer) header.source = address_of(setup);
    return header;
}

std::uint8_t error_of(FieldReader& fields) {
    const std::string text = fields.text("error");
    if (const auto named = error_number(text)) return *named;
    return static_cast<std::uint8_t>(fields.number("error", 0, 0xFF));
}

Command command_of(FieldReader& fields, const Row& row, const Setup& setup) {
    constexpr std::int64_t most_byte = 0xFF, most_word = 0xFFFF;
    const bool by_number = row.group == 0;
    const auto small = [&](std::string_view name, std::int64_t least, std::int64_t most) {
        return static_cast<std::uint8_t>(fields.number(name, least, most));
    };
    const bool areas = row.form.name == "dynamic_areas";
    return {.group = by_number ? small("group", 0, most_byte) : row.group,
            .code = by_number ? small("command_code", 0, most_byte) : row.code,
            .request = row.form.answer ? error_of(fields) : small("request", 1, 2),
            .reserved =
                static_cast<std::uint16_t>(fields.number(areas ? process_mode_field : reserved_field, 0, most_word)),
            .parameters = row.write(fields, setup)};
}

Encoded encode(const json::object& command, const Setup& setup) {
    const auto form = form_of(commands(), command);
    if (const auto* fault = std::get_if<CodecFault>(&form)) return *fault;
    const CommandForm& chosen = *std::get<const CommandForm*>(form);
    if (auto made = as_bytes(chosen, command)) return *std::move(made);
    FieldReader fields(chosen, command, frame_forms());
    const Command made = command_of(fields, row_named(chosen.name), setup);
    const Header header = header_of(fields, setup, chosen.answer);
    const auto heads = static_cast<std::size_t>(fields.number("heads", 1, most_heads));
    std::optional<std::uint16_t> crc;
    if (fields.given("crc")) crc = static_cast<std::uint16_t>(fields.number("crc", 0, 0xFFFF));
    if (auto fault = fields.finished()) return *std::move(fault);
    Bytes bytes = frame(header, made, heads, crc);
    if (bytes.size() > most_frame_bytes) {
        return CodecFault{"bad-field", "",
                          "the frame has " + std::to_string(bytes.size()) + " bytes, and a card takes " +
                              std::to_string(most_frame_bytes) + "; send fewer areas or less text"};
    }
    return std::vector{packet(header, made, std::move(bytes))};
}

/// The first row that the bytes fit.
void explain(const Found& found, json::object& out) {
    const Command& command = found.command;
    const auto is = [&](const Row& row) {
        return row.group != 0 && row.group == command.group && row.code == command.code;
    };
    const bool replies = command.group == answer_group || command.request == 0 || command.request > 2;
    auto row = std::ranges::find_if(rows(), is);
    json::object fields;
    if (row == rows().end() || row->form.answer != replies || !row->read(command.parameters, fields)) {
        fields.clear();
        row = std::ranges::find(rows(), replies && command.group != answer_group ? "answer" : "other",
                                [](const Row& one) -> const std::string& { return one.form.name; });
        fields["group"] = command.group;
        fields["command_code"] = command.code;
        row->read(command.parameters, fields);
    }
    out["command"] = row->form.name;
    const auto name = error_name(command.request);
    if (!row->form.answer) {
        out["request"] = command.request;
    } else if (name.empty()) {
        out["error"] = command.request;
    } else {
        out["error"] = name;
    }
    out[row->form.name == "dynamic_areas" ? process_mode_field : reserved_field] = command.reserved;
    for (const auto& [key, value] : fields) out[key] = value;
}

json::array decode(std::span<const std::uint8_t> wire, const Setup& setup) {
    FrameList list(wire);
    for (const Found& found : frames_in(wire)) {
        if (!found.fault.empty()) {
            list.fault(found.offset, found.length, found.fault);
            continue;
        }
        json::object& out = list.frame(found.offset, found.length, "");
        explain(found, out);
        for (const HeaderField& field : header_fields()) out[field.name] = found.header.*field.member;
        out["heads"] = found.heads;
        constexpr std::size_t before_parameters = 5, check_bytes = 2;
        out["data_length"] = before_parameters + found.command.parameters.size();
        if (found.check != found.right_check) out["crc"] = found.check;
        out["check"] = check_text(found.check, found.right_check, check_bytes);
    }
    return list.take([&](const json::object& command) { return encode(command, setup); });
}

}  // namespace

const Codec codec{.commands = commands, .frame_fields = frame_forms, .encode = encode, .decode = decode};

}  // namespace baytime::signs::onbon
