#include "display-drivers/signs/setup.hpp"

#include "display-drivers/signs/modbus_profile.hpp"
#include "display-drivers/signs/raw_template.hpp"

#include <algorithm>
#include <string>

namespace baytime::signs {

namespace {

std::string names(std::span<const OptionForm> forms) {
    std::string out;
    for (const OptionForm& form : forms) out += (out.empty() ? "" : ", ") + std::string(form.name);
    return out.empty() ? "this driver has no options" : "accepted here: " + out;
}

}  // namespace

Setup usual_setup(const Driver& driver) {
    Setup setup;
    setup.address = driver.address.otherwise;
    return setup;
}

std::optional<SetupFault> set_address(Setup& setup, const Driver& driver, std::string_view value) {
    if (!driver.address.fits(value)) return SetupFault{"this is no sign address", std::string(driver.address.accepts)};
    setup.address = value;
    return std::nullopt;
}

std::optional<SetupFault> set_option(Setup& setup, const Driver& driver, std::string_view name,
                                     std::string_view value) {
    const auto form = std::ranges::find(driver.options, name, &OptionForm::name);
    if (form == driver.options.end()) {
        return SetupFault{"the driver " + std::string(driver.name) + " has no option \"" + std::string(name) + "\"",
                          names(driver.options)};
    }
    if (form->fits != nullptr && !form->fits(value)) {
        return SetupFault{"\"" + std::string(name) + "\" cannot be \"" + std::string(value) + "\"",
                          "accepted here: " + std::string(form->accepts)};
    }
    setup.options[std::string(name)] = value;
    return std::nullopt;
}

std::string option(const Setup& setup, std::span<const OptionForm> forms, std::string_view name) {
    const auto given = setup.options.find(std::string(name));
    if (given != setup.options.end()) return given->second;
    const auto form = std::ranges::find(forms, name, &OptionForm::name);
    return form == forms.end() ? std::string() : std::string(form->otherwise);
}

int text_lines(const Driver& driver, const Setup& setup) {
    constexpr int latin_rows = 8, chinese_rows = 16;
    if (setup.registers) return static_cast<int>(setup.registers->lines.size());
    if (setup.raw && setup.raw->frame.has(raw::PartKind::line)) return setup.raw->lines;
    if (setup.raw) return setup.shape.rows >= raw::rows_of_two_lines ? 2 : 1;
    const auto font = option(setup, driver.options, "font_size");
    const int height = !font.empty() ? std::stoi(font) : draws_chinese(driver, setup) ? chinese_rows : latin_rows;
    return std::max(1, setup.shape.rows / height);
}

int usual_letter_columns(const Setup& setup) {
    constexpr int small = 6, wide = 8, wide_from_rows = 16;
    return setup.shape.rows < wide_from_rows ? small : wide;
}

bool draws_chinese(const Driver& driver, const Setup& setup) {
    return driver.chinese && (driver.chinese_on == nullptr || driver.chinese_on(setup));
}

Page test_page(bool chinese) {
    Page page = page_of(chinese ? "测试 " : "TEST ", Meaning::attention);
    page.lines[0].push_back({chinese ? "沪A·12345 " : "BAY 1 ", Meaning::normal});
    page.lines[0].push_back({"OK", Meaning::good});
    return page;
}

}  // namespace baytime::signs
