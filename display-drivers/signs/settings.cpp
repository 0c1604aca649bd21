#include "display-drivers/signs/settings.hpp"

#include "config/names.hpp"
#include "display-drivers/signs/latin.hpp"
#include "display-drivers/signs/modbus_profile.hpp"
#include "display-drivers/signs/raw_template.hpp"
#include "display-drivers/signs/setup.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace baytime::signs {

namespace {

constexpr std::int64_t most_min_write_ms = 600'000;
constexpr std::int64_t least_refresh_seconds = 10, most_refresh_seconds = 3600;
constexpr int least_dots = 5, most_columns = 640, most_rows = 64;
constexpr std::array bauds{1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200};

struct Defaults {
    std::string_view state, idle, ready, stale, neutral;
};
constexpr Defaults bay_texts{"{bay} {plate} {step} {left}", "{bay} free", "{bay} {plate} {step}", "{bay} please ask us",
                             "{shop}"};
constexpr Defaults tall_bay_texts{"{bay} {plate}\n{step} {left}", "{bay}\nfree", "{bay} {plate}\n{step}",
                                  "{bay}\nplease ask us", "{shop}"};
constexpr Defaults list_texts{"{plate} {step} {left}", "{shop}", "{plate} {step}", "please ask us", "{shop}"};

std::vector<std::string> driver_names() {
    std::vector<std::string> names;
    for (const Driver& driver : drivers()) names.emplace_back(driver.name);
    return names;
}

Template read_text(const config::Table& table, std::string_view key, std::string_view otherwise, bool chinese) {
    const std::string text = table.text(key, otherwise);
    auto parsed = Template::parse(text);
    if (const auto* fault = std::get_if<TemplateFault>(&parsed)) {
        table.fault(key, fault->what, fault->accepted);
        return {};
    }
    const std::string missing = chinese ? "" : without_latin(text);
    if (!missing.empty()) {
        table.fault(key, "this sign has Latin letters only and cannot draw " + missing, "text in Latin letters");
    }
    return std::get<Template>(std::move(parsed));
}

PortSettings read_port(const config::Table& table, const Driver* driver) {
    PortSettings port;
    if (driver != nullptr) port.baud = driver->baud;
    const std::string text = table.required_text("port");
    if (auto parsed = parse_port(text)) {
        parsed->baud = port.baud;
        port = *parsed;
    } else if (!text.empty()) {
        table.fault("port", "this is no port", "serial:/dev/serial/by-id/..., pty:/path or tcp://host:port");
    }
    port.auto_baud = table.has_text("baud") && table.choice("baud", "auto", {"auto"}) == "auto";
    if (!port.auto_baud) port.baud = static_cast<int>(table.number("baud", port.baud, bauds.front(), bauds.back()));
    if (std::ranges::find(bauds, port.baud) == bauds.end()) {
        table.fault("baud", "no sign speaks at this speed",
                    "1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200 or \"auto\"");
    }
    const auto format = table.choice("format", "8N1", {"8N1", "7E1"});
    if (port.auto_baud && port.kind == PortKind::tcp) {
        table.fault("baud", "the speed behind a serial server cannot be searched for", "the speed set in the server");
    }
    port.format = format == "7E1" ? LineFormat::seven_even_one : LineFormat::eight_none_one;
    return port;
}

/// `[sign.options]`, and what they name.
void read_options(const config::Table& table, const Driver& driver, Setup& setup) {
    const auto options = table.table("options");
    bool sound = true;
    for (const OptionForm& form : driver.options) {
        if (!options.has(form.name)) continue;
        const auto fault = set_option(setup, driver, form.name, options.text(form.name, form.otherwise));
        if (fault) options.fault(form.name, fault->what, fault->accepted);
        sound = sound && !fault;
    }
    if (driver.configure != nullptr) driver.configure(table, setup);
    if (driver.prepare == nullptr || !sound) return;
    try {
        driver.prepare(setup, std::filesystem::absolute(table.file()).parent_path().string());
    } catch (const std::runtime_error& error) {
        table.fault("options", error.what(), "");
        setup.options.clear();  // nobody is to ask for what could not be loaded
    }
}

Setup read_setup(const config::Table& table, const Driver* driver) {
    Setup setup;
    setup.shape.columns = static_cast<int>(table.number("columns", setup.shape.columns, least_dots, most_columns));
    setup.shape.rows = static_cast<int>(table.number("rows", setup.shape.rows, least_dots, most_rows));
    setup.brightness = static_cast<int>(table.number("brightness", setup.brightness, 1, 100));
    if (driver != nullptr) {
        const auto fault = set_address(setup, *driver, table.text("address", driver->address.otherwise));
        if (fault) table.fault("address", fault->what, fault->accepted);
        read_options(table, *driver, setup);
    }
    const std::string type = table.text("type", std::string(1, setup.type));
    if (type.size() != 1 || type[0] <= ' ' || type[0] > '~') {
        table.fault("type", "this is no sign type", "one letter; Z for any sign, ^ for a BetaBrite");
    } else {
        setup.type = type[0];
    }
    return setup;
}

/// Says why this sign cannot show `language = "zh"`.
void refuse_chinese(const config::Table& table, const Driver& driver) {
    if (!driver.chinese) {
        table.fault("language", "this sign has Latin letters only", "language = \"en\"");
    } else if (!dot_font_trouble().empty()) {
        table.fault("language", dot_font_trouble(), "language = \"en\"");
    } else {
        table.fault("language", "this sign, as it is described here, cannot show Chinese",
                    "language = \"en\", or what the driver's page asks for, such as rows = 16");
    }
}

}  // namespace

