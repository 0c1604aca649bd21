// Which words a narrow glass gets: shorter ones in a fixed order, and never a cut plate.
#include "display-drivers/signs/fit.hpp"
#include "display-drivers/signs/setup.hpp"

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

std::string fitted(const char* form, SignLanguage language, int columns, int lines = 1, bool turns = true) {
    const auto parsed = std::get<Template>(Template::parse(form));
    // A Chinese font of 16 dots, or a Latin one of 6.
    const ShortWords shorter{.bay = short_bay_word("3号工位", language),
                             .step = short_step_word("quality", language),
                             .left = short_left_words(25, language),
                             .bay_number = bay_number("3号工位")};
    const auto* alpha = find_driver("alpha");
    const TextWidth width = language == SignLanguage::zh ? TextWidth(dot_width) : [&](std::string_view text) {
        return alpha->width(text, {});
    };
    const Room room{.columns = columns, .lines = lines, .turns = turns, .width = width};
    return text_of(fitted_page(parsed, car(language), shorter, Meaning::normal, room));
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
        {zh, 144, "3号工位 沪A·7**K8\n质检中 25分钟"},
        {zh, 112, "3号 沪A·7**K8\n质检中 25分钟"},
        {zh, 80, "3 沪A7**K8\n质检 25分"},
        {zh, 64, "3号工位\n沪A7**K8\n质检25分"},
        {zh, 48, "3号工位 沪A·7**K8 质检中 25分钟"},  // it runs
        {en, 240, "3号工位 沪A·7**K8 check 25 min"},
        {en, 160, "3号工位 沪A·7**K8 check 25m"},
        {en, 130, "3 沪A·7**K8 check 25m"},
        {en, 120, "3 沪A·7**K8 chk 25m"},
        {en, 90, "3号工位 沪A·7**K8\ncheck 25 min"},
        {en, 80, "3 沪A·7**K8\ncheck 25 min"},
        {en, 75, "3 沪A·7**K8\ncheck 25 min"},
        {en, 60, "3号工位\n沪A·7**K8\ncheck 25m"},
        {en, 10, "3号工位 沪A·7**K8 check 25 min"},
    }));
    CAPTURE(c.columns);
    CHECK(fitted(form, c.language, c.columns) == c.shows);
}

TEST_CASE("on one line a wide glass says no less than a narrow one: every word, and the plate whole", "[signs][fit]") {
    for (const auto language : {zh, en}) {
        for (int columns = 1; columns <= 400; ++columns) {
            const auto text = fitted("{bay} {plate} {step} {left}", language, columns);
            CAPTURE(columns, text);
            REQUIRE((text.find("沪A·7**K8") != std::string::npos || text.find("沪A7**K8") != std::string::npos));
            for (const char* word : {"3", language == zh ? "质检" : "ch", "25"}) {
                REQUIRE(text.find(word) != std::string::npos);
            }
        }
    }
}

TEST_CASE("a glass that can neither turn nor run gets fewer words, and no half plate", "[signs][fit]") {
    constexpr const char* form = "{bay} {plate} {step} {left}";
    CHECK(fitted(form, zh, 144, 1, false) == "3号 沪A·7**K8 质检");
    CHECK(fitted(form, zh, 112, 1, false) == "沪A·7**K8 质检");
    CHECK(fitted(form, zh, 48, 1, false) == "沪A·7**K8");
    CHECK(fitted(form, en, 90, 1, false) == "3 沪A·7**K8 chk");
    CHECK(fitted("{plate} ready", en, 60, 1, false) == "沪A·7**K8");
}

TEST_CASE("lines are measured each on its own, and a text without a plate runs in full", "[signs][fit]") {
    CHECK(fitted("{bay} {plate}\n{step} {left}", zh, 144) == "3号工位 沪A·7**K8\n质检中 25分钟");
    CHECK(fitted("{bay} {plate}\n{step} {left}", zh, 128) == "3号 沪A·7**K8\n质检中 25分钟");
    CHECK(fitted("{shop}", zh, 16) == "城西服务站");
    CHECK(fitted("{bay} free", zh, 72) == "3号 free");
    CHECK(fitted("{bay} free", zh, 30) == "3号工位 free");
    CHECK(fitted("{plate} ready", en, 60) == "沪A·7**K8 ready");
}

