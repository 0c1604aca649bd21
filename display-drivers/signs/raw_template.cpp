#include "display-drivers/signs/raw_template.hpp"

#include "config/names.hpp"
#include "config/reader.hpp"
#include "display-drivers/signs/fields.hpp"
#include "display-drivers/signs/raw_frame_text.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace baytime::signs {

using namespace raw;

namespace raw {

std::size_t NumberForm::size() const {
    if (as == NumberKind::byte) return 1;
    return as == NumberKind::low_high || as == NumberKind::high_low ? 2 : static_cast<std::size_t>(digits);
}

int NumberForm::most() const {
    if (as == NumberKind::byte) return 0xFF;
    if (as == NumberKind::low_high || as == NumberKind::high_low) return 0xFFFF;
    int out = 1;
    for (int i = 0; i < digits; ++i) out *= as == NumberKind::hex ? 16 : 10;
    return out - 1;
}

std::size_t Frame::place(PartKind kind) const {
    return static_cast<std::size_t>(std::ranges::find(parts, kind, &Part::kind) - parts.begin());
}

std::size_t check_size(const RawTemplate& form) {
    return form.check == CheckKind::none ? 0 : form.check_as.size();
}

std::size_t size_of(const Part& part, const RawTemplate& form) {
    switch (part.kind) {
        case PartKind::literal: return part.bytes.size();
        case PartKind::text: return form.width;
        case PartKind::address: return form.address_as.size();
        case PartKind::line: return form.line_as.size();
        case PartKind::colour: return form.colours[0].size();
        case PartKind::brightness: return form.brightness_as.size();
        case PartKind::length: return form.length_as.size();
        case PartKind::check: break;
    }
    return check_size(form);
}

bool never_in_text(std::uint8_t byte, const RawTemplate& form) {
    if (std::ranges::find(form.line_break, byte) != form.line_break.end()) return false;
    return byte < ' ' || byte == 0x7F || byte == 0xFF || (form.encoding == Encoding::ascii && byte >= 0x80);
}

}  // namespace raw

namespace {

constexpr std::uintmax_t most_file_bytes = 64 * 1024;
constexpr std::int64_t most_pause_ms = 10'000, most_refresh_seconds = 3600;
constexpr std::size_t most_set_up = 16;
constexpr int most_digits = 5;

/// Words of the file, in the order of their enumeration.
constexpr std::string_view encodings[] = {"utf-8", "gbk", "ascii"};
constexpr std::string_view checks[] = {"none", "sum8", "xor8", "lrc", "sum16", "crc16-modbus", "crc16-ccitt"};
constexpr std::string_view numbers[] = {"byte", "low-high", "high-low", "hex", "decimal"};
constexpr std::string_view meanings[] = {"normal", "good", "attention", "alarm"};

template <class Kind>
Kind read_choice(const config::Table& table, std::string_view key, std::string_view otherwise,
                 std::span<const std::string_view> words) {
    const std::string word = table.choice(key, otherwise, {words.begin(), words.end()});
    return static_cast<Kind>(std::ranges::find(words, std::string_view(word)) - words.begin());
}

class Reader {
public:
    explicit Reader(const config::Table& root) : root_(root) {}

    std::shared_ptr<const RawTemplate> read() {
        form_.name = config::name(root_, "name", "raw");
        form_.pause = std::chrono::milliseconds(root_.number("pause_ms", form_.pause.count(), 0, most_pause_ms));
        form_.refresh = std::chrono::seconds(root_.number("refresh_seconds", 0, 0, most_refresh_seconds));
        read_text();
        const auto line = root_.table("line");
        form_.lines = static_cast<int>(line.number("lines", 1, 1, most_lines));
        form_.first_line = static_cast<int>(line.number("first", 1, 0, most_byte));
        form_.line_as = number_form(line);
        form_.address_as = number_form(root_.table("address"));
        read_colours();
        const auto brightness = root_.table("brightness");
        form_.brightness_as = number_form(brightness);
        form_.darkest = static_cast<int>(brightness.number("darkest", 0, 0, form_.brightness_as.most()));
        form_.brightest = static_cast<int>(brightness.number("brightest", 15, 0, form_.brightness_as.most()));
        read_length_and_check();
        read_escape();
        const auto answer = root_.table("answer");
        form_.acknowledged = pattern(answer, "expects");
        form_.refused = pattern(answer, "refuses");
        read_frames();
        if (!sound_) return nullptr;
        return std::make_shared<const RawTemplate>(std::move(form_));
    }

private:
    static constexpr int most_byte = 0xFF;

    void fault(const config::Table& table, std::string_view key, const std::string& what, const std::string& accepted) {
        table.fault(key, what, accepted);
        sound_ = false;
    }