bool same_link(const SignSettings& one, const SignSettings& other) {
    Setup like = one.setup;
    like.brightness = other.setup.brightness;
    // Each reading of the configuration reads the profile anew; what it says decides.
    if (like.registers && other.setup.registers && like.registers->text == other.setup.registers->text) {
        like.registers = other.setup.registers;
    }
    if (like.raw && other.setup.raw && *like.raw == *other.setup.raw) like.raw = other.setup.raw;
    return one.name == other.name && one.driver == other.driver && one.port == other.port && like == other.setup &&
           one.min_write == other.min_write && one.refresh == other.refresh;
}

SignSettings read_sign(const config::Table& table) {
    SignSettings sign;
    sign.name = config::required_name(table, "name");
    sign.driver = table.choice("driver", "alpha", driver_names());
    const Driver* driver = find_driver(sign.driver);
    sign.port = read_port(table, driver);
    sign.setup = read_setup(table, driver);
    sign.setup.baud = sign.port.baud;
    sign.bay = table.text("bay", "");
    if (table.has("list")) sign.list = table.choice("list", "open", {"ready", "open"});
    if (sign.bay.empty() == sign.list.empty()) {
        table.fault(sign.bay.empty() ? "bay" : "list", "a sign shows one bay or one list",
                    "either bay = \"1\" or list = \"ready\" or list = \"open\"");
    }
    sign.language = table.choice("language", "en", {"en", "zh"}) == "zh" ? SignLanguage::zh : SignLanguage::en;
    sign.setup.chinese = sign.language == SignLanguage::zh;
    const bool chinese = driver != nullptr && draws_chinese(*driver, sign.setup);
    if (sign.setup.chinese && driver != nullptr && !chinese) refuse_chinese(table, *driver);
    const Defaults& usual = !sign.list.empty() ? list_texts : sign.setup.shape.rows < 16 ? bay_texts : tall_bay_texts;
    sign.min_write = std::chrono::milliseconds(table.number("min_write_ms", 0, 0, most_min_write_ms));
    if (table.has("refresh_seconds"))
        sign.refresh = std::chrono::seconds(
            table.number("refresh_seconds", least_refresh_seconds, least_refresh_seconds, most_refresh_seconds));
    const auto text = table.table("text");
    sign.text = {.state = read_text(text, "state", usual.state, chinese),
                 .idle = read_text(text, "idle", usual.idle, chinese),
                 .ready = read_text(text, "ready", usual.ready, chinese),
                 .stale = read_text(text, "stale", usual.stale, chinese),
                 .neutral = read_text(text, "neutral", usual.neutral, chinese)};
    return sign;
}

}  // namespace baytime::signs
