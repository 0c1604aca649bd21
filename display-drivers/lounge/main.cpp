// baytime-lounge: the progress board in the customer lounge.
#include "config/options.hpp"
#include "config/reader.hpp"
#include "display-drivers/lounge/app.hpp"
#include "protocol/harmless.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include <cstdio>

namespace {

using namespace baytime::lounge;

struct Options {
    std::string config, host, port, fingerprint, token, size, language, theme;
    double every_seconds = 0;
    bool tls = false, no_drift = false;
    Outputs outputs;
};

void describe(CLI::App& app, Options& options) {
    app.add_option("--config", options.config, "configuration file, see config/lounge.toml");
    app.add_option("--host", options.host, "where baytimed runs (default 127.0.0.1)");
    app.add_option("--port", options.port, "its TCP port (default 7420, with TLS 7421)");
    app.add_flag("--tls", options.tls, "speak TLS; the first visit remembers the daemon's certificate");
    app.add_option("--fingerprint", options.fingerprint, "speak TLS with the daemon that has this certificate only");
    app.add_option("--token", options.token, "this screen's device token");
    app.add_option("--size", options.size, "a window of this size instead of the full screen, like 1920x1080");
    app.add_option("--language", options.language, "zh, en or both")->check(CLI::IsMember({"zh", "en", "both"}));
    app.add_option("--theme", options.theme, "dark or light")->check(CLI::IsMember({"dark", "light"}));
    app.add_flag("--no-drift", options.no_drift, "do not move the picture a little each minute");
    app.add_option("--screenshot", options.outputs.screenshot, "draw the first complete board into this PNG and end");
    app.add_option("--png", options.outputs.png, "PNG to write on SIGUSR1 (default baytime-lounge.png)");
    app.add_option("--png-every", options.every_seconds, "also write it this often, in seconds, while it changes")
        ->check(CLI::Range(0.1, 86400.0));
    app.add_option("--report", options.outputs.report, "JSON file to rewrite after every frame, for tests");
    app.set_version_flag("--version", "baytime-lounge " BAYTIME_VERSION);
    baytime::config::refuse_empty_values(app);
}

Settings settings_of(const Options& options) {
    Settings settings = options.config.empty() ? Settings{} : read_settings(options.config);
    if (!options.host.empty()) settings.host = options.host;
    if (!options.port.empty()) settings.port = options.port;
    if (options.tls) settings.security.tls = true;
    if (!options.fingerprint.empty()) settings.security.fingerprint = options.fingerprint;
    if (!options.token.empty()) settings.token = options.token;
    if (!options.size.empty()) set_size(settings, options.size);
    if (!options.language.empty()) settings.language = language_choice(options.language);
    if (!options.theme.empty()) settings.light = options.theme == "light";
    if (options.no_drift) settings.drift = false;
    complete(settings);
    return settings;
}

/// One line a person can act on, and a token that programs can rely on.
int complain(const std::string& sentence, const std::string& token, ExitCode code) {
    std::fprintf(stderr, "baytime-lounge: %s [%s]\n", baytime::protocol::harmless_lines(sentence).c_str(),
                 token.c_str());
    return code;
}

int run(const Settings& settings, const Outputs& outputs) {
    try {
        return App(settings, outputs).run();
    } catch (const std::exception& error) {
        return complain(error.what(), "cannot-show", failed);
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"The progress board in the customer lounge."};
    Options options;
    describe(app, options);
    spdlog::set_default_logger(spdlog::stderr_color_st("baytime-lounge"));
    try {
        app.parse(argc, argv);
        options.outputs.every = std::chrono::milliseconds(static_cast<std::int64_t>(options.every_seconds * 1000));
        return run(settings_of(options), options.outputs);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
        return complain(std::string(error.what()) + "; see: baytime-lounge --help", "bad-option", usage);
    } catch (const baytime::config::ConfigError& error) {
        return complain(error.what(), "bad-settings", usage);
    } catch (const std::exception& error) {
        return complain(error.what(), "bad-value", usage);
    }
}
