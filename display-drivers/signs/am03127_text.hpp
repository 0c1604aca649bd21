// Pages as an AM03127 sign can show them: text with tags, or pictures of text for Chinese. Pure.
#pragma once

#include "display-drivers/signs/am03127_frames.hpp"

#include <vector>

namespace baytime::signs::am {

/// What the sign draws of this text: ASCII and European characters as tags (`ü` is `<U7C>`), everything else in Latin
/// letters. `<` and `>` become round brackets, because tags are made of them. Never longer than `room` bytes, and cut
/// between characters.
std::string tagged_text(std::string_view utf8, std::size_t room);
/// How many characters of the glass that takes.
int letters_of(std::string_view tagged);

/// The first tag that no sign knows, such as `<ZZ>`, or a `<` that begins none; empty when all are known.
std::string unknown_tag(std::string_view text);
/// Whether a text has Chinese characters, which the sign's own font lacks.
bool is_chinese(std::string_view utf8);

/// A line as a picture: which blocks it is made of, upper half and lower half for each 32 columns.
struct Picture {
    int columns = 0;
    std::vector<Block> upper{}, lower{};
};
/// At most `most` blocks each half; what is beyond is cut.
Picture picture_of(const Line& line, std::size_t most);

}  // namespace baytime::signs::am
