#include "display-drivers/signs/fields.hpp"

#include "config/message.hpp"

#include <algorithm>
#include <charconv>

namespace baytime::signs {

namespace json = boost::json;

namespace {

/// Case and `-` for `_` do not matter in names.
std::string plain_name(std::string_view name) {
    std::string out(name);
    for (char& c : out) {
        if (c == '-') c = '_';
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

/// As people wrote it, short enough for a sentence.
std::string shown(const json::value& value) {
    constexpr std::size_t most = 60;  // bytes
    std::string out = json::serialize(value);
    if (out.size() > most) out = out.substr(0, most) + "...";
    return out;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

/// `; did you mean "plate"?`, or nothing.
std::string hint(std::string_view name, const std::vector<std::string>& known) {
    const std::string near = config::nearest(name, known);
    return near.empty() ? "" : "; did you mean " + near + "?";
}

constexpr std::string_view bytes_command = "bytes";

/// `0x0298`.
std::string hex_number(std::uint64_t value, std::size_t bytes) {
    Bytes out;
    for (std::size_t i = bytes; i > 0; --i) out.push_back(static_cast<std::uint8_t>(value >> (8 * (i - 1))));
    return "0x" + hex_of(out, false);
}

/// A frame that could not be made again, by its bytes.
json::object by_bytes(const json::object& frame) {
    json::object out, explained;
    for (const auto& [key, value] : frame) {
        const bool place = key == "offset" || key == "length" || key == "hex";
        (place || key == "check" ? out : explained)[key] = value;
        if (key == "hex") out["command"] = bytes_command;
    }
    out["explained"] = std::move(explained);
    return out;
}

Bytes bytes_in(const json::object& frame) {
    return bytes_of_hex(std::string_view(frame.at("hex").get_string())).value_or(Bytes{});
}

}  // namespace

CommandForm bytes_form() {
    return {.name = std::string(bytes_command),
            .summary = "any bytes as they are, such as noise",
            .fields = {{"hex", "hex bytes", "", "the bytes"}, {"pause_ms", "0..60000", "0", "rest behind them, ms"}}};
}

std::optional<Encoded> as_bytes(const CommandForm& form, const json::object& command) {
    if (form.name != bytes_command) return std::nullopt;
    constexpr std::int64_t most_pause = 60'000;
    FieldReader fields(form, command);
    Packet packet{.bytes = fields.bytes("hex"),
                  .pause_after = std::chrono::milliseconds(fields.number("pause_ms", 0, most_pause))};
    if (packet.bytes.empty()) fields.refuse("hex", "takes one byte at least");
    if (auto fault = fields.finished()) return *std::move(fault);
    return std::vector<Packet>{std::move(packet)};
}

bool is_made_of(const Encoded& made, std::span<const std::uint8_t> bytes) {
    const auto* packets = std::get_if<std::vector<Packet>>(&made);
    if (packets == nullptr) return false;
    Bytes all;
    for (const Packet& packet : *packets) all.insert(all.end(), packet.bytes.begin(), packet.bytes.end());
    return std::ranges::equal(all, bytes);
}

std::string check_text(std::uint64_t is, std::uint64_t should_be, std::size_t bytes) {
    if (is == should_be) return "good";
    return "bad: it is " + hex_number(is, bytes) + ", it should be " + hex_number(should_be, bytes);
}

std::string check_text(std::string_view is, std::string_view should_be) {
    if (is == should_be) return "good";
    const bool digits = is.find_first_not_of("0123456789ABCDEFabcdef") == std::string_view::npos;
    const std::string shown = digits && !is.empty() ? "0x" + std::string(is) : '"' + text_of_bytes(is) + '"';
    return "bad: it is " + shown + ", it should be 0x" + std::string(should_be);
}

std::variant<const CommandForm*, CodecFault> form_of(const std::vector<CommandForm>& commands,
                                                     const json::object& command) {
    const auto* value = command.if_contains("command");
    if (value == nullptr || !value->is_string()) {
        return CodecFault{"missing-field", "command", "the name of the command is missing; give \"command\" as a text"};
    }
    const std::string name = plain_name(std::string_view(value->get_string()));
    const auto found = std::ranges::find(commands, name, &CommandForm::name);
    if (found != commands.end()) return &*found;
    std::vector<std::string> names;
    for (const auto& form : commands) names.push_back(form.name);
    return CodecFault{"unknown-command", "command",
                      "there is no command " + shown(*value) + hint(name, names) + " It knows: " + joined(names)};
}

FieldReader::FieldReader(const CommandForm& form, const json::object& command,
                         const std::vector<FieldForm>& frame_fields)
    : subject_(form.name), forms_(form.fields) {
    forms_.insert(forms_.end(), frame_fields.begin(), frame_fields.end());
    json::object values = command;
    values.erase("command");
    for (const auto key : decode_keys) {
        if (form_named(key) == nullptr) values.erase(key);
    }
    take(values);
}

FieldReader::FieldReader(std::string subject, const std::vector<FieldForm>& forms, const json::object& values)
    : subject_(std::move(subject)), forms_(forms) {
    take(values);
}

void FieldReader::take(const json::object& values) {
    for (const auto& [key, value] : values) {
        const std::string name = plain_name(key);
        if (form_named(name) != nullptr) {
            if (values_.contains(name)) refuse(name, "is given twice");
            values_[name] = value;
            continue;
        }
        std::vector<std::string> names;
        for (const auto& form : forms_) names.push_back(form.name);
        const std::string known = names.empty() ? "it takes no field" : "it takes " + joined(names);
        set_fault({"unknown-field", name, subject_ + " has no field " + name + hint(name, names) + " (" + known + ")"});
    }
    for (const auto& form : forms_) {
        if (!form.otherwise.empty()) defaults_[form.name] = json::parse(form.otherwise);
    }
}

const FieldForm* FieldReader::form_named(std::string_view field) const {
    const auto found = std::ranges::find(forms_, field, &FieldForm::name);
    return found == forms_.end() ? nullptr : &*found;
}

bool FieldReader::given(std::string_view field) const {
    return values_.contains(field);
}

std::optional<CodecFault> FieldReader::finished() const {
    if (fault_) return fault_;
    for (const auto& [key, value] : values_) {
        const std::string name(key);
        if (!read_.contains(name)) {
            return CodecFault{"bad-field", name, name + " of " + subject_ + " has no use beside the other fields"};
        }
    }
    return std::nullopt;
}

const json::value* FieldReader::value_of(std::string_view field) {
    read_.emplace(field);
    if (const auto* value = values_.if_contains(field)) return value;
    if (const auto* value = defaults_.if_contains(field)) return value;
    const auto* form = form_named(field);
    const std::string takes = form == nullptr ? "" : "; it takes " + form->accepts + ": " + form->meaning;
    set_fault({"missing-field", std::string(field), subject_ + " needs the field " + std::string(field) + takes});
    return nullptr;
}

void FieldReader::set_fault(CodecFault fault) {
    if (!fault_) fault_ = std::move(fault);
}

void FieldReader::refuse(std::string_view field, const std::string& sentence) {
    set_fault({"bad-field", std::string(field), std::string(field) + " of " + subject_ + " " + sentence});
}

std::int64_t FieldReader::number(std::string_view field, std::int64_t least, std::int64_t most) {
    const auto* value = value_of(field);
    if (value == nullptr) return least;
    std::optional<std::int64_t> number;
    if (value->is_int64()) number = value->get_int64();
    if (value->is_uint64() && value->get_uint64() <= INT64_MAX) number = static_cast<std::int64_t>(value->get_uint64());
    if (value->is_string()) number = number_of(std::string_view(value->get_string()));
    if (number && *number >= least && *number <= most) return *number;
    refuse(field,
           "takes a number from " + std::to_string(least) + " to " + std::to_string(most) + ", not " + shown(*value));
    return least;
}

std::string FieldReader::text(std::string_view field) {
    const auto* value = value_of(field);
    if (value == nullptr) return {};
    if (value->is_string()) return std::string(value->get_string());
    if (value->is_int64()) return std::to_string(value->get_int64());
    if (value->is_uint64()) return std::to_string(value->get_uint64());
    refuse(field, "takes a text, not " + shown(*value));
    return {};
}

Bytes FieldReader::bytes(std::string_view field) {
    const auto* value = value_of(field);
    if (value == nullptr) return {};
    if (value->is_string()) {
        if (auto bytes = bytes_of_hex(std::string_view(value->get_string()))) return *std::move(bytes);
    }
    refuse(field, "takes bytes as hex digits, such as \"1B 20 62\", not " + shown(*value));
    return {};
}

bool FieldReader::yes(std::string_view field) {
    constexpr std::string_view words[] = {"no", "yes", "off", "on", "false", "true", "0", "1"};
    const auto* value = value_of(field);
    if (value == nullptr) return false;
    if (value->is_bool()) return value->get_bool();
    std::string text = value->is_string() ? plain_name(std::string_view(value->get_string())) : shown(*value);
    const auto* found = std::ranges::find(words, text);
    if (found != std::end(words)) return (found - std::begin(words)) % 2 == 1;
    refuse(field, "takes yes or no, not " + shown(*value));
    return false;
}

std::size_t FieldReader::choice(std::string_view field, std::span<const std::string_view> words, bool numbered) {
    const auto* value = value_of(field);
    if (value == nullptr) return 0;
    const std::string text = value->is_string() ? plain_name(std::string_view(value->get_string())) : shown(*value);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (plain_name(words[i]) == text) return i;
    }
    const auto position = numbered ? number_of(text) : std::nullopt;
    if (position && *position >= 0 && *position < static_cast<std::int64_t>(words.size())) {
        return static_cast<std::size_t>(*position);
    }
    std::vector<std::string> names(words.begin(), words.end());
    refuse(field, "takes one of " + joined(names) + ", not " + shown(*value) + hint(text, names));
    return 0;
}

void FieldReader::each(std::string_view field, const std::vector<FieldForm>& forms,
                       const std::function<void(FieldReader&)>& entry) {
    if (!given(field) && !defaults_.contains(field)) return;
    const auto* value = value_of(field);
    if (!value->is_array()) return refuse(field, "takes a list of objects, not " + shown(*value));
    std::size_t position = 0;
    for (const auto& one : value->get_array()) {
        ++position;
        if (!one.is_object()) return refuse(field, "takes a list of objects; one of them is " + shown(one));
        FieldReader inner(subject_ + " " + std::string(field) + " " + std::to_string(position), forms,
                          one.get_object());
        entry(inner);
        if (auto fault = inner.finished()) set_fault(*std::move(fault));
    }
}

json::object& FrameList::entry(std::size_t offset, std::size_t length) {
    gap(offset);
    at_ = offset + length;
    out_.push_back(
        json::object{{"offset", offset}, {"length", length}, {"hex", hex_of(wire_.subspan(offset, length))}});
    return out_.back().get_object();
}

json::object& FrameList::frame(std::size_t offset, std::size_t length, std::string_view command) {
    auto& out = entry(offset, length);
    out["command"] = command;
    return out;
}

void FrameList::fault(std::size_t offset, std::size_t length, const std::string& sentence) {
    auto& out = entry(offset, length);
    out["command"] = bytes_command;
    out["fault"] = sentence;
}

void FrameList::gap(std::size_t until) {
    if (until <= at_) return;
    const std::size_t length = until - at_;
    const std::string sentence = std::to_string(length) + (length == 1 ? " byte" : " bytes") + " outside of any frame";
    fault(at_, length, sentence);
}

json::array FrameList::take(const std::function<Encoded(const json::object&)>& encode) {
    gap(wire_.size());
    for (json::value& one : out_) {
        json::object& frame = one.get_object();
        if (!frame.contains("fault") && !is_made_of(encode(frame), bytes_in(frame))) frame = by_bytes(frame);
    }
    return std::move(out_);
}

}  // namespace baytime::signs
