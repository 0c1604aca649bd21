// What `baytime top` shows: a pure function of the views, the time and the size of the terminal.
#pragma once

#include "board/cli/show.hpp"
#include "board/core/views.hpp"

#include <string>
#include <vector>

namespace baytime::cli {

struct TopState {
    WorkshopView workshop;
    AlertsView alerts;
    Instant now{};
    Offset offset{};
    bool connected = true;  ///< no: the rows are as old as `now` says
};

struct TopLook {
    std::size_t columns = 80;
    std::size_t rows = 24;
    bool chinese = false;
    bool colour = true;  ///< ANSI colours; meaning is always in words too
};

/// At most `rows` lines of at most `columns` columns, without newlines, harmless to a terminal.
std::vector<std::string> top_frame(const TopState& state, const TopLook& look);

}  // namespace baytime::cli
