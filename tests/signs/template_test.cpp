#include "display-drivers/signs/template.hpp"

#include <catch2/catch.hpp>

using namespace baytime::signs;

namespace {

Template parsed(std::string_view text) {
    auto result = Template::parse(text);
    if (const auto* fault = std::get_if<TemplateFault>(&result)) FAIL(fault->what);
    return std::get<Template>(result);
}

const SignFields car{
    .bay = "BAY 1", .plate = "沪A·12345", .step = "repair", .left = "25 min", .minutes = "25", .shop = "城西服务站"};

}  // namespace

TEST_CASE("a template puts its fields in, and an empty field takes its blank with it", "[signs][template]") {
    struct Case {
        std::string text, shown;
    };
    const auto c = GENERATE(values<Case>({
        {"{bay} {plate} {step} {left}", "BAY 1 沪A·12345 repair 25 min"},
        {"{minutes}", "25"},
        {"{bay} {plate}\n{step} {left}", "BAY 1 沪A·12345\nrepair 25 min"},
        {"{bay} {promise} {step}", "BAY 1 repair"},
        {"{promise}", ""},
        {"{promise}\n{bay}", "BAY 1"},
        {"  welcome to   {shop} ", "welcome to 城西服务站"},
        {"no fields", "no fields"},
        {"", ""},
    }));
    CAPTURE(c.text);
    CHECK(text_of(parsed(c.text).render(car)) == c.shown);
    CHECK(parsed(c.text).source() == c.text);
}

TEST_CASE("step and time left carry the meaning, bay and plate do not", "[signs][template]") {
    const Page page = parsed("{bay} {plate} {step} {left}").render(car, Meaning::good);
    REQUIRE(page.lines.size() == 1);
    CHECK(page.lines[0] == Line{{"BAY 1 沪A·12345 ", Meaning::normal},
                                {"repair", Meaning::good},
                                {" ", Meaning::normal},
                                {"25 min", Meaning::good}});
}

TEST_CASE("a template with a mistake is refused with what would be accepted", "[signs][template]") {
    struct Case {
        std::string text, what;
    };
    const auto c = GENERATE(values<Case>({
        {"{bay} {plte}", "there is no field {plte}"},
        {"{bay} {}", "there is no field {}"},
        {"{bay", "a `{` without `}` after it"},
        {"bay}", "a `}` without `{` before it"},
        {std::string(201, 'x'), "the text is longer than 200 bytes"},
    }));
    CAPTURE(c.text);
    const auto result = Template::parse(c.text);
    const auto* fault = std::get_if<TemplateFault>(&result);
    REQUIRE(fault != nullptr);
    CHECK(fault->what == c.what);
    CHECK(fault->accepted.find("{bay} {plate} {step} {left}") == 0);
}

TEST_CASE("every field that is accepted is known", "[signs][template]") {
    CHECK(std::holds_alternative<Template>(Template::parse(field_names())));
}

TEST_CASE("a step has a word in both languages", "[signs][template]") {
    for (const char* step : {"received", "dispatched", "repair", "quality", "washing", "ready", "paused"}) {
        CAPTURE(step);
        CHECK_FALSE(step_word(step, SignLanguage::en).empty());
        CHECK(step_word(step, SignLanguage::zh) != step);
    }
    CHECK(step_word("ready", SignLanguage::zh) == "可交车");
    CHECK(step_word("something", SignLanguage::en) == "something");
}

TEST_CASE("the time left is said in words that fit a sign", "[signs][template]") {
    struct Case {
        int minutes;
        std::string en, zh;
    };
    const auto c = GENERATE(values<Case>({{25, "25 min", "25分钟"},
                                          {1, "1 min", "1分钟"},
                                          {59, "59 min", "59分钟"},
                                          {60, "1 h 00", "1小时00分"},
                                          {65, "1 h 05", "1小时05分"},
                                          {600, "10 h 00", "10小时00分"},
                                          {0, "soon", "马上好"},
                                          {-30, "soon", "马上好"}}));
    CHECK(left_words(c.minutes, SignLanguage::en) == c.en);
    CHECK(left_words(c.minutes, SignLanguage::zh) == c.zh);
}

TEST_CASE("a page is tidied by joining pieces of one meaning", "[signs][template]") {
    const Page page{.lines = {{{"a"}, {""}, {"b"}, {"c", Meaning::good}}, {}, {{""}}, {{"d"}}}};
    CHECK(tidy(page) == Page{.lines = {{{"ab"}, {"c", Meaning::good}}, {{"d"}}}});
    CHECK(tidy(tidy(page)) == tidy(page));
    CHECK(page_of("a\nb") == Page{.lines = {{{"a"}}, {{"b"}}}});
    CHECK(text_of(page_of("a\nb")) == "a\nb");
}
