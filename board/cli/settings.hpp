// Where to connect and as whom: from the command line, else the environment, else the settings file.
#pragma once

#include "board/client/client.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace baytime::cli {

struct Settings {
    std::string host = "127.0.0.1";
    std::string port = "7420";
    client::Security security;
    std::string token;     ///< device token, may be empty
    std::string device;    ///< configured device to be, where the daemon is open
    std::string as;        ///< who acts, when a command does not say
    bool chinese = false;  ///< language of `top`
    bool json = false;
    bool once = false;    ///< one frame of `top`
    int wide = 0;         ///< columns of one frame of `top`; 0: the terminal's
    int high = 0;         ///< rows of it
    std::string mapping;  ///< of an import: the file that renames columns
    bool skip_bad = false, dry_run = false;
    std::string date, month, year, by;  ///< of a report
    std::string format = "text";        ///< of a report: text, csv, xlsx or json
    std::string output;                 ///< file for a report; empty: standard output
    bool explain = false;
    bool prometheus = false;  ///< health as metrics
    std::string config;       ///< of the daemon, for a restore; empty: where the daemon looks
    bool help = false;
    bool version = false;
    std::vector<std::string> words;  ///< the verb and what follows it
};

using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// Throws Trouble{usage} on an unknown option or a faulty settings file.
Settings read_settings(int count, const char* const* arguments, const Environment& environment);
/// The real environment.
Environment process_environment();

}  // namespace baytime::cli
