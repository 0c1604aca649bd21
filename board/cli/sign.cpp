// The words behind `baytime sign`, and which of its actions they ask for.
#include "board/cli/sign.hpp"

#include "board/cli/files.hpp"
#include "board/cli/trouble.hpp"
#include "display-drivers/signs/setup.hpp"
#include "protocol/text.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace baytime::cli {
namespace {

[[noreturn]] void wrong(const std::string& token, const std::string& sentence) {
    throw Trouble(usage, token, sentence);
}

/// Options of `baytime` itself that take a value; they may stand before `sign`, and behind it too.
constexpr std::string_view daemon_options[] = {"--host", "--token", "--token-file", "--device", "--as"};

bool takes_value(std::string_view option) {
    constexpr std::string_view others[] = {"--port", "--lang", "--columns", "--rows"};
    return std::ranges::find(daemon_options, option) != std::end(daemon_options) ||
           std::ranges::find(others, option) != std::end(others);
}

/// Where `sign` stands as the first word, or 0.
int place_of_sign(int count, const char* const* arguments) {
    for (int i = 1; i < count; ++i) {
        const std::string_view word = arguments[i];
        if (word == "sign") return i;
        if (!word.starts_with('-')) return 0;
        if (takes_value(word)) ++i;
    }
    return 0;
}

bool digits(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// Takes what is for the daemon's connection out of the words: the rest is read by read_options().
std::vector<std::string> for_the_daemon(std::vector<std::string>& words) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i + 1 < words.size();) {
        const bool option = std::ranges::find(daemon_options, words[i]) != std::end(daemon_options);
        if (option || (words[i] == "--port" && digits(words[i + 1]))) {
            out.insert(out.end(), {words[i], words[i + 1]});
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(i),
                        words.begin() + static_cast<std::ptrdiff_t>(i + 2));
        } else {
            ++i;
        }
    }
    return out;
}

void read_options(SignAsk& ask, std::vector<std::string> words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == "--json" && words[i + 1] == "-") {
            words[i] = "--json-input";
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(i + 1));
        }
    }
    CLI::App app("baytime sign");
    bool help = false;
    app.set_help_flag();
    app.add_flag("-h,--help", help);
    for (auto [name, value] : {std::pair{"--driver", &ask.driver},
                               {"--text", &ask.text},
                               {"--command", &ask.command},
                               {"--lang", &ask.language},
                               {"--port", &ask.port},
                               {"--address", &ask.address},
                               {"--type", &ask.type},
                               {"--format", &ask.format}}) {
        app.add_option(name, *value);
    }
    app.add_option("--field", ask.fields)->allow_extra_args(false);
    app.add_option("--option", ask.options)->allow_extra_args(false);
    app.add_option("--columns", ask.columns)->check(CLI::Range(5, 640));
    app.add_option("--rows", ask.rows)->check(CLI::Range(5, 64));
    app.add_option("--brightness", ask.brightness)->check(CLI::Range(1, 100));
    app.add_option("--baud", ask.baud)->check(CLI::Range(1200, 115200));
    app.add_flag("--init", ask.init);
    app.add_flag("--hex", ask.hex);
    app.add_flag("--json", ask.json);
    app.add_flag("--json-input", ask.json_in);
    app.add_option("words", ask.words);
    std::ranges::reverse(words);  // as CLI11 wants them
    try {
        app.parse(words);
    } catch (const CLI::ParseError& error) {
        wrong("bad-option", std::string(error.what()) + "; see: baytime sign --help");
    }
    if (!help) return;
    // `encode --driver D --help`: what D's signs understand, with all fields.
    constexpr std::string_view of_commands[] = {"encode", "decode", "commands"};
    const bool of_command =
        !ask.words.empty() && std::ranges::find(of_commands, ask.words.front()) != std::end(of_commands);
    ask.all_fields = of_command && !ask.driver.empty();
    ask.words = {ask.all_fields ? "commands" : "help"};
}

std::string help_text() {
    std::string out = "baytime sign ACTION: tools to bring a sign to life\n\n";
    for (const auto& action : sign_actions) {
        out += "  baytime sign " + std::string(action.usage) + "\n      " + std::string(action.summary) + "\n";
    }
    out +=
        "\nencode --driver D --help lists D's commands and all of their fields.\n"
        "A sign is described by --driver D, --columns N, --rows N, --address A, --type T, --brightness PERCENT,\n"
        "--lang zh|en, --option KEY=VALUE; its port by --port serial:/dev/...|pty:/path|tcp://host:port, --baud N,\n"
        "--format 8N1|7E1. Output: --hex or --json. The manual is baytime-sign(1).\n\nDrivers\n";
    for (const auto& driver : signs::drivers()) {
        out += "  " + std::string(driver.name) + "  " + std::string(driver.summary) + "\n";
    }
    return out;
}

}  // namespace

bool is_sign(int count, const char* const* arguments) {
    return place_of_sign(count, arguments) != 0;
}