    static NumberForm number_form(const config::Table& table, std::string_view otherwise = "byte") {
        return {.as = read_choice<NumberKind>(table, "as", otherwise, numbers),
                .digits = static_cast<int>(table.number("digits", 2, 1, most_digits))};
    }

    Bytes bytes(const config::Table& table, std::string_view key, std::string_view otherwise, std::size_t most) {
        const auto out = bytes_of_hex(table.text(key, otherwise));
        if (out && out->size() <= most) return *out;
        fault(table, key, "this is not " + std::to_string(most) + " bytes or fewer",
              "hex digits in pairs, such as \"0D\"");
        return {};
    }

    void read_text() {
        constexpr std::size_t most_break_bytes = 4;
        constexpr int most_letter_dots = 64;
        const auto table = root_.table("text");
        form_.encoding = read_choice<Encoding>(table, "encoding", "ascii", encodings);
        form_.width = static_cast<std::size_t>(table.number("width", 0, 0, most_text_bytes));
        form_.most = static_cast<std::size_t>(table.number("most", 64, 1, most_text_bytes));
        form_.padding = static_cast<std::uint8_t>(table.number("padding", ' ', 0, most_byte));
        form_.right = table.choice("justify", "left", {"left", "right"}) == "right";
        form_.letter_dots = static_cast<int>(table.number("letter_dots", 0, 0, most_letter_dots));
        form_.line_break = bytes(table, "line_break", "20", most_break_bytes);
        const bool ascii = std::ranges::all_of(form_.line_break, [](std::uint8_t b) { return b < 0x7F && b != 0; });
        if (!ascii || form_.line_break.empty()) {
            fault(table, "line_break", "a line break is made of bytes below 7F", "\"20\", a blank, or \"0A\"");
        }
    }

    void read_colours() {
        constexpr std::size_t most_colour_bytes = 8;
        const auto table = root_.table("colour");
        form_.colours[0] = bytes(table, meanings[0], "", most_colour_bytes);
        for (std::size_t i = 1; i < form_.colours.size(); ++i) {
            form_.colours[i] =
                table.has(meanings[i]) ? bytes(table, meanings[i], "", most_colour_bytes) : form_.colours[0];
            if (form_.colours[i].size() != form_.colours[0].size()) {
                fault(table, meanings[i], "all colours take the same number of bytes", "as many as normal has");
            }
        }
    }

    void read_length_and_check() {
        const auto length = root_.table("length");
        form_.length_as = number_form(length);
        form_.length_more = static_cast<int>(length.number("add", 0, -most_byte, most_byte));
        spans_.length = length.text("over", "");
        const auto check = root_.table("check");
        form_.check = read_choice<CheckKind>(check, "kind", "none", checks);
        const bool small =
            form_.check == CheckKind::sum8 || form_.check == CheckKind::xor8 || form_.check == CheckKind::lrc;
        const std::string usual = small ? "byte" : form_.check == CheckKind::crc16_modbus ? "low-high" : "high-low";
        const std::vector<std::string> ways =
            small ? std::vector<std::string>{"byte", "hex"} : std::vector<std::string>{"low-high", "high-low", "hex"};
        const std::string as = check.choice("as", usual, ways);
        form_.check_as = {.as = static_cast<NumberKind>(std::ranges::find(numbers, std::string_view(as)) - numbers),
                          .digits = small ? 2 : 4};
        const bool all_ones = form_.check == CheckKind::crc16_modbus || form_.check == CheckKind::crc16_ccitt;
        form_.check_start = static_cast<int>(check.number("start", all_ones ? 0xFFFF : 0, 0, small ? 0xFF : 0xFFFF));
        spans_.check = check.text("over", "");
    }

    void read_escape() {
        constexpr std::size_t most_escape_bytes = 4;
        const auto escape = root_.table("escape");
        spans_.escape = escape.text("over", "");
        const auto table = escape.table("bytes");
        for (const std::string& key : table.keys()) {
            const auto byte = bytes_of_hex(key);
            if (!byte || byte->size() != 1)
                fault(table, key, "\"" + key + "\" is no byte", "two hex digits, such as \"7D\"");
            const Bytes sent = bytes(table, key, "", most_escape_bytes);
            if (sent.size() < 2) fault(table, key, "an escaped byte is sent as two bytes or more", "\"7D 5D\"");
            if (byte && byte->size() == 1) form_.escapes.push_back({.byte = byte->front(), .sent = sent});
        }
        check_escapes(escape);
        if (spans_.escape.empty() != form_.escapes.empty()) {
            fault(root_, "escape", "an escape needs both: over which bytes, and which",
                  "over = \"FROM..TO\" and [escape.bytes]");
        }
    }

