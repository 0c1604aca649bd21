// What a sign is asked to show: text by lines, and what each piece of it means. Knows no protocol and no wire.
#pragma once

#include <string>
#include <vector>

namespace baytime::signs {

/// What a piece of text means; each driver has one table from meaning to what its sign can do.
enum class Meaning { normal, good, attention, alarm };

struct Segment {
    std::string text{};  ///< UTF-8; a driver without Chinese font writes it through latin()
    Meaning meaning = Meaning::normal;
    bool operator==(const Segment&) const = default;
};

using Line = std::vector<Segment>;

/// More lines than the sign has rows for are shown one screen after the other, by the sign itself.
struct Page {
    std::vector<Line> lines{};
    bool priority = false;  ///< takes over the sign until a page without it is shown
    bool operator==(const Page&) const = default;
};

/// A page of one meaning; `\n` begins a new line.
Page page_of(const std::string& text, Meaning meaning = Meaning::normal);
/// The text alone, lines joined by `\n`.
std::string text_of(const Page& page);
/// The same page as every sign shows it: empty pieces left out, neighbours of one meaning joined, blank lines dropped.
Page tidy(const Page& page);

}  // namespace baytime::signs