TEST_CASE("a line that is free is used before a word is dropped", "[signs][fit]") {
    constexpr const char* one = "{bay} {plate} {step} {left}";
    constexpr const char* two = "{bay} {plate}\n{step} {left}";
    struct Case {
        const char* form;
        int columns, lines;
        std::string shows;
    };
    const auto c = GENERATE_COPY(values<Case>({
        {one, 144, 2, "3号工位 沪A·7**K8\n质检中 25分钟"},
        {one, 96, 2, "3号 沪A7**K8\n质检中 25分"},
        {two, 96, 2, "3号 沪A7**K8\n质检中 25分"},
        {two, 80, 2, "3 沪A7**K8\n质检 25分"},
        {one, 64, 2, "沪A7**K8\n质检25分"},
        {two, 64, 2, "沪A7**K8\n质检25分"},
        {two, 48, 2, "3号工位 沪A·7**K8\n质检中 25分钟"},  // both run
        {"{bay} {plate} in", 120, 2, "3号 沪A7**K8 in"},   // a form with its own words is not torn apart
    }));
    CAPTURE(c.form, c.columns);
    CHECK(fitted(c.form, zh, c.columns, c.lines) == c.shows);
}

TEST_CASE("every sign shows car, step and time, side by side or in turn, and none is cut", "[signs][fit]") {
    struct Case {
        const char* driver;
        int columns, rows;
        bool chinese;
        std::string shows;
    };
    const auto c = GENERATE(values<Case>({
        {"onbon", 64, 32, true, "沪A7**K8\n质检25分"},
        {"onbon", 96, 32, true, "3号 沪A7**K8\n质检中 25分"},
        {"cpower", 64, 32, true, "沪A7**K8\n质检25分"},
        {"am03127", 64, 32, true, "沪A7**K8\n质检25分"},
        {"alpha", 80, 32, true, "3 沪A7**K8\n质检 25分"},
        {"alpha", 96, 16, false, "Bay 3 HU-A7**K8\ncheck 25 min"},
        {"alpha", 80, 7, false, "3 HU-A7**K8\ncheck 25 min"},
        {"alpha", 48, 7, false, "Bay 3 HU-A7**K8 check 25 min"},
        {"alpha", 80, 16, true, "3 沪A7**K8\n质检 25分"},
        {"onbon", 64, 16, true, "3号工位\n沪A7**K8\n质检25分"},
        {"am03127", 80, 16, true, "3 沪A7**K8\n质检 25分"},
        {"cpower", 80, 16, true, "3 沪A7**K8\n质检 25分"},
        {"cpower", 48, 16, true, "3号工位 沪A·7**K8 质检中 25分钟"},
    }));
    Setup setup = usual_setup(*find_driver(c.driver));
    setup.shape = {.columns = c.columns, .rows = c.rows};
    setup.chinese = c.chinese;
    const auto language = c.chinese ? zh : en;
    SignFields fields = car(language);
    if (!c.chinese) fields.bay = "Bay 3", fields.plate = "HU-A7**K8";
    const ShortWords shorter{.bay = short_bay_word(fields.bay, language),
                             .step = short_step_word("quality", language),
                             .left = short_left_words(25, language),
                             .bay_number = bay_number(fields.bay)};
    const auto form = std::get<Template>(Template::parse("{bay} {plate} {step} {left}"));
    const auto page = fitted_page(form, fields, shorter, Meaning::normal, *find_driver(c.driver), setup);
    CAPTURE(c.driver, c.columns);
    CHECK(text_of(page) == c.shows);
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
    CHECK(bay_number("3号工位") == "3");
    CHECK(bay_number("钣金") == "钣金");
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
         "3号 京A·F**345\n质检中 25分钟"},
        {"modbus", "profile", "text-panel", "{bay} {plate}\n{step} {left}", 192, 32, "沪A·7**K8",
         "3号 沪A·7**K8\n质检中 25分钟"},
        {"modbus", "profile", "led-485", "{plate}", 48, 16, "HU-A12345", "--"},
        {"modbus", "profile", "led-485", "{plate} {left}", 48, 16, "HU-A12345", "25分"},
    }));
    Setup setup;
    setup.shape = {.columns = c.columns, .rows = c.rows};
    setup.options[c.option] = c.value;
    find_driver(c.driver)->prepare(setup, "");
    SignFields fields = car(zh);
    fields.plate = c.plate;
    const ShortWords shorter{.bay = short_bay_word("3号工位", zh),
                             .step = short_step_word("quality", zh),
                             .left = short_left_words(25, zh),
                             .bay_number = bay_number("3号工位")};
    const auto parsed = std::get<Template>(Template::parse(c.form));
    const auto page = fitted_page(parsed, fields, shorter, Meaning::normal, *find_driver(c.driver), setup);
    CAPTURE(c.driver, c.form);
    CHECK(text_of(page) == c.shown);
}
