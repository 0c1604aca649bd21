// baytime-workday: plays a busy day of the demo shop through the daemon's TCP door.
#include "board/cli/signals.hpp"
#include "board/cli/text.hpp"
#include "deploy/workday/player.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

using namespace baytime;
using Steady = std::chrono::steady_clock;

struct Asked {
    workday::Options options;
    double seconds = 0;  ///< 0: no limit
    std::string report;
};

Asked read_arguments(CLI::App& app, int count, char** arguments) {
    Asked asked;
    app.add_option("--host", asked.options.settings.host, "where the daemon is")->envname("BAYTIME_HOST");
    app.add_option("--port", asked.options.settings.port, "its TCP port")->envname("BAYTIME_PORT");
    app.add_option("--token", asked.options.settings.token, "device token")->envname("BAYTIME_TOKEN");
    app.add_option("--seed", asked.options.seed, "another number gives another day");
    app.add_option("--for", asked.seconds, "stop after so many seconds")->check(CLI::PositiveNumber);
    app.add_option("--report", asked.report, "write what happened here, as JSON, once a second");
    app.add_flag("--from-now", asked.options.from_now, "go on with the day that is on the board");
    app.add_flag("--loop", asked.options.loop, "begin the next day when one is done");
    app.add_flag("--verbose", asked.options.verbose, "print a line for every command");
    app.parse(count, arguments);
    return asked;
}

/// Written beside and moved over, so that a reader never sees half of it.
void write_report(const std::string& path, const workday::Player& player) {
    if (path.empty()) return;
    const auto& tally = player.tally();
    const protocol::json::object report{
        {"acknowledged", tally.acknowledged}, {"refused", tally.refused},        {"errors", tally.errors},
        {"last_error", tally.last_error},     {"delivered", player.delivered()}, {"day", player.day() + 1},
        {"reconnects", player.reconnects()}};
    const std::string beside = path + ".new";
    std::ofstream(beside) << protocol::json::serialize(report) << "\n";
    std::filesystem::rename(beside, path);
}

int play(const Asked& asked) {
    cli::catch_signals();
    const auto end = Steady::now() + std::chrono::duration<double>(asked.seconds);
    const auto stop = [&] { return cli::asked_to_stop() || (asked.seconds > 0 && Steady::now() >= end); };
    workday::Player player(asked.options, stop);
    Steady::time_point last{};
    const auto tick = [&] {
        if (Steady::now() - last < std::chrono::seconds(1)) return;
        last = Steady::now();
        write_report(asked.report, player);
    };
    try {
        player.play(tick);
    } catch (const cli::Trouble& trouble) {
        if (!stop()) throw;  // told to stop while the daemon was away: that is the end, no fault
    }
    write_report(asked.report, player);
    const auto& tally = player.tally();
    std::printf("workday: %d acknowledged, %d refused, %d errors, %d delivered\n", tally.acknowledged, tally.refused,
                tally.errors, player.delivered());
    if (tally.errors > 0) std::fprintf(stderr, "baytime-workday: %s\n", cli::harmless(tally.last_error).c_str());
    return tally.errors == 0 ? cli::done : cli::refused;
}

}  // namespace

int main(int count, char** arguments) {
    CLI::App app("plays a busy day of the demo shop through the daemon's TCP door");
    try {
        return play(read_arguments(app, count, arguments));
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? cli::done : cli::usage;
    } catch (const cli::Trouble& trouble) {
        std::cerr << "baytime-workday: " << cli::harmless(trouble.what()) << " [" << trouble.token << "]\n";
        return trouble.code;
    } catch (const std::exception& error) {
        std::cerr << "baytime-workday: " << cli::harmless(error.what()) << "\n";
        return cli::refused;
    }
}
