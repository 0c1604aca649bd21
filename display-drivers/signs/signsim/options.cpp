#include "display-drivers/signs/signsim/options.hpp"

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
        "a sign is NAME:DRIVER[:COLUMNSxROWS[:ADDRESS]][:OPTION=VALUE]..., for example bay-1:alpha:120x16";
    if (parts.size() < 2 || parts[0].empty()) return form;
    if (parts[0].find('/') != std::string::npos) return std::string("a sign's name is also a file name, without /");
    SignSpec out{.name = parts[0], .driver = find_driver(parts[1])};
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

std::optional<Control> parse_control(std::string_view line) {
    const auto words = split(line, ' ');
    if (words.size() != 2) return std::nullopt;
    if (words[0] == "unplug") return Control{Control::What::unplug, words[1]};
    if (words[0] == "plug") return Control{Control::What::plug, words[1]};
    if (words[0] == "power") return Control{Control::What::power, words[1]};
    return std::nullopt;
}

}  // namespace baytime::signs::sim
