// The verbs that are more than one call and its answer.
#pragma once

#include "board/cli/settings.hpp"

namespace baytime::cli {

/// Prints every push of a view until Ctrl-C. Returns the exit code; throws Trouble.
int run_watch(const Settings& settings);
/// Passes standard input line by line, prints the answers. Returns the exit code: refused when one answer was.
int run_raw(const Settings& settings);
/// The live view of all bays. Returns the exit code.
int run_top(const Settings& settings);
/// Sends a file of orders to the daemon. Returns the exit code; throws Trouble.
int run_import(const Settings& settings);
/// Writes the whole record as CSV files. Returns the exit code; throws Trouble.
int run_export(const Settings& settings);
/// Asks for a report and prints or writes it in one of its formats. Returns the exit code; throws Trouble.
int run_report(const Settings& settings);
/// How the daemon is. Returns the exit code of monitoring plug-ins: 0 well, 1 warning, 2 critical, 3 unknown.
int run_health(const Settings& settings);
/// A verified copy of the journal, in the daemon's directory or where it is told. Returns the exit code; throws
/// Trouble.
int run_backup(const Settings& settings);
/// Becomes `baytimed --restore`; throws Trouble when that program is not found.
int run_restore(const Settings& settings);
/// Writes a directory or archive for a helper far away. Returns the exit code; throws Trouble.
int run_support(const Settings& settings);
/// Shows the certificate's fingerprint, or forgets a server. Returns the exit code; throws Trouble.
int run_tls(const Settings& settings);
/// Checks a catalogue of standard times. Returns refused when a row is faulty.
int run_standards(const Settings& settings);

}  // namespace baytime::cli
