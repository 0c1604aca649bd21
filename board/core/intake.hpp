// Checks of what the desk writes down, shared by book, receive and correct. Inside core only.
#pragma once

#include "board/core/decide_rules.hpp"

namespace baytime::rules {

/// `R1023`: 1 to 32 of A-Z, 0-9, dot, underscore, hyphen.
std::optional<Rejection> bad_order(const Ask& ask);
/// Stores the plate as we write it, or refuses what is none.
std::optional<Rejection> read_plate(const std::string& text, std::string& plate);
/// Fills names and minutes from the standard times.
std::optional<Rejection> read_items(const Shop& shop, const std::vector<Item>& wanted, std::vector<Item>& items);
/// The earlier order of a return must be on record, here or imported, and over. Empty: no return.
std::optional<Rejection> bad_return(const Ask& ask, const std::string& earlier);
/// The advisor named, else the one who asks when they are one.
std::string advisor_of(const Ask& ask, const std::optional<std::string>& named, const std::string& so_far);

}  // namespace baytime::rules
