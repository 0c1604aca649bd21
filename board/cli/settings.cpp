#include "board/cli/settings.hpp"

#include "board/cli/trouble.hpp"
#include "board/client/known_hosts.hpp"
#include "config/options.hpp"
#include "config/reader.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace baytime::cli {
namespace {

/// A token with its newline is shorter by far.
constexpr std::size_t max_token_line_bytes = 4096;

std::string token_of_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string token(max_token_line_bytes, '\0');
    file.read(token.data(), static_cast<std::streamsize>(token.size()));
    token.resize(static_cast<std::size_t>(file.gcount()));
    const auto end = token.find('\n');
    if (!file.is_open() || token.empty() || (end == std::string::npos && token.size() == max_token_line_bytes))
        throw Trouble(usage, "bad-value", "cannot read a token from " + path + "; its first line must be the token");
    token.resize(std::min(end, token.size()));
    while (!token.empty() && (token.back() == '\r' || token.back() == ' ')) token.pop_back();
    return token;
}

std::string settings_path(const Environment& environment) {
    if (const auto named = environment("BAYTIME_CONFIG")) return *named;
    if (const auto base = environment("XDG_CONFIG_HOME"); base && !base->empty()) return *base + "/baytime.toml";
    if (const auto home = environment("HOME"); home && !home->empty()) return *home + "/.config/baytime.toml";
    return {};
}

bool says_chinese(const std::string& language) {
    return language.starts_with("zh");
}

void read_file(Settings& settings, const Environment& environment) {
    const std::string path = settings_path(environment);
    if (path.empty() || !std::filesystem::exists(path)) return;
    try {
        const auto file = config::File::read(path);
        const auto root = file.root();
        settings.host = root.text("host", settings.host);
        if (const auto port = root.number("port", 0, 0, 65535); port > 0) settings.port = std::to_string(port);
        settings.security.tls = root.yes("tls", false);
        settings.security.fingerprint = root.text("fingerprint", "");
        settings.security.known_hosts = root.text("known_hosts", "");
        settings.token = root.text("token", "");
        settings.device = root.text("device", "");
        settings.as = root.text("as", "");
        const std::string language = root.choice("language", settings.chinese ? "zh" : "en", {"zh", "en"});
        settings.chinese = says_chinese(language);
        const std::string token_file = root.text("token_file", "");
        file.finish();
        if (!token_file.empty()) settings.token = token_of_file(token_file);
    } catch (const config::ConfigError& error) {
        throw Trouble(usage, "bad-settings", error.what());
    }
}

void read_environment(Settings& settings, const Environment& environment) {
    if (const auto host = environment("BAYTIME_HOST")) settings.host = *host;
    if (const auto port = environment("BAYTIME_PORT")) settings.port = *port;
    if (const auto tls = environment("BAYTIME_TLS")) settings.security.tls = *tls == "yes" || *tls == "1";
    if (const auto pin = environment("BAYTIME_FINGERPRINT")) settings.security.fingerprint = *pin;
    if (const auto file = environment("BAYTIME_KNOWN_HOSTS")) settings.security.known_hosts = *file;
    if (const auto token = environment("BAYTIME_TOKEN")) settings.token = *token;
    if (const auto as = environment("BAYTIME_AS")) settings.as = *as;
}

std::string language_of(const Environment& environment) {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        if (const auto value = environment(name); value && !value->empty()) return *value;
    }
    return "en";
}

void add_file_options(CLI::App& app, Settings& settings) {
    app.add_option("--mapping", settings.mapping);
    app.add_flag("--skip-bad", settings.skip_bad);
    app.add_flag("--dry-run", settings.dry_run);
    app.add_option("--date", settings.date);
    app.add_option("--month", settings.month);
    app.add_option("--year", settings.year);
    app.add_option("--by", settings.by);
    app.add_option("--format", settings.format)->check(CLI::IsMember({"text", "csv", "xlsx", "json"}));
    app.add_option("--output", settings.output);
    app.add_flag("--explain", settings.explain);
}

constexpr const char* plain_port = "7420";
constexpr const char* tls_port = "7421";

/// A fingerprint says that TLS is wanted; the port follows.
void complete(Settings& settings) {
    auto& security = settings.security;
    if (!security.fingerprint.empty()) {
        security.tls = true;
        if (client::plain_fingerprint(security.fingerprint).empty())
            throw Trouble(
                usage, "bad-value",
                "\"" + security.fingerprint + "\" is no fingerprint; it has 64 digits 0-9 a-f, as baytime tls shows");
    }
    if (security.tls && security.known_hosts.empty()) security.known_hosts = client::usual_known_hosts();
    if (settings.port.empty()) settings.port = security.tls ? tls_port : plain_port;
}

}  // namespace

Settings read_settings(int count, const char* const* arguments, const Environment& environment) {
    Settings settings;
    settings.port.clear();
    settings.chinese = says_chinese(language_of(environment));
    read_file(settings, environment);
    read_environment(settings, environment);
    std::string token_file;
    std::string language;
    CLI::App app("baytime");
    app.set_help_flag();
    app.add_flag("-h,--help", settings.help);
    app.add_flag("-V,--version", settings.version);
    app.add_option("--host", settings.host);
    app.add_option("--port", settings.port)->check(CLI::Range(1, 65535));
    app.add_flag("--tls", settings.security.tls);
    app.add_option("--fingerprint", settings.security.fingerprint);
    app.add_option("--known-hosts", settings.security.known_hosts);
    app.add_option("--token", settings.token);
    app.add_option("--token-file", token_file);
    app.add_option("--device", settings.device);
    app.add_option("--as", settings.as);
    app.add_option("--lang", language)->check(CLI::IsMember({"zh", "en"}));
    app.add_option("--columns", settings.wide)->check(CLI::Range(20, 1000));
    app.add_option("--rows", settings.high)->check(CLI::Range(4, 1000));
    add_file_options(app, settings);
    app.add_flag("--json", settings.json);
    app.add_flag("--once", settings.once);
    app.add_flag("--prometheus", settings.prometheus);
    app.add_option("--config", settings.config);
    app.add_option("words", settings.words);
    config::refuse_empty_values(app);
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        throw Trouble(usage, "bad-option", std::string(error.what()) + "; see: baytime --help");
    }
    if (!token_file.empty()) settings.token = token_of_file(token_file);
    if (!language.empty()) settings.chinese = says_chinese(language);
    complete(settings);
    return settings;
}

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        if (value == nullptr) return std::nullopt;
        return value;
    };
}

}  // namespace baytime::cli
