// The options of the C-Power driver, and what each window shows. Pure.
#pragma once

#include "display-drivers/signs/cpower_frames.hpp"
#include "display-drivers/signs/gbk.hpp"

namespace baytime::signs::cpower {

inline constexpr char not_drawable = '_';

std::span<const OptionForm> options();

/// The options of one sign, looked up once.
struct Choice {
    GlyphSet glyphs = GlyphSet::gb2312;
    int font = 16;
    std::uint8_t size = 2, align = 1, speed = 30;
    std::size_t windows = 1;
    bool still = false;  ///< by command 04
    bool still_in_one_colour = true;
    bool unconfirmed = false;
    Head head{};
};

Choice choice_of(const Setup& setup);

/// Bits: 1 red, 2 green. Few cards have blue. The words say it too.
std::uint8_t colour_of(Meaning meaning);

struct Piece {
    std::string gbk{};
    Meaning meaning = Meaning::normal;
};

/// What one window shows: whole characters, as many as one packet carries.
struct Content {
    std::vector<Piece> pieces{};
    std::size_t characters = 0, bytes = 0;
};

/// The lines that show something, one for each window; those beyond the windows follow in the last.
std::vector<Content> contents_of(const Page& page, const Choice& choice);

/// Letters are half as wide as high, Chinese characters as wide as high, with twice the bytes.
int width_of(std::size_t bytes, const Choice& choice);

}  // namespace baytime::signs::cpower
