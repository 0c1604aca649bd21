// Driver for displays that are written through Modbus RTU registers: digits, and text panels with a Chinese font.
// Which register means what is a profile (modbus_profile.hpp), because no two makers agree. Every write is answered
// by the sign, so a page is known to have arrived. Source: modbus_frames.hpp, config/modbus/*.toml.
#include "display-drivers/signs/modbus_sign.hpp"
#include "display-drivers/signs/modbus_text.hpp"
#include "display-drivers/signs/setup.hpp"

#include <algorithm>
#include <charconv>

namespace baytime::signs {

extern const Codec modbus_codec;

namespace {

using namespace modbus;

/// Modbus over serial line 1.02, 2.4.1: after a broadcast, so that every unit has done what it says.
constexpr std::chrono::milliseconds broadcast_pause{100};

bool is_unit(std::string_view value) {
    int unit = -1;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), unit);
    return failed == std::errc{} && end == value.data() + value.size() && unit >= broadcast && unit <= last_unit;
}

int unit_of(const Setup& setup) {
    int unit = first_unit;
    std::from_chars(setup.address.data(), setup.address.data() + setup.address.size(), unit);
    return unit;
}

constexpr OptionForm options[] = {
    {.name = "profile",
     .otherwise = usual_profile,
     .accepts = "led-485, led-046, text-panel, or the name of a file",
     .meaning = "the sign's register map",
     .fits = [](std::string_view value) { return !value.empty(); }},
    {.name = "echo",
     .otherwise = "no",
     .accepts = "yes or no",
     .meaning = "the converter hears what it sends",
     .fits = [](std::string_view value) { return value == "yes" || value == "no"; }},
};

void prepare(Setup& setup, const std::string& folder) {
    setup.registers = load_profile(option(setup, options, "profile"), folder);
}

std::chrono::milliseconds pause_after(const Setup& setup) {
    if (unit_of(setup) == broadcast) return broadcast_pause;
    return std::chrono::ceil<std::chrono::milliseconds>(frame_gap(setup.baud));
}

Packet packet(const std::string& target, Bytes bytes, const Setup& setup) {
    return {.target = target,
            .bytes = std::move(bytes),
            .pause_after = pause_after(setup),
            .acknowledged = unit_of(setup) != broadcast};
}

Packet write(const std::string& target, std::uint8_t function, std::uint16_t at, const Registers& values,
             const Setup& setup) {
    const int unit = unit_of(setup);
    const bool one = function == write_one_function && values.size() == 1;
    return packet(target, one ? write_one(unit, at, values[0]) : write_many(unit, at, values), setup);
}

/// One line of the glass: its words, and the most urgent of its meanings.
struct Shown {
    std::string text{};
    Meaning meaning = Meaning::normal;
};

std::vector<Shown> shown(const Page& page, const RegisterProfile& profile) {
    const bool chinese = profile.encoding == RegisterEncoding::gbk;
    std::vector<Shown> out;
    for (const Line& line : page.lines) {
        Shown one;
        for (const Segment& segment : line) {
            one.text += segment.text;
            if (!letters(segment.text, chinese).empty()) one.meaning = std::max(one.meaning, segment.meaning);
        }
        if (!letters(one.text, chinese).empty()) out.push_back(std::move(one));
    }
    out.resize(profile.lines.size());
    return out;
}

std::uint16_t value_for(const MeaningValues& values, Meaning meaning) {
    return values[static_cast<std::size_t>(meaning)];
}

/// The nearest step for a brightness in percent.
std::uint16_t step_for(const RegisterProfile& profile, int percent) {
    constexpr int whole = 100;
    const int steps = profile.brightest - profile.darkest;
    return static_cast<std::uint16_t>(profile.darkest + (steps * percent + whole / 2) / whole);
}

/// Every register is written with the page. Only a text that can be read back is made a blank before, so that from now
/// on zeros say that the sign has lost its memory.
std::vector<Packet> initialise(const Setup& setup) {
    const auto held = profile_of(setup);
    if (!held->readable || !held->is_text()) return {};
    const RegisterLine& line = held->lines.front();
    return {write({}, held->function, line.at, line_registers(*held, line, ""), setup)};
}