    /// What is sent can be told apart: it begins with a byte that is escaped itself, and none begins another.
    void check_escapes(const config::Table& table) {
        for (const Escape& one : form_.escapes) {
            if (one.sent.empty()) continue;
            const bool lead = std::ranges::find(form_.escapes, one.sent.front(), &Escape::byte) != form_.escapes.end();
            const bool unique = std::ranges::none_of(form_.escapes, [&one](const Escape& other) {
                return other.byte != one.byte && other.sent.size() >= one.sent.size() &&
                       std::equal(one.sent.begin(), one.sent.end(), other.sent.begin());
            });
            if (!lead || !unique) {
                return fault(table, "bytes", "what " + hex_of(std::span(&one.byte, 1)) + " is sent as cannot be undone",
                             "a first byte that has its own entry, and no two alike");
            }
        }
    }

    Pattern pattern(const config::Table& table, std::string_view key) {
        constexpr std::size_t most_answer_bytes = 64;
        Pattern out;
        std::string text = table.text(key, "");
        std::erase(text, ' ');
        for (std::size_t i = 0; i < text.size(); i += 2) {
            const std::string pair = text.substr(i, 2);
            const auto byte = pair == "??" ? Bytes{0} : bytes_of_hex(pair).value_or(Bytes{});
            if (byte.size() != 1 || out.size() >= most_answer_bytes) {
                fault(table, key, "\"" + pair + "\" is no byte", "up to 64 hex pairs, ?? for any byte: \"02 ?? 06\"");
                return {};
            }
            out.push_back(pair == "??" ? std::nullopt : std::optional(byte.front()));
        }
        return out;
    }

    Frame frame(std::string_view key, const std::string& text) {
        auto parsed = parse_frame(text, form_, spans_);
        if (const auto* wrong = std::get_if<FrameFault>(&parsed)) {
            fault(root_, key, wrong->what, wrong->accepted);
            return {};
        }
        return std::get<Frame>(std::move(parsed));
    }

    void read_frames() {
        if (!root_.has("frame")) fault(root_, "frame", "\"frame\" is missing", "frame = \"02 {text} 03\"");
        if (!sound_) return;
        form_.frame = frame("frame", root_.text("frame", ""));
        if (!sound_) return;
        if (!form_.frame.has(PartKind::text)) fault(root_, "frame", "the frame carries no text", "{text} in the frame");
        if (form_.lines > 1 && !form_.frame.has(PartKind::line)) {
            fault(root_.table("line"), "lines", "there are several lines, and the frame has no {line}",
                  "lines = 1, or {line}");
        }
        const auto texts = root_.texts("set_up");
        if (texts.size() > most_set_up) fault(root_, "set_up", "these are too many", "at most 16 frames");
        for (const auto& text : texts) {
            form_.set_up.push_back(frame("set_up", text));
            const Frame& last = form_.set_up.back();
            if (last.has(PartKind::text) || last.has(PartKind::line) || last.has(PartKind::colour)) {
                fault(root_, "set_up", "a set-up frame is sent before any text", "no {text}, {line} or {colour} in it");
            }
        }
    }

    const config::Table& root_;
    RawTemplate form_;
    Spans spans_;
    bool sound_ = true;
};

std::string whole_file(const std::filesystem::path& path) {
    std::error_code failed;
    if (std::filesystem::file_size(path, failed) > most_file_bytes && !failed) {
        throw std::runtime_error(path.string() + ": a template is not that long");
    }
    std::ifstream in(path, std::ios::binary);
    if (!in || failed) throw std::runtime_error(path.string() + ": this template cannot be read");
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::shared_ptr<const RawTemplate> read_raw_template(const config::Table& table) {
    return Reader(table).read();
}

std::shared_ptr<const RawTemplate> parse_raw_template(std::string_view text, const std::string& file) {
    const auto toml = config::File::parse(text, file);
    const auto root = toml.root();
    auto out = read_raw_template(root);
    toml.finish();
    return out;
}

std::shared_ptr<const RawTemplate> load_raw(std::string_view name, const std::string& folder) {
    std::string known = "the name of a file";
    for (const ShippedRaw& one : shipped_raw()) {
        if (one.name == name) return parse_raw_template(one.text, std::string(name) + ".toml");
        known += ", " + std::string(one.name);
    }
    const auto path = std::filesystem::path(folder) / name;
    if (std::filesystem::is_regular_file(path)) return parse_raw_template(whole_file(path), path.string());
    throw std::runtime_error("there is no template \"" + std::string(name) + "\"; accepted here: " + known);
}

std::shared_ptr<const RawTemplate> raw_of(const Setup& setup) {
    if (setup.raw) return setup.raw;
    const auto named = setup.options.find("template");
    const std::string name = named == setup.options.end() ? std::string(usual_raw) : named->second;
    for (const ShippedRaw& one : shipped_raw()) {
        if (one.name == name) return load_raw(name, "");
    }
    throw std::runtime_error("the template \"" + name + "\" was not loaded");
}

}  // namespace baytime::signs
