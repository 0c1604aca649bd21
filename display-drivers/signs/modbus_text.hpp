// Texts and numbers as the registers of a display, by its profile. Pure.
#pragma once

#include "display-drivers/signs/modbus_frames.hpp"
#include "display-drivers/signs/modbus_profile.hpp"

namespace baytime::signs::modbus {

/// How bytes of text fill registers.
struct TextForm {
    bool chinese = false;  ///< GBK; else Latin letters
    bool high_first = true;
    std::uint8_t padding = ' ';
    Justify justify = Justify::left;
    int digits = 0;  ///< of the glass, where a point takes none; 0: as many as the registers hold
};
/// In letters the sign has, without blanks at the ends. Control characters vanish.
std::string letters(std::string_view text, bool chinese);
/// `count` registers. A text that is too long is cut, between characters; a number that is too long becomes dashes,
/// because a part of it would be another number.
Registers text_registers(const std::string& letters, int count, const TextForm& form);

/// A number as `-12.5`: digits, and how many stand behind the point.
struct Number {
    std::int64_t digits = 0;
    int places = 0;
};
/// The first number in a text.
std::optional<Number> first_number(std::string_view text);
/// The same number with that many places; what lies beyond them is dropped.
std::int64_t scaled(const Number& number, int places);
/// One or two registers; a number beyond them becomes the nearest they hold.
Registers integer_registers(std::int64_t value, int count, bool high_word_first);
/// Two registers: sign and places, magnitude.
Registers sign_magnitude_registers(std::int64_t value, int places);

/// What these profile lines are to hold for this text.
Registers line_registers(const RegisterProfile& profile, const RegisterLine& line, std::string_view text);

}  // namespace baytime::signs::modbus
