// What the board has to say at one moment: the model's answer, the layout's question.
#pragma once

#include "board/core/views.hpp"
#include "display-drivers/lounge/shop_clock.hpp"
#include "display-drivers/lounge/translations.hpp"

#include <optional>
#include <string>
#include <vector>

namespace baytime::lounge {

/// A row of the page shown now.
struct ShownRow {
    LoungeRow row{};
    double glow = 0;  ///< 1 when it has just changed, fading to 0
};

struct Show {
    enum class Page {
        connecting,  ///< nothing was ever heard
        welcome,     ///< no cars
        cars,
        closed,
    };
    Page page_kind = Page::connecting;
    std::string shop{};
    std::vector<ShownRow> rows{};
    int first_row = 0;  ///< index of rows[0] among all rows
    int page = 0, pages = 1;
    std::vector<Welcome> welcomes{};
    int turn = 0;  ///< counts page turns; the footer shows the next guests with each
    Language language = Language::chinese;
    std::optional<LocalTime> now{};    ///< nothing until the daemon has told the time
    bool time_doubted = false;         ///< `now` may be wrong: it is not shown
    std::optional<LocalTime> as_of{};  ///< set while the daemon is away
    std::chrono::minutes offset{0};
    std::string opens{}, closes{};  ///< `07:30`, for the closed page
    bool dim = false;               ///< night
};

}  // namespace baytime::lounge
