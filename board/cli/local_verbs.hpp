// The few words of the command line that are no verbs of the protocol.
#pragma once

#include <array>
#include <string_view>

namespace baytime::cli {

struct LocalVerb {
    std::string_view name, usage, summary;
};

inline constexpr std::array local_verbs{
    LocalVerb{"completion", "completion bash", "print the completion script for the shell"},
    LocalVerb{"export", "export DIR", "write everything as CSV files into a new directory, all or nothing"},
    LocalVerb{"import", "import orders FILE.csv [--mapping FILE] [--skip-bad] [--dry-run]",
              "import settled orders of another system, all or none"},
    LocalVerb{"raw", "raw", "send the lines of standard input as they are, print what comes back"},
    LocalVerb{"restore", "restore FILE [--config FILE]", "put a copy in the journal's place; the daemon must not run"},
    LocalVerb{"sign", "sign ACTION ...", "tools to bring an LED sign to life; see: baytime sign --help"},
    LocalVerb{"standards", "standards check FILE", "check a catalogue of standard times, row by row"},
    LocalVerb{"tls", "tls [forget HOST:PORT]",
              "show the fingerprint of the daemon's certificate, or forget a server visited before"},
    LocalVerb{"token", "token add DEVICE [KIND] [bay=ID] | token list | token revoke DEVICE",
              "make and revoke the tokens of devices while the daemon runs"},
    LocalVerb{"top", "top [--once]", "all bays, live, in the terminal; q quits"},
};

}  // namespace baytime::cli
