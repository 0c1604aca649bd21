// Cuts a byte stream into request lines and refuses what is no line: too long, or no UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace baytime::protocol {

/// Longest line of plain words, in bytes, without its newline.
inline constexpr std::size_t max_words_line = 512;
/// Longest line that begins with `{` or `[`, in bytes, without its newline.
inline constexpr std::size_t max_json_line = 64 * 1024;

/// One line, or the reason why the bytes up to the next newline are none.
struct Line {
    enum class Kind { words, json, too_long, bad_utf8 };
    Kind kind = Kind::words;
    std::string text;  ///< without `\r\n`; empty for too_long and bad_utf8
};

/// Push bytes in, take lines out. Holds at most one unfinished line of max_json_line bytes.
class Framer {
public:
    void feed(std::string_view bytes);
    /// The next complete line; blank lines are skipped. A too long line is reported once, when its newline arrives.
    std::optional<Line> next();

private:
    std::string pending_;
    std::size_t start_ = 0;    ///< where the first line not yet taken begins
    std::size_t scanned_ = 0;  ///< no newline before this
    bool skipping_ = false;
};

}  // namespace baytime::protocol
