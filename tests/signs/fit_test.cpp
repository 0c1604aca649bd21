// Which words a narrow glass gets: shorter ones in a fixed order, and never a cut plate.
#include "display-drivers/signs/fit.hpp"

#include <catch2/catch.hpp>

using namespace baytime::signs;

namespace {

SignFields car(SignLanguage language) {
    const bool zh = language == SignLanguage::zh;
    SignFields fields;
    fields.bay = "3号工位";
    fields.plate = "沪A·7**K8";
    fields.step = step_word("quality", language);
    fields.left = left_words(25, language);
    fields.shop = zh ? "城西服务站" : "West Service";
    return fields;
}

std::string fitted(const char* form, SignLanguage language, int columns) {
    const auto parsed = std::get<Template>(Template::parse(form));
    // A Chinese font of 16 dots, or a Latin one of 6.
    const ShortWords shorter{.bay = short_bay_word("3号工位", language),
                             .step = short_step_word("quality", language),
                             .left = short_left_words(25, language)};
    const auto* alpha = find_driver("alpha");
    const TextWidth width = language == SignLanguage::zh ? TextWidth(dot_width) : [&](std::string_view text) {
        return alpha->width(text, {});
    };
    return text_of(fitted_page(parsed, car(language), shorter, Meaning::normal, columns, width));
}

constexpr auto zh = SignLanguage::zh, en = SignLanguage::en;

}  // namespace

TEST_CASE("a text is shortened in a fixed order until it fits", "[signs][fit]") {
    struct Case {
        SignLanguage language;
        int columns;
        std::string shows;
    };
    constexpr const char* form = "{bay} {plate} {step} {left}";
    const auto c = GENERATE(values<Case>({
        {zh, 320, "3号工位 沪A·7**K8 质检中 25分钟"},
        {zh, 232, "3号工位 沪A·7**K8 质检中 25分"},
        {zh, 200, "3号 沪A·7**K8 质检中 25分"},
        {zh, 184, "3号 沪A·7**K8 质检 25分"},
        {zh, 144, "3号 沪A·7**K8 质检"},
        {zh, 112, "沪A·7**K8 质检"},
        {zh, 80, "沪A·7**K8\n质检 25分"},
        {zh, 48, "沪A·7**K8"},
        {en, 240, "3号工位 沪A·7**K8 check 25 min"},
        {en, 160, "3号工位 沪A·7**K8 check 25m"},
        {en, 130, "3 沪A·7**K8 check 25m"},
        {en, 120, "3 沪A·7**K8 chk 25m"},
        {en, 90, "3 沪A·7**K8 chk"},
        {en, 80, "沪A·7**K8 chk"},
        {en, 75, "沪A·7**K8\ncheck 25 min"},
        {en, 60, "沪A·7**K8\ncheck 25m"},
        {en, 10, "沪A·7**K8"},
    }));
    CAPTURE(c.columns);
    CHECK(fitted(form, c.language, c.columns) == c.shows);
}

TEST_CASE("whatever the width, the plate is whole, and what fits never runs", "[signs][fit]") {
    for (const auto language : {zh, en}) {
        for (int columns = 1; columns <= 400; ++columns) {
            const auto text = fitted("{bay} {plate} {step} {left}", language, columns);
            CAPTURE(columns, text);
            REQUIRE(text.find("沪A·7**K8") != std::string::npos);
        }
    }
}

TEST_CASE("lines are measured each on its own, and a text without a plate runs in full", "[signs][fit]") {
    CHECK(fitted("{bay} {plate}\n{step} {left}", zh, 144) == "3号工位 沪A·7**K8\n质检中 25分钟");
    CHECK(fitted("{bay} {plate}\n{step} {left}", zh, 128) == "3号 沪A·7**K8\n质检中 25分");
    CHECK(fitted("{shop}", zh, 16) == "城西服务站");
    CHECK(fitted("{bay} free", zh, 72) == "3号 free");
    CHECK(fitted("{bay} free", zh, 30) == "3号工位 free");
}

TEST_CASE("short forms are words that are understood", "[signs][fit]") {
    CHECK(short_left_words(0, zh) == "马上");
    CHECK(short_left_words(65, zh) == "1:05");
    CHECK(short_left_words(65, en) == "1:05");
    CHECK(short_left_words(9, en) == "9m");
    CHECK(short_step_word("ready", zh) == "交车");
    CHECK(short_step_word("unheard", en) == "unheard");
    CHECK(short_bay_word("Bay 12", en) == "12");
    CHECK(short_bay_word("钣金", zh) == "钣金");
    CHECK(short_bay_word("7", zh) == "7号");
}

TEST_CASE("a field that would cut a plate never does", "[signs][fit]") {
    struct Case {
        const char* driver;
        const char* option;
        const char* value;
        const char* form;
        int columns, rows;
        const char* plate;
        const char* shown;
    };
    const auto c = GENERATE(values<Case>({
        {"modbus", "profile", "text-panel", "{bay} {plate}\n{step} {left}", 192, 32, "京A·F**345",
         "3号 京A·F**345\n质检中 25分"},
        {"modbus", "profile", "text-panel", "{bay} {plate}\n{step} {left}", 192, 32, "沪A·7**K8",
         "3号 沪A·7**K8\n质检中 25分"},
        {"modbus", "profile", "led-485", "{plate}", 48, 16, "HU-A12345", "--"},
        {"modbus", "profile", "led-485", "{plate} {left}", 48, 16, "HU-A12345", "25分"},
    }));
    Setup setup;
    setup.shape = {.columns = c.columns, .rows = c.rows};
    setup.options[c.option] = c.value;
    SignFields fields = car(zh);
    fields.plate = c.plate;
    const ShortWords shorter{
        .bay = short_bay_word("3号工位", zh), .step = short_step_word("quality", zh), .left = short_left_words(25, zh)};
    const auto parsed = std::get<Template>(Template::parse(c.form));
    const auto page = fitted_page(parsed, fields, shorter, Meaning::normal, *find_driver(c.driver), setup);
    CAPTURE(c.driver, c.form);
    CHECK(text_of(page) == c.shown);
}