SignAsk read_sign_words(int count, const char* const* arguments, const Environment& environment) {
    const int place = place_of_sign(count, arguments);
    SignAsk ask;
    std::vector<std::string> words(arguments + place + 1, arguments + count);
    std::vector<std::string> before(arguments + 1, arguments + place);
    bool json = false;
    std::erase_if(before, [&](const std::string& word) { return word == "--json" && (json = true); });
    for (const auto& word : for_the_daemon(words)) before.push_back(word);
    std::vector<const char*> daemon_words{arguments[0]};
    for (const auto& word : before) daemon_words.push_back(word.c_str());
    ask.daemon = read_settings(static_cast<int>(daemon_words.size()), daemon_words.data(), environment);
    read_options(ask, std::move(words));
    ask.json = ask.json || json;
    if (ask.words.empty()) ask.words = {"help"};
    ask.action = ask.words.front();
    ask.words.erase(ask.words.begin());
    return ask;
}

int run_sign(const SignAsk& ask) {
    if (ask.action == "help") {
        std::cout << help_text();
        return done;
    }
    if (ask.action == "list") return sign_list(ask);
    if (ask.action == "commands") return sign_commands(ask);
    if (ask.action == "encode") return sign_encode(ask);
    if (ask.action == "decode") return sign_decode(ask);
    if (ask.action == "test") return sign_test(ask);
    if (ask.action == "trace" || ask.action == "record") return sign_trace(ask);
    if (ask.action == "replay") return sign_replay(ask);
    std::vector<std::string> names;
    for (const auto& action : sign_actions) names.emplace_back(action.name);
    wrong("unknown-verb", "there is no sign action " + protocol::shown(ask.action) + "." +
                              protocol::did_you_mean(ask.action, names) + " See: baytime sign --help");
}

const signs::Driver& driver_of(const SignAsk& ask) {
    std::vector<std::string> names;
    std::string all;
    for (const auto& driver : signs::drivers()) {
        names.emplace_back(driver.name);
        all += (all.empty() ? "" : ", ") + names.back();
    }
    if (ask.driver.empty()) wrong("missing-parameter", "which driver? give --driver, one of " + all);
    const auto* driver = signs::find_driver(ask.driver);
    if (driver == nullptr) {
        wrong("unknown-driver", "there is no driver " + protocol::shown(ask.driver) + "." +
                                    protocol::did_you_mean(ask.driver, names) + " Drivers: " + all);
    }
    return *driver;
}

signs::Setup setup_of(const SignAsk& ask, const signs::Driver& driver) {
    constexpr int card_rows = 16;
    signs::Setup setup = signs::usual_setup(driver);
    const auto check = [](const std::optional<signs::SetupFault>& fault) {
        if (fault) wrong("bad-value", fault->what + "; " + fault->accepted);
    };
    if (ask.columns != 0) setup.shape.columns = ask.columns;
    // A card's own Chinese letters need 16 rows, and who decodes does not know how high the glass was.
    if (driver.chinese && driver.chinese_on == nullptr) setup.shape.rows = card_rows;
    if (ask.rows != 0) setup.shape.rows = ask.rows;
    if (ask.brightness != 0) setup.brightness = ask.brightness;
    setup.baud = ask.baud != 0 ? ask.baud : driver.baud;
    if (!ask.address.empty()) check(signs::set_address(setup, driver, ask.address));
    if (ask.type.size() > 1) wrong("bad-value", "--type is one character");
    if (!ask.type.empty()) setup.type = ask.type[0];
    for (const auto& option : ask.options) {
        const auto equals = option.find('=');
        if (equals == std::string::npos) wrong("bad-value", "--option is KEY=VALUE, not " + protocol::shown(option));
        check(signs::set_option(setup, driver, option.substr(0, equals), option.substr(equals + 1)));
    }
    if (!ask.language.empty() && ask.language != "zh" && ask.language != "en") {
        wrong("bad-value", "--lang is zh or en");
    }
    try {
        if (driver.prepare != nullptr) driver.prepare(setup, std::filesystem::current_path().string());
    } catch (const std::runtime_error& error) {
        wrong("bad-value", error.what());
    }
    setup.chinese = ask.language == "zh";
    if (setup.chinese && !signs::draws_chinese(driver, setup)) {
        wrong("no-chinese", "this sign cannot show Chinese as it is described; see the page of the driver");
    }
    return setup;
}

signs::PortSettings port_of(const SignAsk& ask, const signs::Driver* driver) {
    const std::string forms = "serial:/dev/serial/by-id/..., pty:/path or tcp://host:port";
    if (ask.port.empty()) wrong("missing-parameter", "which port? give --port " + forms);
    const auto parsed = signs::parse_port(ask.port);
    if (!parsed) wrong("bad-value", protocol::shown(ask.port) + " is no port; a port is " + forms);
    signs::PortSettings port = *parsed;
    if (driver != nullptr) port.baud = driver->baud, port.format = driver->format;
    if (ask.baud != 0) port.baud = ask.baud;
    if (!ask.format.empty()) {
        if (ask.format != "8N1" && ask.format != "7E1") wrong("bad-value", "--format is 8N1 or 7E1");
        port.format = ask.format == "7E1" ? signs::LineFormat::seven_even_one : signs::LineFormat::eight_none_one;
    }
    return port;
}

boost::json::array objects_of_input() {
    const std::string text = read_whole("-");
    boost::system::error_code failed;
    auto value = boost::json::parse(text, failed);
    if (failed) wrong("bad-json", "standard input is no JSON: " + failed.message());
    boost::json::array out;
    if (value.is_array()) {
        out = value.get_array();
    } else {
        out.push_back(std::move(value));
    }
    for (const auto& one : out) {
        if (!one.is_object()) wrong("bad-json", "standard input must be an object with \"command\", or a list of them");
    }
    return out;
}

}  // namespace baytime::cli
