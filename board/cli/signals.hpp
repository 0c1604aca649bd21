// Ctrl-C and its relatives, as flags that loops look at. poll() returns early when one comes.
#pragma once

namespace baytime::cli {

/// Catches SIGINT, SIGTERM, SIGHUP and SIGWINCH; ignores SIGPIPE.
void catch_signals();
bool asked_to_stop();
/// True once after the terminal changed its size.
bool take_resized();

}  // namespace baytime::cli
