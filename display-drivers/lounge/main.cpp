// baytime-lounge: the progress board in the customer lounge.
#include "config/reader.hpp"
#include "display-drivers/lounge/app.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include <cstdio>

namespace {

using namespace baytime::lounge;

struct Options {
    std::string config, host, port, token, size, language, theme;
    double every_seconds = 0;
    bool no_drift = false;
    Outputs outputs;
};

void describe(CLI::App& app, Options& options) {
    app.add_option("--config", options.config, "configuration file, see config/lounge.toml")->check(CLI::ExistingFile);
    app.add_option("--host", options.host, "where baytimed runs (default 127.0.0.1)");
    app.add_option("--port", options.port, "its TCP port (default 7420)");
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
}

Settings settings_of(const Options& options) {
    Settings settings = options.config.empty() ? Settings{} : read_settings(options.config);
    if (!options.host.empty()) settings.host = options.host;
    if (!options.port.empty()) settings.port = options.port;
    if (!options.token.empty()) settings.token = options.token;
    if (!options.size.empty()) set_size(settings, options.size);
    if (!options.language.empty()) settings.language = language_choice(options.language);
    if (!options.theme.empty()) settings.light = options.theme == "light";
    if (options.no_drift) settings.drift = false;
    return settings;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"The progress board in the customer lounge."};
    Options options;
    describe(app, options);
    CLI11_PARSE(app, argc, argv);
    spdlog::set_default_logger(spdlog::stderr_color_st("baytime-lounge"));
    options.outputs.every = std::chrono::milliseconds(static_cast<std::int64_t>(options.every_seconds * 1000));
    try {
        return App(settings_of(options), options.outputs).run();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
