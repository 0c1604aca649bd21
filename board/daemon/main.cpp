// baytimed: reads its options and wires the rest together.
#include "board/core/words.hpp"
#include "board/daemon/identity.hpp"
#include "board/daemon/log.hpp"
#include "board/daemon/print_view.hpp"
#include "board/daemon/private_copies.hpp"
#include "board/daemon/service.hpp"
#include "board/daemon/settings_parts.hpp"
#include "board/daemon/shop_clock.hpp"
#include "board/daemon/tokens.hpp"
#include "board/store/restore.hpp"
#include "config/options.hpp"
#include "config/reader.hpp"
#include "protocol/harmless.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <CLI/CLI.hpp>

#include <iostream>
#include <string>

namespace {

using namespace baytime::daemon;
using baytime::protocol::harmless, baytime::protocol::harmless_lines;

struct Options {
    std::string config = "/etc/baytime/baytime.toml";
    bool check = false, hash_token = false, hash_pin = false;
    std::string print, at, restore;
    std::string add_token, kind, bay;
};

/// The first line of standard input, so that a secret never stands in the list of processes.
std::string secret() {
    std::string line;
    std::getline(std::cin, line);
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

int print_hash(bool token) {
    const auto text = secret();
    const std::size_t least = token ? min_token_bytes : 4;
    if (text.size() < least || text.size() > max_secret_bytes) {
        fmt::print(stderr, "baytimed: a {} has {} to {} characters\n", token ? "token" : "PIN", least,
                   max_secret_bytes);
        return 1;
    }
    fmt::print("{}\n", token ? hash_token(text) : hash_pin(text));
    return 0;
}

/// What lies in the journal's place now, and up to when.
int restore(const Settings& settings, const std::string& backup) {
    const auto done = baytime::store::restore(settings.journal, backup);
    const auto newest = to_local(settings.shop.zone, done.newest).time_since_epoch();
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(newest);
    const std::chrono::year_month_day day(std::chrono::local_days(std::chrono::floor<std::chrono::days>(minutes)));
    fmt::print("restored {}: {} events, up to seq {}", harmless(backup), done.events, done.events);
    if (done.events > 0)
        fmt::print(" of {:04}-{:02}-{:02} {:02}:{:02} in the shop", static_cast<int>(day.year()),
                   static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), minutes.count() / 60 % 24,
                   minutes.count() % 60);
    fmt::print("\n");
    if (!done.set_aside.empty()) fmt::print("the journal before is kept as {}\n", done.set_aside);
    for (const auto& copy : baytime::store::set_newer_aside(settings.backups, done.events))
        fmt::print("a copy that holds more is kept as {}\n", copy);
    for (const auto& file : put_back_private_files(settings, backup)) fmt::print("put back {}\n", file);
    fmt::print("start the daemon again: systemctl start baytimed\n");
    return 0;
}

/// For the first token, and for whoever has lost the last full one. A running daemon takes it at the next reload.
int add_token(const Settings& settings, const Options& options) {
    const auto kind = baytime::from_name<DeviceKind>(options.kind);
    const Device device{
        .id = options.add_token, .kind = kind.value_or(DeviceKind::display), .bay = options.bay, .token_hash = {}};
    if (!is_id(device.id)) throw std::runtime_error("a device's name has 1 to 16 letters, digits, '.', '_' or '-'");
    put_back_tokens(settings);
    Tokens tokens(settings.beside_journal(tokens_file));
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto made =
        tokens.add(settings, device, kind.has_value(), {.by = "baytimed", .at = baytime::protocol::iso_utc(now)});
    if (const auto* no = std::get_if<Refused>(&made)) throw std::runtime_error(no->sentence + " [" + no->token + "]");
    fmt::print("{}\n", std::get<std::string>(made));
    fmt::print(stderr,
               "the token of {}; it is shown this once. A running daemon takes it with: systemctl reload "
               "baytimed\n",
               device.id);
    return 0;
}

/// The record holds names and phones: its files are not for everyone on this computer.
constexpr mode_t not_for_others = S_IWGRP | S_IRWXO;

int run(const Options& options) {
    ::umask(not_for_others);
    if (options.hash_token || options.hash_pin) return print_hash(options.hash_token);
    const auto settings = read_settings(options.config);
    if (options.check) {
        fmt::print("configuration is good: {}\n", summary(settings));
        if (settings.shop.bays.empty())
            fmt::print("warning: there is no [[bay]], so no car can be put anywhere; add one for each bay\n");
        return 0;
    }
    if (!options.add_token.empty()) return add_token(settings, options);
    if (!options.restore.empty()) return restore(settings, options.restore);
    if (!options.print.empty()) {
        fmt::print("{}\n", baytime::protocol::harmless_json(print_view(settings, options.print, options.at)));
        return 0;
    }
    serve(settings, options.config);
    return 0;
}

}  // namespace

int main(int count, char** words) {
    Options options;
    CLI::App app("The Baytime daemon: keeps the state of every bay and every promise, and shows it.", "baytimed");
    app.add_option("--config", options.config, "configuration file")->capture_default_str();
    app.add_flag("--check-config", options.check, "check the configuration and exit");
    app.add_option("--print", options.print, "print a view from the journal as JSON and exit")->type_name("VIEW");
    app.add_option("--at", options.at, "the time for --print, as 2026-11-21T10:30")->type_name("TIME");
    app.add_option("--restore", options.restore,
                   "put this copy in the journal's place and exit; the daemon must not run")
        ->type_name("FILE");
    app.add_option("--add-token", options.add_token, "make a token for this device, print it and exit")
        ->type_name("DEVICE");
    app.add_option("--kind", options.kind, "what it may do, for a device that is not configured")
        ->check(CLI::IsMember({"display", "station", "full"}));
    app.add_option("--bay", options.bay, "the bay a new station stands at");
    app.add_flag("--hash-token", options.hash_token, "read a device token from standard input, print its hash");
    app.add_flag("--hash-pin", options.hash_pin, "read a PIN from standard input, print its hash");
    app.set_version_flag("--version", "baytimed " BAYTIME_VERSION);
    baytime::config::refuse_empty_values(app);
    try {
        app.parse(count, words);
        return run(options);
    } catch (const CLI::ParseError& wrong) {
        if (wrong.get_exit_code() == 0) return app.exit(wrong);  // --help, --version
        fmt::print(stderr, "baytimed: {}; see: baytimed --help [bad-option]\n", harmless(wrong.what()));
        return 2;
    } catch (const baytime::config::ConfigError& faults) {
        fmt::print(stderr, "{}\n", harmless_lines(faults.what()));
    } catch (const std::exception& failure) {
        fmt::print(stderr, "baytimed: {}\n", harmless(failure.what()));
    }
    return 1;
}
