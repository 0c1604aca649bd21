// The list of sign drivers, and what every sign shares.
#include "display-drivers/signs/driver.hpp"

#include <algorithm>
#include <array>

namespace baytime::signs {

extern const Driver alpha_driver, am03127_driver, cpower_driver, modbus_driver, onbon_driver, raw_driver;

std::span<const Driver> drivers() {
    static const std::array all{alpha_driver, onbon_driver, modbus_driver, am03127_driver, cpower_driver, raw_driver};
    return all;
}

const Driver* find_driver(std::string_view name) {
    const auto all = drivers();
    const auto found = std::ranges::find(all, name, &Driver::name);
    return found == all.end() ? nullptr : &*found;
}

bool is_two_hex_digits(std::string_view value) {
    return value.size() == 2 && value.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
}

bool Sign::refuse_next(int frames) {
    if (!has_refusal()) return false;
    refusals_ = frames;
    return true;
}

bool Sign::refuses() {
    if (refusals_ <= 0) return false;
    --refusals_;
    complain("refused");
    return true;
}

std::uint64_t Sign::error_count() const {
    std::uint64_t sum = 0;
    for (const auto& [kind, count] : errors_) sum += count;
    return sum;
}

}  // namespace baytime::signs
