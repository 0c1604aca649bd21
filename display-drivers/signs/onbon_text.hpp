// The options of the Onbon driver, and lines in the bytes that a card draws. Pure.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::signs::onbon {

/// On the wire, escaped; what else is in a frame takes about 130 bytes.
inline constexpr std::size_t most_text_bytes = 880;

std::span<const OptionForm> options();
std::string chosen(const Setup& setup, std::string_view name);
std::uint32_t chosen_number(const Setup& setup, std::string_view name);

/// GBK bytes that the card draws and never takes for codes: a second byte 5C would look like a backslash.
std::string drawn(std::string_view text, const Setup& setup);
/// Dots of so many bytes. Letters are half as wide as high, Chinese characters as wide as high, with twice the bytes.
int width_of(std::size_t letters, const Setup& setup);
/// For Chinese and for Latin letters. Song, 16 dots and GB2312 have three sources, the other digits one [1: open C
/// header].
std::string font_codes(const Setup& setup);

/// A line in the card's bytes.
struct Drawn {
    std::string text{};       ///< with colours
    std::size_t letters = 0;  ///< bytes that are drawn
    std::size_t on_wire = 0;  ///< bytes of `text`, escaped
};
/// The lines that are not empty; one is cut at the end of a character when it is longer than a frame can be.
std::vector<Drawn> lines_of(const Page& page, const Setup& setup);

}  // namespace baytime::signs::onbon
