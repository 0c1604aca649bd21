#include "board/reports/file_texts.hpp"

#include "board/reports/texts.hpp"

#include <cassert>

namespace baytime::reports {

std::string file_text(std::string_view key, std::span<const std::string> with, bool chinese) {
    std::string_view rest = text("file", "", key, chinese);
    assert(!rest.empty());
    std::string out;
    while (!rest.empty()) {
        const bool hole = rest.size() >= 3 && rest[0] == '{' && rest[2] == '}' && rest[1] >= '0' && rest[1] <= '9';
        if (!hole) {
            out += rest.front();
            rest.remove_prefix(1);
            continue;
        }
        const auto place = static_cast<std::size_t>(rest[1] - '0');
        if (place < with.size()) out += with[place];
        rest.remove_prefix(3);
    }
    return out;
}

}  // namespace baytime::reports
