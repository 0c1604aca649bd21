// Driver for the strip nobody documented: its frame is a template in the configuration (raw_template.hpp), found out
// with the maker's program and a listening cable. Source: none; that is what the template is for.
#include "display-drivers/signs/raw_frames.hpp"
#include "display-drivers/signs/raw_sign.hpp"
#include "display-drivers/signs/raw_text.hpp"
#include "display-drivers/signs/setup.hpp"

#include "config/reader.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace baytime::signs {

extern const Codec raw_codec;

namespace {

using namespace raw;

constexpr int most_address = 65535;

int address_of(const Setup& setup) {
    int address = 1;
    std::from_chars(setup.address.data(), setup.address.data() + setup.address.size(), address);
    return address;
}

bool is_address(std::string_view value) {
    int address = -1;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), address);
    return failed == std::errc{} && end == value.data() + value.size() && address >= 0 && address <= most_address;
}

constexpr OptionForm options[] = {
    {.name = "template",
     .otherwise = usual_raw,
     .accepts = "plain, strip, or the name of a file",
     .meaning = "the sign's frame",
     .fits = [](std::string_view value) { return !value.empty(); }},
};

void check_address(const Setup& setup) {
    const int most = setup.raw->address_as.most();
    if (!setup.raw->frame.has(PartKind::address) || address_of(setup) <= most) return;
    throw std::runtime_error("the address " + setup.address + " does not fit the template, where the highest is " +
                             std::to_string(most));
}

void prepare(Setup& setup, const std::string& folder) {
    if (!setup.raw) setup.raw = load_raw(option(setup, options, "template"), folder);
    check_address(setup);
}

/// `[sign.template]` stands in the configuration itself.
void configure(const config::Table& sign, Setup& setup) {
    if (!sign.has("template")) return;
    setup.raw = read_raw_template(sign.table("template"));
    if (!setup.raw) setup.raw = load_raw("strip", {});  // so that one fault does not bring others with it
    if (sign.table("options").has("template")) {
        sign.fault("template", "the template is given twice", "either [sign.template] or template in [sign.options]");
    }
}

Values values_of(const Setup& setup) {
    const RawTemplate& form = *setup.raw;
    constexpr int all = 100;
    return {.address = address_of(setup),
            .brightness = form.darkest + (form.brightest - form.darkest) * setup.brightness / all,
            .colour = form.colours[0]};
}

Packet packet(const std::string& target, Bytes bytes, const RawTemplate& form) {
    return {.target = target,
            .bytes = std::move(bytes),
            .pause_after = form.pause,
            .acknowledged = !form.acknowledged.empty()};
}

/// With its template, whoever made the setup.
Setup loaded(const Setup& setup) {
    Setup out = setup;
    if (!out.raw) out.raw = raw_of(setup);
    return out;
}

std::vector<Packet> initialise(const Setup& given) {
    const Setup setup = loaded(given);
    std::vector<Packet> out;
    for (const Frame& frame : setup.raw->set_up) {
        out.push_back(packet({}, build(frame, *setup.raw, values_of(setup)), *setup.raw));
    }
    return out;
}

struct Shown {
    std::string text{};
    Meaning meaning = Meaning::normal;
};

/// The lines that show something, each in one colour: that of its most urgent piece.
std::vector<Shown> shown_lines(const Page& page, const RawTemplate& form) {
    std::vector<Shown> out;
    for (const Line& line : page.lines) {
        Shown one;
        for (const Segment& segment : line) {
            one.text += segment.text;
            if (!letters(segment.text, form).empty()) one.meaning = std::max(one.meaning, segment.meaning);
        }
        // A line break as the sign knows it is no letter of a text.
        const auto first = static_cast<char>(form.line_break.front());
        if (first > ' ') std::ranges::replace(one.text, first, ' ');
        one.text = letters(one.text, form);
        if (!one.text.empty()) out.push_back(std::move(one));
    }
    return out;
}

Shown in_one(const std::vector<Shown>& lines, const RawTemplate& form) {
    const std::string line_break(form.line_break.begin(), form.line_break.end());
    Shown out;
    for (const Shown& line : lines) {
        out.text += (out.text.empty() ? "" : line_break) + line.text;
        out.meaning = std::max(out.meaning, line.meaning);
    }
    return out;
}

