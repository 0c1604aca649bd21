// Frames of a raw template as named fields and back: the text, and the set-up frames by their number.
#include "display-drivers/signs/raw_frames.hpp"
#include "display-drivers/signs/raw_text.hpp"

#include "display-drivers/signs/fields.hpp"

#include <algorithm>
#include <charconv>

namespace baytime::signs {

namespace json = boost::json;

namespace {

using namespace raw;

const std::vector<CommandForm>& commands() {
    static const std::vector<CommandForm> all{
        {.name = "text",
         .summary = "a text, in the frame of the template",
         .fields = {{"text", "text", "\"\"", "in the letters of the template"},
                    {"text_hex", "hex bytes", "\"\"", "the text as bytes, when it is none in that encoding"},
                    {"line", "0..65535", "1", "which line, counted as the sign does"},
                    {"colour", "hex bytes", "\"\"", "left out: as normal text"}}},
        {.name = "set_up",
         .summary = "a set-up frame of the template",
         .fields = {{"number", "1..16", "1", "which of them, in the order of the template"}}},
        {.name = "acknowledged", .summary = "the answer that all is well, as the template has it", .answer = true},
        {.name = "refused", .summary = "the answer that it is not, as the template has it", .answer = true},
        bytes_form(),
    };
    return all;
}

const std::vector<FieldForm>& frame_forms() {
    static const std::vector<FieldForm> all{
        {"address", "0..65535", "0", "left out: the sign's own"},
        {"brightness", "0..65535", "0", "left out: as the sign is set"},
        {"sum", "0..65535", "0", "the check; left out: as it must be"},
        {"answer_hex", "hex bytes", "\"\"", "an answer's bytes where any may stand"}};
    return all;
}

Bytes text_bytes(FieldReader& fields, const RawTemplate& form) {
    Bytes out;
    if (fields.given("text_hex")) {
        out = fields.bytes("text_hex");
    } else {
        const auto bytes = exact(fields.text("text"), form);
        if (!bytes) fields.refuse("text", "has a character that the template's encoding lacks");
        if (bytes) out.assign(bytes->begin(), bytes->end());
    }
    const std::size_t most = form.width > 0 ? form.width : form.most;
    if (out.size() > most)
        fields.refuse("text", "has more than the " + std::to_string(most) + " bytes of the template");
    return out;
}

Values read_values(FieldReader& fields, const Frame& frame, const RawTemplate& form, const Setup& setup) {
    // What the frame has no place for is not read, and so refused when it is given.
    const auto number = [&](std::string_view name, PartKind part, const NumberForm& as, int otherwise) {
        const bool given = fields.given(name) && frame.has(part);
        return given ? static_cast<int>(fields.number(name, 0, as.most())) : otherwise;
    };
    constexpr int whole = 100;
    int own = 0;
    std::from_chars(setup.address.data(), setup.address.data() + setup.address.size(), own);
    Values out{.colour = form.colours[0]};
    out.address = number("address", PartKind::address, form.address_as, own);
    out.brightness = number("brightness", PartKind::brightness, form.brightness_as,
                            form.darkest + (form.brightest - form.darkest) * setup.brightness / whole);
    if (fields.given("sum") && frame.has(PartKind::check)) {
        out.check = static_cast<unsigned>(fields.number("sum", 0, form.check_as.most()));
    }
    if (frame.has(PartKind::text)) out.text = text_bytes(fields, form);
    out.line = number("line", PartKind::line, form.line_as, form.first_line);
    if (fields.given("colour") && frame.has(PartKind::colour)) out.colour = fields.bytes("colour");
    if (out.colour.size() != form.colours[0].size()) {
        fields.refuse("colour", "takes " + std::to_string(form.colours[0].size()) + " bytes in this template");
    }
    return out;
}

Bytes answer_bytes(FieldReader& fields, const Pattern& pattern) {
    Bytes out = fields.bytes("answer_hex");
    if (!fields.given("answer_hex")) {
        for (const auto& byte : pattern) out.push_back(byte.value_or(0));
    }
    if (out.empty()) fields.refuse("answer_hex", "is empty: the template has no such answer");
    return out;
}

Encoded encode(const json::object& command, const Setup& setup) {
    const auto form = raw_of(setup);
    const auto found = form_of(commands(), command);
    if (const auto* fault = std::get_if<CodecFault>(&found)) return *fault;
    const CommandForm& chosen = *std::get<const CommandForm*>(found);
    if (auto made = as_bytes(chosen, command)) return *std::move(made);
    FieldReader fields(chosen, command, frame_forms());
    const bool text = chosen.name == "text";
    Bytes bytes;
    if (chosen.answer) {
        bytes = answer_bytes(fields, chosen.name == "refused" ? form->refused : form->acknowledged);
    } else {
        const auto count = static_cast<std::int64_t>(form->set_up.size());
        const auto number = text ? 1 : fields.number("number", 1, 16);
        if (!text && number > count) {
            fields.refuse("number", "goes to " + std::to_string(count) + ": so many set-up frames the template has");
        }
        if (fields.fault()) return *fields.fault();
        const Frame& frame = text ? form->frame : form->set_up[static_cast<std::size_t>(number - 1)];
        const Values values = read_values(fields, frame, *form, setup);
        if (!fields.fault()) bytes = build(frame, *form, values);
    }
    if (auto fault = fields.finished()) return *std::move(fault);
    return std::vector<Packet>{{.bytes = std::move(bytes),
                                .pause_after = form->pause,
                                .acknowledged = !chosen.answer && !form->acknowledged.empty()}};
}

void explain(json::object& out, const Frame& frame, const RawTemplate& form, const Values& values) {
    if (frame.has(PartKind::text)) {
        const std::string raw(values.text.begin(), values.text.end());
        const std::string text = shown(raw, form);
        const bool same = exact(text, form) == raw;
        out[same ? "text" : "text_hex"] = same ? text : hex_of(values.text);
    }
    if (frame.has(PartKind::line)) out["line"] = values.line;
    if (frame.has(PartKind::colour)) out["colour"] = hex_of(values.colour);
    if (frame.has(PartKind::address)) out["address"] = values.address;
    if (frame.has(PartKind::brightness)) out["brightness"] = values.brightness;
}

/// Whether a frame made of the fields is the same again: a field as wide as the text, escapes that were not needed.
bool same_again(const Frame& frame, const RawTemplate& form, const Found& found, std::span<const std::uint8_t> bytes) {
    const Bytes again = build(frame, form, found.values);
    return std::ranges::equal(again, bytes.first(found.length));
}

/// How many bytes of a frame begin here; explained in `list`. 0: none.
std::size_t explain_frame(FrameList& list, std::span<const std::uint8_t> wire, std::size_t at,
                          const RawTemplate& form) {
    const auto rest = wire.subspan(at, std::min(wire.size() - at, most_frame_bytes));
    for (std::size_t i = 0; i <= form.set_up.size(); ++i) {
        const Frame& frame = i == 0 ? form.frame : form.set_up[i - 1];
        const auto found = frame_at(frame, form, rest);
        if (!found || !same_again(frame, form, *found, rest)) continue;
        json::object& out = list.frame(at, found->length, i == 0 ? "text" : "set_up");
        if (i > 0) out["number"] = i;
        explain(out, frame, form, found->values);
        if (!found->values.check) return found->length;
        if (!found->check_right()) out["sum"] = *found->values.check;
        out["check"] = check_text(*found->values.check, found->right_check, check_size(form));
        return found->length;
    }
    return 0;
}

std::size_t explain_answer(FrameList& list, std::span<const std::uint8_t> wire, std::size_t at,
                           const RawTemplate& form) {
    const auto rest = wire.subspan(at);
    for (const auto& [name, pattern] :
         {std::pair{"acknowledged", &form.acknowledged}, std::pair{"refused", &form.refused}}) {
        const bool begins =
            !pattern->empty() && pattern->size() <= rest.size() &&
            std::equal(pattern->begin(), pattern->end(), rest.begin(),
                       [](const auto& wanted, std::uint8_t byte) { return !wanted || *wanted == byte; });
        if (!begins) continue;
        list.frame(at, pattern->size(), name)["answer_hex"] = hex_of(rest.first(pattern->size()));
        return pattern->size();
    }
    return 0;
}

json::array decode(std::span<const std::uint8_t> wire, const Setup& setup) {
    const auto form = raw_of(setup);
    FrameList list(wire);
    for (std::size_t at = 0; at < wire.size();) {
        std::size_t length = explain_frame(list, wire, at, *form);
        if (length == 0) length = explain_answer(list, wire, at, *form);
        at += std::max<std::size_t>(length, 1);
    }
    return list.take([&](const json::object& command) { return encode(command, setup); });
}

}  // namespace

extern const Codec raw_codec;
const Codec raw_codec{.commands = commands, .frame_fields = frame_forms, .encode = encode, .decode = decode};

}  // namespace baytime::signs
