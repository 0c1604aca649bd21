// Puts text into an area: measures, shortens with an ellipsis, shrinks, aligns. Pure.
#pragma once

#include "display-drivers/lounge/scene.hpp"

#include <string>
#include <utility>
#include <vector>

namespace baytime::lounge {

class Pen {
public:
    Pen(Area& area, const Ruler& ruler) : area_(area), ruler_(ruler) {}

    int width(std::string_view text, Font font) const { return text.empty() ? 0 : ruler_.width(text, font); }
    /// Each returns the width used.
    int left(int x, int baseline, const std::string& text, Font font, Color color);
    int right(int x, int baseline, const std::string& text, Font font, Color color);
    int center(int x, int baseline, const std::string& text, Font font, Color color);
    template <class OneShape>
    void add(OneShape shape) {
        area_.shapes.emplace_back(std::in_place_type<OneShape>, std::move(shape));
    }

    /// The text, or as much of it as fits with an ellipsis at its end.
    std::string cut(const std::string& text, Font font, int room) const;
    /// The font, or the largest smaller one in which the text fits; not below `least` of its size.
    Font shrink(const std::string& text, Font font, int room, double least) const;
    /// At most two lines, broken at a `|`, when the text does not fit in one.
    std::vector<std::string> lines(const std::string& text, Font font, int room) const;

private:
    Area& area_;
    const Ruler& ruler_;
};

/// Baseline that centres capitals and digits of this font on `y`.
int centred(int y, Font font);

}  // namespace baytime::lounge
