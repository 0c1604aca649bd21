// Random pages for drivers whose signs draw Chinese: letters, Chinese, plates, escapes, control characters.
#pragma once

#include "display-drivers/signs/page.hpp"

#include <algorithm>
#include <functional>
#include <random>

namespace support {

using namespace baytime::signs;

inline Page random_page(std::mt19937& random, std::size_t most_lines, std::size_t most_segments,
                        std::size_t most_pieces) {
    static const std::vector<std::string> pieces{"京",  "Z",    "·",  "[",    "3号工位", "维修中", "A",  " ",
                                                 "\\n", "\\C1", "ア", "α",    "\x1b",    "\t",     "é",  "龘",
                                                 "😀",   "~",    "\\", "\xff", "25分钟",  "港",     "\r", "\x01"};
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
    Page page;
    page.lines.resize(below(most_lines + 1));
    for (Line& line : page.lines) {
        line.resize(1 + below(most_segments));
        for (Segment& segment : line) {
            segment.meaning = static_cast<Meaning>(below(4));
            const std::size_t length = below(most_pieces + 1);
            for (std::size_t i = 0; i < length; ++i) {
                segment.text += below(3) == 0 ? std::string(1, static_cast<char>(' ' + static_cast<char>(below(95))))
                                              : pieces[below(pieces.size())];
            }
        }
    }
    return page;
}

/// The page with each segment as its sign draws it, without lines that show nothing.
inline Page drawn_page(Page page, const std::function<void(Segment&)>& draw) {
    for (Line& line : page.lines) {
        for (Segment& segment : line) draw(segment);
    }
    const auto blank = [](const Line& line) {
        return std::ranges::all_of(
            line, [](const Segment& one) { return one.text.find_first_not_of(' ') == std::string::npos; });
    };
    std::erase_if(page.lines, blank);
    return tidy(page);
}

}  // namespace support
