#include "display-drivers/signs/modbus_text.hpp"

#include "display-drivers/signs/gbk.hpp"
#include "display-drivers/signs/latin.hpp"

#include <algorithm>
#include <limits>

namespace baytime::signs::modbus {

namespace {

constexpr char dash = '-';

/// The bytes of the first character: two when it is Chinese.
std::size_t character_bytes(std::string_view text, bool chinese) {
    const bool two = chinese && static_cast<unsigned char>(text[0]) >= 0x80 && text.size() > 1;
    return two ? 2 : 1;
}

/// Digits of the glass that a character takes. A segment display lights a point beside the digit before it.
int cells(std::string_view character, const TextForm& form) {
    return form.digits > 0 && character == "." ? 0 : static_cast<int>(character.size());
}

/// As much of the text as the glass and the registers hold, in whole characters.
std::string cut(std::string_view text, std::size_t room, const TextForm& form) {
    std::string out;
    int used = 0;
    while (!text.empty()) {
        const auto character = text.substr(0, character_bytes(text, form.chinese));
        used += cells(character, form);
        if (out.size() + character.size() > room || (form.digits > 0 && used > form.digits)) break;
        out += character;
        text.remove_prefix(character.size());
    }
    return out;
}

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789.-") == std::string_view::npos;
}

std::int64_t power_of_ten(int places) {
    std::int64_t out = 1;
    for (int i = 0; i < places; ++i) out *= 10;
    return out;
}

}  // namespace

std::string letters(std::string_view text, bool chinese) {
    std::string out = chinese ? to_gbk(text) : latin(text);
    out.erase(0, std::min(out.find_first_not_of(' '), out.size()));
    out.erase(out.find_last_not_of(' ') + 1);
    return out;
}

Registers text_registers(const std::string& text, int count, const TextForm& form) {
    const std::size_t room = static_cast<std::size_t>(count) * 2;
    std::string bytes = cut(text, room, form);
    if (bytes.size() < text.size() && is_number(text)) {
        bytes.assign(form.digits > 0 ? std::min(room, static_cast<std::size_t>(form.digits)) : room, dash);
    }
    // Registers that are all zero say that the sign has lost its memory, so an empty text is a blank.
    if (bytes.empty()) bytes = " ";
    const std::size_t shown = form.digits > 0 && form.justify == Justify::right
                                  ? std::min(room, static_cast<std::size_t>(form.digits))
                                  : room;
    if (form.justify == Justify::right && bytes.size() < shown) {
        bytes.insert(0, shown - bytes.size(), static_cast<char>(form.padding));
    }
    bytes.resize(room, static_cast<char>(form.padding));
    Registers out;
    for (std::size_t i = 0; i < room; i += 2) {
        const auto first = static_cast<unsigned char>(bytes[i]), second = static_cast<unsigned char>(bytes[i + 1]);
        out.push_back(static_cast<std::uint16_t>(form.high_first ? first << 8 | second : second << 8 | first));
    }
    return out;
}

std::optional<Number> first_number(std::string_view text) {
    constexpr int most_digits = 12;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto begin = std::ranges::find_if(text, is_digit);
    if (begin == text.end()) return std::nullopt;
    Number out;
    bool point = false;
    int digits = 0;
    for (auto at = begin; at != text.end() && digits < most_digits; ++at) {
        if (*at == '.' && !point && at + 1 != text.end() && is_digit(at[1])) {
            point = true;
            continue;
        }
        if (!is_digit(*at)) break;
        out.digits = out.digits * 10 + (*at - '0');
        out.places += point ? 1 : 0;
        ++digits;
    }
    if (begin != text.begin() && begin[-1] == '-') out.digits = -out.digits;
    return out;
}

std::int64_t scaled(const Number& number, int places) {
    if (number.places > places) return number.digits / power_of_ten(number.places - places);
    return number.digits * power_of_ten(places - number.places);
}

Registers integer_registers(std::int64_t value, int count, bool high_word_first) {
    if (count < 2) {
        using Limits = std::numeric_limits<std::int16_t>;
        const auto near = std::clamp<std::int64_t>(value, Limits::min(), Limits::max());
        return {static_cast<std::uint16_t>(near)};
    }
    using Limits = std::numeric_limits<std::int32_t>;
    const auto near = static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, Limits::min(), Limits::max()));
    const auto high = static_cast<std::uint16_t>(near >> 16), low = static_cast<std::uint16_t>(near & 0xFFFF);
    return high_word_first ? Registers{high, low} : Registers{low, high};
}

Registers sign_magnitude_registers(std::int64_t value, int places) {
    constexpr std::int64_t most = std::numeric_limits<std::uint16_t>::max();
    const int sign = value < 0 ? 1 : 0;
    return {static_cast<std::uint16_t>(sign << 8 | places),
            static_cast<std::uint16_t>(std::min(value < 0 ? -value : value, most))};
}

Registers line_registers(const RegisterProfile& profile, const RegisterLine& line, std::string_view text) {
    if (profile.is_text()) {
        const bool chinese = profile.encoding == RegisterEncoding::gbk;
        const TextForm form{.chinese = chinese,
                            .high_first = profile.high_first,
                            .padding = profile.padding,
                            .justify = profile.justify,
                            .digits = profile.digits};
        return text_registers(letters(text, chinese), line.count, form);
    }
    const int places = profile.encoding == RegisterEncoding::integer ? 0 : profile.places;
    const auto number = first_number(latin(text));
    std::int64_t value = number ? scaled(*number, places) : profile.no_number;
    if (profile.digits > 0) {
        constexpr int most_digits = 12;
        const std::int64_t most = power_of_ten(std::min(profile.digits, most_digits)) - 1;
        value = std::clamp(value, -most / 10, most);  // a minus takes one digit
    }
    if (profile.encoding == RegisterEncoding::sign_magnitude) return sign_magnitude_registers(value, places);
    return integer_registers(value, line.count, profile.high_word_first);
}

}  // namespace baytime::signs::modbus