std::vector<Packet> show(const Page& page, const Setup& given) {
    const Setup setup = loaded(given);
    const RawTemplate& form = *setup.raw;
    auto lines = shown_lines(page, form);
    if (form.frame.has(PartKind::line)) {
        lines.resize(static_cast<std::size_t>(form.lines));
    } else {
        lines = {in_one(lines, form)};
    }
    std::vector<Packet> out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Values values = values_of(setup);
        values.text = {lines[i].text.begin(), lines[i].text.end()};
        values.colour = form.colours[static_cast<std::size_t>(lines[i].meaning)];
        values.line = form.first_line + static_cast<int>(i);
        out.push_back(packet("line " + std::to_string(i + 1), build(form.frame, form, values), form));
    }
    return out;
}

std::vector<Packet> clock(const SignClock&, const Setup&) {
    return {};
}

/// No question is known: whether it is there is seen by its answer to a text, if it gives one.
std::vector<Packet> ask(Question, const Setup&) {
    return {};
}

bool contains(std::span<const std::uint8_t> bytes, const Pattern& pattern) {
    if (pattern.empty()) return false;
    const auto same = [](std::uint8_t byte, const std::optional<std::uint8_t>& wanted) {
        return !wanted || *wanted == byte;
    };
    return std::search(bytes.begin(), bytes.end(), pattern.begin(), pattern.end(), same) != bytes.end();
}

Answer acknowledge(const Packet&, std::span<const std::uint8_t> reply, const Setup& given) {
    const auto form = raw_of(given);
    if (contains(reply, form->acknowledged)) return Answer::good;
    return contains(reply, form->refused) ? Answer::bad : Answer::partial;
}

Answer judge(Question, std::span<const std::uint8_t> reply, const Setup& setup) {
    return acknowledge(Packet{}, reply, setup);
}

/// The link writes all again in half of this.
std::chrono::seconds text_lasts(const Setup& setup) {
    return raw_of(setup)->refresh * 2;
}

bool chinese_on(const Setup& setup) {
    return raw_of(setup)->encoding != Encoding::ascii;
}

int width(std::string_view text, const Setup& setup) {
    const auto form = raw_of(setup);
    const int column = form->letter_dots > 0 ? form->letter_dots : usual_letter_columns(setup);
    const std::string bytes = letters(text, *form);
    // Without a frame for each line, the lines share one field.
    const bool shared = !form->frame.has(raw::PartKind::line) && setup.shape.rows >= raw::rows_of_two_lines;
    const std::size_t room = form->width > 0 ? form->width : form->most;
    if (bytes.size() > (shared ? (room - std::min(room, form->line_break.size())) / 2 : room)) return never_fits;
    if (form->encoding != Encoding::utf8) return static_cast<int>(bytes.size()) * column;
    int columns = 0;  // a letter is one, what lies beyond Latin two
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        columns += byte < 0x80 || (byte >= 0xC0 && byte < 0xE0) ? 1 : byte >= 0xE0 ? 2 : 0;
    }
    return columns * column;
}

std::unique_ptr<Sign> simulate(const Setup& setup) {
    return std::make_unique<RawSign>(setup);
}

constexpr int speeds[] = {9600, 19200, 115200, 57600, 38400, 4800, 2400, 1200};

}  // namespace

extern const Driver raw_driver;
const Driver raw_driver{.name = "raw",
                        .summary = "any other strip: literal bytes and fields by a template, with a choice of checksum",
                        .chinese = true,
                        .chinese_on = chinese_on,
                        .speeds = speeds,
                        .address = {.name = "address",
                                    .otherwise = "1",
                                    .accepts = "a number, 0 to 65535",
                                    .meaning = "what {address} of the template becomes",
                                    .fits = is_address},
                        .options = options,
                        .configure = configure,
                        .prepare = prepare,
                        .initialise = initialise,
                        .show = show,
                        .clock = clock,
                        .ask = ask,
                        .judge = judge,
                        .acknowledge = acknowledge,
                        .text_lasts = text_lasts,
                        .rewrite = std::chrono::seconds(30),
                        .width = width,
                        .simulate = simulate,
                        .codec = &raw_codec};

}  // namespace baytime::signs
