// `baytimed --print`: a view from the journal file, without a running daemon.
#pragma once

#include "board/daemon/settings.hpp"

#include <optional>
#include <string>

namespace baytime::daemon {

/// The view as JSON, as watchers get it; `signs` gives the texts of every sign's glass. A running daemon is not
/// disturbed. `at`: local or ISO time; empty: the time of the newest event. Throws std::runtime_error with a sentence.
std::string print_view(const Settings& settings, const std::string& view, const std::string& at);

}  // namespace baytime::daemon
