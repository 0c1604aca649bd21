// Cutting lines: see framer.hpp.
#include "protocol/framer.hpp"

#include "protocol/text.hpp"

#include <algorithm>

namespace baytime::protocol {
namespace {

bool is_json(std::string_view line) {
    return !line.empty() && (line.front() == '{' || line.front() == '[');
}

std::size_t limit_of(std::string_view line) {
    return is_json(line) ? max_json_line : max_words_line;
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t") == std::string_view::npos;
}

Line line_of(std::string_view text) {
    if (text.size() > limit_of(text)) return {.kind = Line::Kind::too_long, .text = {}};
    if (!valid_utf8(text)) return {.kind = Line::Kind::bad_utf8, .text = {}};
    return {.kind = is_json(text) ? Line::Kind::json : Line::Kind::words, .text = std::string(text)};
}

}  // namespace

void Framer::feed(std::string_view bytes) {
    pending_.erase(0, start_);
    scanned_ -= start_;
    start_ = 0;
    pending_ += bytes;
}

std::optional<Line> Framer::next() {
    for (;;) {
        const std::size_t newline = pending_.find('\n', scanned_);
        if (newline == std::string::npos) break;
        std::string_view text(pending_.data() + start_, newline - start_);
        start_ = scanned_ = newline + 1;
        if (skipping_) {
            skipping_ = false;
            return Line{.kind = Line::Kind::too_long, .text = {}};
        }
        if (text.ends_with('\r')) text.remove_suffix(1);
        if (!is_blank(text)) return line_of(text);
    }
    scanned_ = pending_.size();
    const std::string_view tail(pending_.data() + start_, pending_.size() - start_);
    // One byte more than the limit may still be the `\r` of a line that fits.
    if (skipping_ || tail.size() > limit_of(tail) + 1) {
        skipping_ = true;
        pending_.clear();
        start_ = scanned_ = 0;
    }
    return std::nullopt;
}

}  // namespace baytime::protocol
