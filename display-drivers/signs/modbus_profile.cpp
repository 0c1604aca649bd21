#include "display-drivers/signs/modbus_profile.hpp"

#include "config/names.hpp"
#include "config/reader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace baytime::signs {

namespace {

constexpr int last_register = 0xFFFF;
constexpr int most_registers = 123;  ///< Modbus: in one write
constexpr int most_lines = 16;
constexpr int most_places = 4;
constexpr std::uintmax_t most_file_bytes = 64 * 1024;

constexpr std::string_view encodings[] = {"ascii", "gbk", "integer", "fixed", "sign-magnitude"};
constexpr std::string_view meanings[] = {"normal", "good", "attention", "alarm"};

std::vector<std::string> words(std::span<const std::string_view> all) {
    return {all.begin(), all.end()};
}

std::uint16_t read_register(const config::Table& table, std::string_view key) {
    return static_cast<std::uint16_t>(table.number(key, 0, 0, last_register));
}

std::uint8_t read_function(const config::Table& table, std::uint8_t otherwise) {
    constexpr int write_one = 0x06, write_many = 0x10;
    const auto function = table.number("function", otherwise, write_one, write_many);
    if (function != write_one && function != write_many) {
        table.fault("function", "this function writes no register", "accepted here: 0x06 (one), 0x10 (many)");
    }
    return static_cast<std::uint8_t>(function);
}

std::optional<ControlRegister> read_control(const config::Table& profile, std::string_view key) {
    if (!profile.has(key)) return std::nullopt;
    const auto table = profile.table(key);
    if (!table.has("register")) table.fault("register", "\"register\" is missing", "write: register = 0x0024");
    return ControlRegister{.at = read_register(table, "register"), .function = read_function(table, 0x06)};
}

/// What the meanings are written as; a table of its own, because lines may have registers for it too.
MeaningValues read_values(const config::Table& profile, std::string_view key) {
    const auto table = profile.table(key);
    MeaningValues out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = read_register(table, meanings[i]);
    return out;
}

std::uint8_t read_padding(const config::Table& table) {
    constexpr int most = 0xFF;
    return static_cast<std::uint8_t>(table.number("padding", ' ', 0, most));
}

RegisterLine read_line(const config::Table& table, const RegisterProfile& profile) {
    const int most = profile.is_text() ? most_registers : 2;
    RegisterLine line{.at = read_register(table, "register"),
                      .count = static_cast<int>(table.number("count", 1, 1, most))};
    if (!table.has("register")) table.fault("register", "\"register\" is missing", "write: register = 0x0070");
    if (line.at + line.count - 1 > last_register) table.fault("count", "these registers go beyond 0xFFFF", "");
    if (profile.function == 0x06 && line.count != 1) {
        table.fault("count", "function 0x06 writes one register", "count = 1, or function = 0x10");
    }
    if (profile.encoding == RegisterEncoding::sign_magnitude && line.count != 2) {
        table.fault("count", "sign-magnitude takes two registers", "count = 2");
    }
    if (table.has("colour")) line.colour = read_register(table, "colour");
    if (table.has("flash")) line.flash = read_register(table, "flash");
    return line;
}

void read_lines(const config::Table& root, RegisterProfile& profile) {
    const auto lines = root.tables("line");
    for (const auto& table : lines) profile.lines.push_back(read_line(table, profile));
    if (profile.lines.empty())
        root.fault("line", "a profile needs one line or more", "[[line]] with register = 0x0070");
    if (profile.lines.size() > most_lines) root.fault("line", "no sign has that many lines", "at most 16");
}

/// No register has two uses.
void check_overlap(const config::Table& root, const RegisterProfile& profile) {
    std::vector<std::uint16_t> used;
    for (const RegisterLine& line : profile.lines) {
        for (int i = 0; i < line.count; ++i) used.push_back(static_cast<std::uint16_t>(line.at + i));
        if (line.colour) used.push_back(*line.colour);
        if (line.flash) used.push_back(*line.flash);
    }
    for (const auto* control : {&profile.decimal_point, &profile.brightness, &profile.colour, &profile.flash}) {
        if (*control) used.push_back((*control)->at);
    }
    std::ranges::sort(used);
    if (std::ranges::adjacent_find(used) != used.end()) {
        root.fault("line", "one register is given two uses", "each register once");
    }
}

void read_text(const config::Table& root, RegisterProfile& profile) {
    const auto encoding = root.choice("encoding", "ascii", words(encodings));
    profile.encoding = static_cast<RegisterEncoding>(std::ranges::find(encodings, encoding) - std::begin(encodings));
    profile.high_first = root.choice("first_byte", "high", {"high", "low"}) == "high";
    profile.high_word_first = root.choice("first_register", "high", {"high", "low"}) == "high";
    profile.padding = read_padding(root);
    profile.justify = root.choice("justify", "left", {"left", "right"}) == "right" ? Justify::right : Justify::left;
    profile.places = static_cast<int>(root.number("places", 0, 0, most_places));
    profile.digits = static_cast<int>(root.number("digits", 0, 0, most_registers * 2));
    profile.no_number = static_cast<int>(root.number("no_number", 0, INT16_MIN, INT16_MAX));
}

std::string whole_file(const std::filesystem::path& path) {
    std::error_code failed;
    if (std::filesystem::file_size(path, failed) > most_file_bytes && !failed) {
        throw std::runtime_error(path.string() + ": a register profile is not that long");
    }
    std::ifstream in(path, std::ios::binary);
    if (!in || failed) throw std::runtime_error(path.string() + ": this register profile cannot be read");
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

RegisterProfile parse_profile(std::string_view text, const std::string& file) {
    const auto toml = config::File::parse(text, file);
    const auto root = toml.root();
    RegisterProfile out;
    out.name = config::required_name(root, "name");
    out.function = read_function(root, 0x10);
    read_text(root, out);
    out.readable = root.yes("readable", false);
    read_lines(root, out);
    out.decimal_point = read_control(root, "decimal_point");
    out.brightness = read_control(root, "brightness");
    const auto brightness = root.table("brightness");
    out.darkest = static_cast<int>(brightness.number("darkest", out.darkest, 0, last_register));
    out.brightest = static_cast<int>(brightness.number("brightest", out.brightest, 0, last_register));
    if (out.brightest <= out.darkest) brightness.fault("brightest", "\"brightest\" must be above \"darkest\"", "");
    out.colours = read_values(root, "colours");
    out.flashes = read_values(root, "flashes");
    out.colour = read_control(root, "colour");
    out.flash = read_control(root, "flash");
    check_overlap(root, out);
    toml.finish();
    out.text = text;
    return out;
}

std::shared_ptr<const RegisterProfile> shipped_profile(std::string_view name) {
    // Parsed once; the texts are part of the program, so they never change and have no faults (a test reads them all).
    static const auto parsed = [] {
        std::map<std::string, std::shared_ptr<const RegisterProfile>, std::less<>> all;
        for (const ShippedProfile& one : shipped_profiles()) {
            const std::string file = std::string(one.name) + ".toml";
            all[std::string(one.name)] = std::make_shared<const RegisterProfile>(parse_profile(one.text, file));
        }
        return all;
    }();
    const auto found = parsed.find(name);
    return found == parsed.end() ? nullptr : found->second;
}

std::shared_ptr<const RegisterProfile> load_profile(std::string_view name, const std::string& folder) {
    if (auto shipped = shipped_profile(name)) return shipped;
    const auto path = std::filesystem::path(folder) / name;
    if (!std::filesystem::is_regular_file(path)) {
        std::string known;
        for (const ShippedProfile& one : shipped_profiles()) known += ", " + std::string(one.name);
        throw std::runtime_error("there is no register profile \"" + std::string(name) +
                                 "\"; accepted here: the name of a file" + known);
    }
    return std::make_shared<const RegisterProfile>(parse_profile(whole_file(path), path.string()));
}

std::shared_ptr<const RegisterProfile> profile_of(const Setup& setup) {
    if (setup.registers) return setup.registers;
    const auto named = setup.options.find("profile");
    const std::string name = named == setup.options.end() ? std::string(usual_profile) : named->second;
    if (auto shipped = shipped_profile(name)) return shipped;
    throw std::runtime_error("the register profile \"" + name + "\" was not loaded");
}

}  // namespace baytime::signs
