// Text as dots. The shapes are those of GNU Unifont 15.
#include "display-drivers/signs/dots.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime::signs;

namespace {

std::string drawing(const DotPicture& picture) {
    std::string out;
    for (int y = 0; y < picture.rows; ++y) {
        for (int x = 0; x < picture.columns; ++x) out += picture.at(x, y) ? '#' : '.';
        out += '\n';
    }
    return out;
}

}  // namespace

TEST_CASE("text is drawn dot by dot, letters 8 wide and Chinese 16", "[signs][dots]") {
    REQUIRE(dot_font_trouble().empty());
    CHECK(drawing(dots_of_text("A中")) ==
          "...............#........\n"
          "...............#........\n"
          "...............#........\n"
          "...............#........\n"
          "...##.....###########...\n"
          "..#..#....#....#....#...\n"
          "..#..#....#....#....#...\n"
          ".#....#...#....#....#...\n"
          ".#....#...#....#....#...\n"
          ".######...#....#....#...\n"
          ".#....#...###########...\n"
          ".#....#...#....#....#...\n"
          ".#....#........#........\n"
          ".#....#........#........\n"
          "...............#........\n"
          "...............#........\n");
}

TEST_CASE("the width is known without drawing", "[signs][dots]") {
    for (const std::string text : {"", "A7**K8", "沪A·12345", "3号 质检 剩25分", "\t\x1b", "Ω ü •"}) {
        CAPTURE(text);
        CHECK(dot_width(text) == dots_of_text(text).columns);
    }
    CHECK(dot_width("沪A1") == 32);
    CHECK(dot_width("a\nb\x7f") == 16);
}

TEST_CASE("what the font lacks is drawn as a low line, and broken bytes too", "[signs][dots]") {
    CHECK(dots_of_text("\xff") == dots_of_text("_"));
    CHECK(dots_of_text("\U000F0000") == dots_of_text("_"));
}

TEST_CASE("a picture of text reads back as the text, for random texts", "[signs][dots]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::string> some{"沪", "粤", "京", "质", "检", "洗", "车", "中",
                                        "剩", "分", "钟", "·",  "，", "工", "位"};
    for (int i = 0; i < 300; ++i) {
        std::string text;
        for (std::size_t n = random() % 12; n > 0; --n) {
            text += random() % 2 == 0 ? some[random() % some.size()]
                                      : std::string(1, static_cast<char>(' ' + random() % 95));
        }
        CAPTURE(text);
        CHECK(text_of_dots(dots_of_text(text)) == text);
    }
}

TEST_CASE("a picture that is no text stays a picture", "[signs][dots]") {
    DotPicture picture = dots_of_text("A");
    picture.lit[0] = 1;
    CHECK_FALSE(text_of_dots(picture));
    CHECK_FALSE(text_of_dots({.columns = 3, .rows = 3, .lit = std::vector<std::uint8_t>(9, 1)}));
    CHECK(cut_out(dots_of_text("AB"), 8, 8) == dots_of_text("B"));
    CHECK(cut_out(dots_of_text("A"), 8, 8) == dots_of_text(" "));
}
