#include "display-drivers/signs/page.hpp"

namespace baytime::signs {

Page page_of(const std::string& text, Meaning meaning) {
    Page page;
    std::size_t begin = 0;
    while (true) {
        const auto end = text.find('\n', begin);
        page.lines.push_back({Segment{text.substr(begin, end - begin), meaning}});
        if (end == std::string::npos) return page;
        begin = end + 1;
    }
}

std::string text_of(const Page& page) {
    std::string out;
    for (const Line& line : page.lines) {
        if (&line != &page.lines.front()) out += '\n';
        for (const Segment& segment : line) out += segment.text;
    }
    return out;
}

Page tidy(const Page& page) {
    Page out{.lines = {}, .priority = page.priority};
    for (const Line& line : page.lines) {
        Line kept;
        for (const Segment& segment : line) {
            if (segment.text.empty()) continue;
            if (!kept.empty() && kept.back().meaning == segment.meaning) {
                kept.back().text += segment.text;
            } else {
                kept.push_back(segment);
            }
        }
        if (!kept.empty()) out.lines.push_back(std::move(kept));
    }
    return out;
}

}  // namespace baytime::signs
