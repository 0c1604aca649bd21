// Chinese to Latin letters, as data. A shop that misses a character in its name adds it to latin_sounds.
#pragma once

#include <span>
#include <string_view>

namespace baytime::signs {

struct Latin {
    std::string_view chinese, latin;
};

extern const std::span<const Latin> latin_provinces;      ///< first character of a plate
extern const std::span<const Latin> latin_plate_endings;  ///< last character of a plate
extern const std::span<const Latin> latin_words;          ///< set off by blanks
extern const std::span<const Latin> latin_signs;          ///< punctuation
extern const std::span<const Latin> latin_sounds;         ///< pinyin, character by character

}  // namespace baytime::signs
