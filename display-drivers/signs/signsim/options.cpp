#include "display-drivers/signs/signsim/options.hpp"

#include "display-drivers/signs/settings.hpp"
#include "display-drivers/signs/setup.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace baytime::signs::sim {

namespace {

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> out;
    while (true) {
        const auto end = text.find(at);
        out.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}

bool read_size(const std::string& text, Shape& shape) {
    constexpr int most = 1024;
    int columns = 0, rows = 0;
    char rest = 0;
    if (std::sscanf(text.c_str(), "%4dx%4d%c", &columns, &rows, &rest) != 2) return false;
    if (columns < 5 || rows < 5 || columns > most || rows > most) return false;
    shape = {.columns = columns, .rows = rows};
    return true;
}

/// With what its options name, counted from the working directory.
std::variant<SignSpec, std::string> prepared(SignSpec spec) {
    if (spec.driver->prepare == nullptr) return spec;
    try {
        spec.driver->prepare(spec.setup, std::filesystem::current_path().string());
    } catch (const std::runtime_error& error) {
        return std::string(error.what());
    }
    return spec;
}

}  // namespace

std::variant<SignSpec, std::string> parse_sign(std::string_view text) {
    const auto parts = split(text, ':');
    const std::string form =
        "a sign is NAME[@LINE]:DRIVER[:COLUMNSxROWS[:ADDRESS]][:OPTION=VALUE]..., for example bay-1:alpha:120x16";
    if (parts.size() < 2 || parts[0].empty()) return form;
    if (parts[0].find('/') != std::string::npos) return std::string("a sign's name is also a file name, without /");
    const auto at = parts[0].find('@');
    SignSpec out{.name = parts[0].substr(0, at), .driver = find_driver(parts[1])};
    if (at != std::string::npos) out.line = parts[0].substr(at + 1);
    if (out.name.empty() || (at != std::string::npos && out.line.empty())) return form;
    if (out.driver == nullptr) {
        std::string known;
        for (const Driver& driver : drivers()) known += " " + std::string(driver.name);
        return "there is no driver " + parts[1] + "; there is:" + known;
    }
    out.setup = usual_setup(*out.driver);
    const auto is_option = [](const std::string& part) { return part.find('=') != std::string::npos; };
    const auto options = std::find_if(parts.begin() + 2, parts.end(), is_option);
    const auto places = options - (parts.begin() + 2);
    if (places > 2) return form;
    if (places > 0 && !read_size(parts[2], out.setup.shape)) return form;
    std::optional<SetupFault> fault;
    if (places > 1) fault = set_address(out.setup, *out.driver, parts[3]);
    for (auto one = options; one != parts.end() && !fault; ++one) {
        const auto equals = one->find('=');
        if (equals == std::string::npos) return form;
        fault = set_option(out.setup, *out.driver, one->substr(0, equals), one->substr(equals + 1));
    }
    if (fault) return fault->what + "; " + fault->accepted;
    return prepared(std::move(out));
}

std::vector<SignSpec> configured_signs(const std::string& path) {
    std::vector<SignSpec> out;
    const auto file = config::File::read(path);
    for (const auto& table : file.root().tables("sign")) {
        const SignSettings sign = read_sign(table);
        if (sign.port.kind != PortKind::pty) continue;
        out.push_back({.name = sign.name,
                       .driver = find_driver(sign.driver),
                       .setup = sign.setup,
                       .line = sign.port.path,
                       .baud = sign.port.baud});
    }
    return out;
}

namespace {

struct Form {
    std::string_view word;
    Control::What what;
    std::string_view takes;  ///< after the name
};
constexpr Form forms[] = {{"unplug", Control::What::unplug, "[for SECONDS]"},
                          {"plug", Control::What::plug, ""},
                          {"power", Control::What::power, ""},
                          {"nak", Control::What::nak, "N"},
                          {"silence", Control::What::silence, "N|on|off"},
                          {"garbage", Control::What::garbage, ""},
                          {"bit-errors", Control::What::bit_errors, "RATE"},
                          {"slow", Control::What::slow, "on|off"}};

/// A number of at least 0, or nothing.
std::optional<double> number(const std::string& word) {
    std::size_t used = 0;
    if (word.empty() || (word.front() != '.' && (word.front() < '0' || word.front() > '9'))) return std::nullopt;
    try {
        const double value = std::stod(word, &used);
        if (used == word.size()) return value;
    } catch (const std::exception&) {  // too large
    }
    return std::nullopt;
}

/// The words behind the name. False when they do not belong to this control.
bool read_rest(Control& control, const std::vector<std::string>& rest) {
    using enum Control::What;
    const bool takes_one = control.what == nak || control.what == bit_errors || control.what == silence;
    if (control.what == unplug && rest.size() == 2 && rest[0] == "for") {
        const auto seconds = number(rest[1]);
        control.value = seconds.value_or(0);
        return seconds.has_value();
    }
    if (!takes_one && control.what != slow) return rest.empty();
    if (rest.size() != 1) return false;
    if (control.what == silence || control.what == slow) {
        control.on = rest[0] != "off";
        control.value = -1;
        if (rest[0] == "on" || rest[0] == "off") return true;
        if (control.what == slow) return false;
    }
    const auto value = number(rest[0]);
    control.value = value.value_or(0);
    return value && (control.what != bit_errors || *value <= 1) && *value <= 1e6;
}

}  // namespace

std::optional<Control> parse_control(std::string_view line) {
    const auto words = split(line, ' ');
    if (words.size() < 2 || words[1].empty()) return std::nullopt;
    const auto* const form = std::ranges::find(forms, std::string_view(words[0]), &Form::word);
    if (form == std::end(forms)) return std::nullopt;
    Control control{.what = form->what, .name = words[1]};
    if (!read_rest(control, {words.begin() + 2, words.end()})) return std::nullopt;
    return control;
}

std::string control_forms() {
    std::string out;
    for (const Form& form : forms) {
        out += (out.empty() ? "" : ", ") + std::string(form.word) + " NAME";
        if (!form.takes.empty()) out += " " + std::string(form.takes);
    }
    return out;
}

}  // namespace baytime::signs::sim
