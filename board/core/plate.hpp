// Number plates: what is one, and how much of it a stranger may see (rule §8).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace baytime {

/// The plate as we store it: upper case, inner spaces, dots and hyphens removed (`沪 a·12345` -> `沪A12345`).
/// Nothing when it is no plate: fewer than 4 or more than 12 letters (6 and 9 for a Chinese one), or characters no
/// plate has.
std::string normal_plate(std::string_view text);
/// With the dot people expect after the first two characters: `沪A·12345`.
std::string dotted_plate(std::string_view plate);
/// Masked for strangers: of a Chinese plate region, letter and one more stay, and the last two (three for an
/// eight-character plate): `沪A·7**K8`, `沪A·D**338`. At least two are hidden of any plate.
/// Where two masked plates of the list coincide, both reveal one more, until they differ or nothing is left to hide
/// but one character. The result has the list's order. A display never sees a full plate.
std::vector<std::string> masked_plates(const std::vector<std::string>& plates);
/// Surname and title, never the given name: `王先生` from `王建国先生`, `王先生/女士` from `王建国`, `Ms. Miller` from
/// `Ms. Ann Miller`. Nothing for a firm or a number.
std::string form_of_address(std::string_view customer);
/// A text that staff typed, for strangers: this customer's name, this plate and every number of seven or more digits
/// become `***`.
std::string masked_text(std::string_view text, std::string_view customer, std::string_view plate);

}  // namespace baytime
