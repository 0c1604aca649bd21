// What the board knows and when it says it: rows, pages, fades, age of the data. Pure; time is passed in.
#pragma once

#include "display-drivers/lounge/show.hpp"

#include <map>
#include <optional>
#include <string>

namespace baytime::lounge {

/// How long a page of rows stays.
constexpr auto page_dwell = std::chrono::seconds(10);
/// How long each language stays when both are shown.
constexpr auto language_dwell = std::chrono::seconds(8);
/// How long a changed row glows; three seconds is the most that still feels calm.
constexpr auto glow_length = std::chrono::milliseconds(2600);
/// Pause between two pictures of a fade.
constexpr auto glow_frame = std::chrono::milliseconds(50);
/// A daemon that restarts within this time is not worth a banner.
constexpr auto stale_grace = std::chrono::seconds(2);

enum class LanguageChoice { chinese, english, both };

/// Hours of the day, from midnight; may pass midnight. Equal ends: never.
struct Hours {
    std::chrono::minutes from{0}, to{0};
    bool contain(LocalTime time) const;
    bool operator==(const Hours&) const = default;
};

struct ModelSettings {
    LanguageChoice language = LanguageChoice::chinese;
    Hours dim{};
    Hours closed{};
    bool fades = true;
};

class Model {
public:
    explicit Model(const ModelSettings& settings) : settings_(settings) {}

    void set_rows_per_page(int rows) { rows_per_page_ = rows; }
    /// The newest view, and the clock that came with it.
    void receive(const LoungeView& view, const ShopClock& clock, Moment now);
    /// A sign of life without news.
    void heard(const ShopClock& clock, Moment now);
    /// The connection is gone.
    void lost(Moment now);

    /// What to show now. Turns pages.
    Show show(Moment now);
    /// When show() will give something else, if nothing is received.
    Moment next_change(Moment now) const;
    /// How many cars became ready since this was last asked.
    int take_newly_ready();

    bool stale(Moment now) const;
    const LoungeView& view() const { return view_; }

private:
    int pages() const;
    int first_row(int page) const;
    void turn_pages(Moment now);
    void note_changes(const LoungeView& next);
    double glow_of(const std::string& id, Moment now);
    Language language_at(Moment now) const;

    ModelSettings settings_;
    LoungeView view_;
    bool any_view_ = false;
    ShopClock clock_;
    bool any_clock_ = false;
    std::optional<Instant> heard_;  ///< shop time of the last sign of life
    std::optional<Moment> lost_;
    int rows_per_page_ = 8;
    int page_ = 0;
    int turn_ = 0;
    Moment page_since_{};
    Moment begun_{};
    int newly_ready_ = 0;
    std::map<std::string, std::optional<Moment>> glows_;  ///< nothing: changed, but not on a shown page yet
};

}  // namespace baytime::lounge
