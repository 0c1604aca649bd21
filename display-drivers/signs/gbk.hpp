// Text for signs with a Chinese font: UTF-8 to GBK and back, through the C library's converter. Pure.
// The converter is the one for GBK, never GB2312: that one refuses the dot of licence plates, U+00B7, which is A1 A4.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace baytime::signs {

/// What the sign's font holds: all of GBK, or only its part GB2312 (first byte A1..F7, second A1..FE).
enum class GlyphSet { gbk, gb2312 };

/// Bytes to send. What the glyphs lack becomes a look-alike (`•` the dot of a plate, `é` an e, `車` 车), else
/// `otherwise`; control characters vanish.
std::string to_gbk(std::string_view utf8, GlyphSet glyphs = GlyphSet::gbk, char otherwise = '_');
/// The characters that to_gbk() would write as `otherwise`.
std::string without_gbk(std::string_view utf8, GlyphSet glyphs = GlyphSet::gbk);
/// Every character as it is, control characters too, or nothing when one of them has no code.
std::optional<std::string> exact_gbk(std::string_view utf8, GlyphSet glyphs = GlyphSet::gbk);
/// UTF-8 of such bytes; U+FFFD for each byte that begins no character.
std::string from_gbk(std::string_view bytes);

}  // namespace baytime::signs
