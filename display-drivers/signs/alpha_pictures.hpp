// Chinese on Alpha signs with 16 rows and more: words as SMALL DOTS pictures that a TEXT calls. Pure.
// A word has its picture file by what it looks like, so the same word is written once and then only called.
#pragma once

#include "display-drivers/signs/alpha_frames.hpp"

#include <string>
#include <vector>

namespace baytime::signs::alpha {

inline constexpr int picture_sign_rows = dot_rows;  ///< the least rows of a sign that shows pictures of text

/// Whether this sign gets its texts as pictures.
bool draws_pictures(const Setup& setup);
/// The memory table for pictures: TEXT A and the picture files.
std::vector<File> picture_memory();
/// `page` in pictures, TEXT A or the priority text last. `digit` is that of a dot with this meaning.
std::vector<Packet> show_pictures(const Page& page, const Setup& setup, char (*digit)(Meaning, const Setup&));

}  // namespace baytime::signs::alpha
