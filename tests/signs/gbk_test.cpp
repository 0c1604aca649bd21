// UTF-8 to GBK and back.
#include "display-drivers/signs/gbk.hpp"
#include "display-drivers/signs/utf8.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime::signs;

TEST_CASE("Chinese text has the bytes of GBK, and the dot of a plate is A1 A4", "[signs][gbk]") {
    struct Case {
        std::string text, bytes;
    };
    const auto c = GENERATE(values<Case>({
        {"完工", "\xCD\xEA\xB9\xA4"},
        {"京A·12345",
         "\xBE\xA9"
         "A\xA1\xA4"
         "12345"},
        {"3号 25分", "3\xBA\xC5 25\xB7\xD6"},
        {"", ""},
    }));
    CHECK(to_gbk(c.text) == c.bytes);
    CHECK(to_gbk(c.text, GlyphSet::gb2312) == c.bytes);
    CHECK(exact_gbk(c.text) == c.bytes);
    CHECK(from_gbk(c.bytes) == c.text);
}

TEST_CASE("what the glyphs lack becomes a look-alike, else a mark; control characters vanish", "[signs][gbk]") {
    struct Case {
        std::string text;
        GlyphSet glyphs;
        std::string reads;
    };
    const auto c = GENERATE(values<Case>({
        {"沪A•1", GlyphSet::gb2312, "沪A·1"},
        {"ä€✓ß", GlyphSet::gb2312, "aEUR√ss"},
        {"Škoda", GlyphSet::gbk, "_koda"},
        {"維", GlyphSet::gbk, "維"},
        {"維修", GlyphSet::gb2312, "维修"},
        {"鎔", GlyphSet::gb2312, "_"},
        {"a\x1b\tb\x7f\u0085", GlyphSet::gbk, "ab"},
        {"\xff\xe6\xb2", GlyphSet::gbk, "___"},
        {"😀", GlyphSet::gbk, "_"},
    }));
    CAPTURE(c.text);
    CHECK(from_gbk(to_gbk(c.text, c.glyphs)) == c.reads);
}

TEST_CASE("what cannot be shown is known beforehand", "[signs][gbk]") {
    CHECK(without_gbk("沪A·12345 • é", GlyphSet::gb2312).empty());
    CHECK(without_gbk("鎔 and 😀", GlyphSet::gb2312) == "鎔😀");
    CHECK(without_gbk("鎔 and 😀") == "😀");
    CHECK_FALSE(exact_gbk("•"));
    CHECK(exact_gbk("a\n\x1b") == "a\n\x1b");
    CHECK(to_gbk("😀", GlyphSet::gbk, '?') == "?");
}

TEST_CASE("any bytes are read, and what was written exactly reads back", "[signs][gbk]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 2000; ++i) {
        std::string bytes;
        const std::size_t length = random() % 12;
        for (std::size_t n = 0; n < length; ++n) bytes += static_cast<char>(random());
        const std::string text = from_gbk(bytes);
        if (text.find("\uFFFD") == std::string::npos) CHECK(exact_gbk(text) == bytes);
        CHECK_NOTHROW(to_gbk(bytes, GlyphSet::gb2312));
        CHECK(without_gbk(from_gbk(to_gbk(text, GlyphSet::gb2312)), GlyphSet::gb2312).empty());
    }
}

TEST_CASE("UTF-8 is cut at characters, and a broken byte stands alone", "[signs][utf8]") {
    CHECK(first_character("沪A") == "沪");
    CHECK(code_point("沪") == U'沪');
    CHECK(first_character("\xc0\xaf") == "\xc0");
    CHECK(first_character("\xed\xa0\x80") == "\xed");
    CHECK(first_character("\xe6\xb2") == "\xe6");
    CHECK(code_point("\xe6") == 0xFFFD);
    for (const char32_t code : {U'a', U'ü', U'沪', U'😀'}) {
        const auto text = utf8(code);
        CHECK(first_character(text) == text);
        CHECK(code_point(text) == code);
    }
}