std::vector<Packet> show(const Page& page, const Setup& setup) {
    const auto held = profile_of(setup);
    const RegisterProfile& profile = *held;
    std::vector<Packet> out;
    const auto control = [&](const std::string& target, const std::optional<ControlRegister>& where,
                             std::uint16_t value) {
        if (where) out.push_back(write(target, where->function, where->at, {value}, setup));
    };
    const auto lines = shown(page, profile);
    Meaning worst = Meaning::normal;
    for (const Shown& line : lines) worst = std::max(worst, line.meaning);
    control("brightness", profile.brightness, step_for(profile, setup.brightness));
    control("decimal point", profile.decimal_point, static_cast<std::uint16_t>(profile.places));
    control("colour", profile.colour, value_for(profile.colours, worst));
    control("flash", profile.flash, value_for(profile.flashes, worst));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const RegisterLine& line = profile.lines[i];
        const std::string which = " " + std::to_string(i + 1);
        if (line.colour)
            control("colour" + which, ControlRegister{*line.colour}, value_for(profile.colours, lines[i].meaning));
        if (line.flash)
            control("flash" + which, ControlRegister{*line.flash}, value_for(profile.flashes, lines[i].meaning));
        out.push_back(
            write("line" + which, profile.function, line.at, line_registers(profile, line, lines[i].text), setup));
    }
    return out;
}

std::vector<Packet> clock(const SignClock&, const Setup&) {
    return {};
}

/// The registers of the first line.
Bytes question(const Setup& setup) {
    const auto held = profile_of(setup);
    const RegisterLine& line = held->lines.front();
    return read_holding(unit_of(setup), line.at, static_cast<std::uint16_t>(line.count));
}

std::vector<Packet> ask(Question what, const Setup& setup) {
    if (what == Question::errors || unit_of(setup) == broadcast || !profile_of(setup)->readable) return {};
    return {packet({}, question(setup), setup)};
}

bool hears_itself(const Setup& setup) {
    return option(setup, options, "echo") == "yes";
}

Answer judge(Question what, std::span<const std::uint8_t> bytes, const Setup& setup) {
    if (what == Question::errors) return Answer::good;  // each write has been answered already
    if (unit_of(setup) == broadcast) return Answer::partial;
    const auto held = profile_of(setup);
    const Reply reply = reply_to(question(setup), bytes, hears_itself(setup));
    if (reply.answer != Answer::good || !held->is_text()) return reply.answer;
    const bool empty = std::ranges::all_of(reply.values, [](std::uint16_t value) { return value == 0; });
    return empty ? Answer::lost : Answer::good;
}

Answer acknowledge(const Packet& sent, std::span<const std::uint8_t> reply, const Setup& setup) {
    return reply_to(sent.bytes, reply, hears_itself(setup)).answer;
}

/// Without a GBK profile Chinese goes in Latin letters.
bool chinese_on(const Setup& setup) {
    return profile_of(setup)->encoding == RegisterEncoding::gbk;
}

int width(std::string_view text, const Setup& setup) {
    const int column = usual_letter_columns(setup);
    const auto profile = profile_of(setup);
    const auto bytes = static_cast<int>(letters(text, profile->encoding == RegisterEncoding::gbk).size());
    constexpr int bytes_in_register = 2;
    const auto narrow = [bytes](const RegisterLine& line) { return bytes > line.count * bytes_in_register; };
    if (profile->is_text() && profile->digits > 0 && bytes > profile->digits) return never_fits;
    if (profile->is_text() && std::ranges::any_of(profile->lines, narrow)) return never_fits;
    return bytes * column;
}

std::unique_ptr<Sign> simulate(const Setup& setup) {
    return std::make_unique<ModbusSign>(setup);
}

constexpr int speeds[] = {9600, 19200, 115200, 57600, 38400, 4800, 2400, 1200};

}  // namespace

extern const Driver modbus_driver;
const Driver modbus_driver{.name = "modbus",
                           .summary = "Modbus RTU register displays: digits and text panels, by a register profile",
                           .chinese = true,
                           .chinese_on = chinese_on,
                           .speeds = speeds,
                           .address = {.name = "address",
                                       .otherwise = "1",
                                       .accepts = "a unit number, 1 to 247; 0 is every unit, and none answers",
                                       .meaning = "the sign's unit number",
                                       .fits = is_unit},
                           .options = options,
                           .prepare = prepare,
                           .initialise = initialise,
                           .show = show,
                           .clock = clock,
                           .ask = ask,
                           .judge = judge,
                           .acknowledge = acknowledge,
                           .rewrite = std::chrono::seconds(30),
                           .width = width,
                           .simulate = simulate,
                           .codec = &modbus_codec};

}  // namespace baytime::signs
