// The driver against the simulator, which shares no code with it.
#include "display-drivers/signs/am03127_frames.hpp"
#include "display-drivers/signs/am03127_sign.hpp"
#include "display-drivers/signs/dots.hpp"
#include "display-drivers/signs/latin.hpp"
#include "tests/signs/frames.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime::signs;
using support::hex;

namespace {

const Driver& driver() {
    return *find_driver("am03127");
}

Setup sized(int columns, int rows, const std::string& address = "01") {
    Setup setup{.shape = {.columns = columns, .rows = rows}};
    setup.address = address;
    return setup;
}

Setup chinese() {
    Setup setup = sized(96, 16);
    setup.chinese = true;
    return setup;
}

struct Played {
    Setup setup{};
    AmSign sign;
    support::Sender sender{sign};
    explicit Played(const Setup& with) : setup(with), sign(with) { send(driver().initialise(setup)); }
    void send(const std::vector<Packet>& packets) {
        for (const Packet& packet : packets) {
            const Bytes reply = sender.raw(packet.bytes);
            CAPTURE(std::string(packet.bytes.begin(), packet.bytes.end()));
            if (packet.acknowledged) CHECK(driver().acknowledge(packet, reply, setup) == Answer::good);
            sender.wait(packet.pause_after);
        }
    }
    void show(const Page& page) { send(driver().show(page, setup)); }
    std::string shows(const std::string& text) {
        show(page_of(text));
        return text_of(sign.glass().page);
    }
};

std::string bytes_of(const Packet& packet) {
    return {packet.bytes.begin(), packet.bytes.end()};
}

std::string without_controls(std::string text) {
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; });
    return text;
}

}  // namespace

TEST_CASE("what was encoded is what an AM03127 shows, for random pages", "[signs][am03127]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    Played played(sized(80, 7));
    for (int i = 0; i < 300; ++i) {
        Page page{.lines = {}, .priority = i % 7 == 3}, expected = page;
        for (std::size_t l = page.priority ? 1 : 1 + random() % 4; l > 0; --l) {
            Line line, shown;
            for (std::size_t s = 1 + random() % 3; s > 0; --s) {
                std::string text = "x";
                for (auto count = random() % 40; count > 0; --count) {
                    const auto kind = random() % 10;
                    if (kind == 0) text += static_cast<char>(1 + random() % 31);
                    if (kind == 1) text += std::array{"ü", "É", "€", "→", "°", "Ž", "…", "±"}[random() % 8];
                    if (kind > 1) text += static_cast<char>(' ' + random() % 94);
                }
                const auto meaning = static_cast<Meaning>(random() % 4);
                line.push_back({text, meaning});
                std::string seen;
                for (char c : text) {
                    if (c == '\t' || c == '\n') c = ' ';
                    seen += c == '<' ? '(' : c == '>' ? ')' : c;
                }
                shown.push_back({without_controls(seen), meaning});
            }
            page.lines.push_back(line);
            expected.lines.push_back(shown);
        }
        CAPTURE(text_of(page), page.priority);
        played.show(page);
        REQUIRE(played.sign.glass().page == tidy(expected));
        REQUIRE(played.sign.errors().empty());
    }
}

TEST_CASE("an AM03127 of 16 rows shows Chinese as pictures that read as the text", "[signs][am03127]") {
    REQUIRE(dot_font_trouble().empty());
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    Played played(chinese());
    constexpr std::string_view glyphs[] = {"沪", "工", "位", "维", "修", "中", "质",
                                           "检", "可", "交", "车", "分", "钟"};
    for (int i = 0; i < 60; ++i) {
        Page page, expected;
        for (std::size_t l = 1 + random() % 3; l > 0; --l) {
            Line line, shown;
            for (std::size_t s = 1 + random() % 2; s > 0; --s) {
                std::string text;
                for (auto count = 1 + random() % 6; count > 0; --count) {
                    const auto kind = random() % 6;
                    if (kind == 0) text += static_cast<char>('!' + random() % 94);
                    if (kind == 1) text += "·";
                    if (kind == 2) text += static_cast<char>(1 + random() % 31);
                    text += glyphs[random() % std::size(glyphs)];
                }
                const auto meaning = static_cast<Meaning>(random() % 4);
                line.push_back({text, meaning});
                // Three colours: what is to be seen looks like the rest.
                shown.push_back({without_controls(text), meaning == Meaning::attention ? Meaning::normal : meaning});
            }
            page.lines.push_back(line);
            expected.lines.push_back(shown);
        }
        CAPTURE(text_of(page));
        played.show(page);
        REQUIRE(played.sign.glass().page == tidy(expected));
        REQUIRE(played.sign.errors().empty());
    }
}

TEST_CASE("two glyphs are one block on line 1 and one on line 2", "[signs][am03127]") {
    const Setup setup = chinese();
    const auto packets = driver().show(page_of("完工", Meaning::good), setup);
    std::vector<std::string> targets;
    for (const Packet& packet : packets) targets.push_back(packet.target);
    CHECK(targets ==
          std::vector<std::string>{"brightness", "block A1", "block A2", "page A line 1", "page A line 2", "schedule"});
    CHECK(bytes_of(packets[3]) ==
          "<ID01><L1><PA><FA><MA><WD><FA><GA1>" + am::checksum("<L1><PA><FA><MA><WD><FA><GA1>") + "<E>");
    for (const auto at : {1, 2}) CHECK(packets[static_cast<std::size_t>(at)].bytes.size() == 6 + 5 + 64 + 2 + 3);
    Played played(setup);
    played.show(page_of("完工", Meaning::good));
    CHECK(played.sign.block("A1").value().size() == 64);
    CHECK_FALSE(played.sign.block("A3").has_value());
    CHECK(played.sign.glass().page == page_of("完工", Meaning::good));
}

TEST_CASE("the first dots of a block are those of the maker's figure", "[signs][am03127]") {
    using am::Dot;
    am::Block dots{};
    dots[0] = Dot::red, dots[1] = Dot::green, dots[2] = Dot::yellow;
    CHECK(static_cast<unsigned char>(am::bytes_of_block(dots)[0]) == 0x9C);
    dots = {};
    dots[8] = Dot::red;  // the second unit begins after eight rows of two bytes
    CHECK(static_cast<unsigned char>(am::bytes_of_block(dots)[16]) == 0x80);
    dots = {};
    dots[32] = Dot::red;  // the second row
    CHECK(static_cast<unsigned char>(am::bytes_of_block(dots)[2]) == 0x80);
}

TEST_CASE("more Chinese than there are blocks for goes in Latin letters, whole", "[signs][am03127]") {
    Played played(chinese());
    Page page;
    std::string long_line;
    for (int i = 0; i < 60; ++i) long_line += "车";
    for (int i = 0; i < 4; ++i) page.lines.push_back({{long_line, Meaning::normal}});
    played.show(page);
    const auto& lines = played.sign.glass().page.lines;
    REQUIRE(lines.size() == 4);
    CHECK(lines[0][0].text == long_line);
    CHECK(lines[2][0].text.starts_with("CHE"));
    CHECK(played.sign.errors().empty());
}

TEST_CASE("a low AM03127, or one with English texts, shows Chinese in Latin letters", "[signs][am03127]") {
    Played low(sized(80, 7));
    CHECK(low.shows("1号工位 沪A·12345 维修中") == latin("1号工位 沪A·12345 维修中"));
    CHECK_FALSE(driver().chinese_on(low.setup));
    Setup low_and_chinese = chinese();
    low_and_chinese.shape.rows = 7;
    CHECK_FALSE(driver().chinese_on(low_and_chinese));
    CHECK(driver().chinese_on(chinese()));
    CHECK_FALSE(driver().chinese_on(sized(96, 16)));
    Played english(sized(96, 16));
    CHECK(english.shows("沪A·12345") == "HU-A12345");
    CHECK(driver().width("沪A·12345", chinese()) == 16 + 8 * 7);
    CHECK(driver().width("沪A·12345", sized(96, 16)) == 9 * 6 - 1);
}

TEST_CASE("lines share the pages of a tall AM03127, and a picture has two lines to itself", "[signs][am03127]") {
    Played played(chinese());
    CHECK(played.shows("one\ntwo\nthree") == "one\ntwo\nthree");
    const auto pages_of = [](const std::vector<Packet>& packets) {
        const std::string last = bytes_of(packets.back());
        return last.substr(30, last.size() - 35);
    };
    CHECK(pages_of(driver().show(page_of("one\ntwo\nthree"), played.setup)) == "AB");
    CHECK(pages_of(driver().show(page_of("one\n完工\ntwo"), played.setup)) == "ABC");
    CHECK(played.shows("one\n完工\ntwo") == "one\n完工\ntwo");
    CHECK(played.shows("two") == "two");  // and nothing is left of line 2
}

TEST_CASE("text wider than an AM03127 runs, and lines run for themselves", "[signs][am03127]") {
    Played played(sized(80, 16));
    played.show(page_of("short"));
    CHECK_FALSE(played.sign.glass().moves);
    played.show(page_of("short\nmuch too long for eighty dots"));
    CHECK(played.sign.glass().moves);
    const auto packets = driver().show(page_of("short\nmuch too long for eighty dots"), played.setup);
    CHECK(bytes_of(packets[1]).starts_with("<ID01><L1><PA><Fa>"));
    CHECK(bytes_of(packets[2]).starts_with("<ID01><L2><PA><FE>"));
}

TEST_CASE("a priority page blinks alone until a page without priority is shown", "[signs][am03127]") {
    Played played(sized(80, 7));
    played.show(page_of("BAY 1 free"));
    Page call = page_of("FIRE DOOR", Meaning::alarm);
    call.priority = true;
    played.show(call);
    CHECK(played.sign.glass().page == call);
    played.show(page_of("BAY 1 free"));
    CHECK(played.sign.glass().page == page_of("BAY 1 free"));
}

TEST_CASE("blocks that are no text are pictures on the glass", "[signs][am03127]") {
    Played played(sized(96, 16));
    const auto say = [&](const std::string& what) { played.sender.raw(am::frame("01", what)); };
    say("<GA1>" + std::string(64, '\xFF'));
    say("<GA2>" + std::string(64, '\x00'));
    say("<L1><PA><FA><MA><WC><FA><GA1>");
    say("<L2><PA><FA><MA><WC><FA><GA2>");
    const Glass glass = played.sign.glass();
    REQUIRE(glass.pictures.size() == 1);
    CHECK(glass.pictures[0].at(31, 7));
    CHECK_FALSE(glass.pictures[0].at(31, 8));
    CHECK(text_of(glass.page) == "\xEE\x80\x80");
}

TEST_CASE("brightness goes to the nearest of four steps", "[signs][am03127]") {
    for (const auto& [percent, step] : {std::pair{100, 100}, {88, 100}, {80, 75}, {50, 50}, {30, 25}, {1, 25}}) {
        CAPTURE(percent);
        Setup setup = sized(80, 7);
        setup.brightness = percent;
        Played played(setup);
        played.show(page_of("x"));
        CHECK(played.sign.glass().brightness == step);
    }
}

TEST_CASE("the clock of an AM03127 counts its weekdays from Monday", "[signs][am03127]") {
    Played played(sized(80, 7));
    const SignClock monday{.year = 2026, .month = 6, .day = 15, .weekday = 1, .hour = 8, .minute = 30};
    const auto packets = driver().clock(monday, played.setup);
    CHECK(bytes_of(packets.at(0)) == "<ID01><SC>260106150830001E<E>");
    played.send(packets);
    CHECK(played.sign.clock() == "26010615083000");
    played.send(
        driver().clock({.year = 2026, .month = 6, .day = 14, .weekday = 0, .hour = 8, .minute = 30}, played.setup));
    CHECK(played.sign.clock() == "26070614083000");
}

TEST_CASE("answers are told by their first byte", "[signs][am03127]") {
    const Setup setup = sized(80, 7);
    const auto judged = [&](std::string_view text) {
        return driver().acknowledge({}, Bytes(text.begin(), text.end()), setup);
    };
    CHECK(judged("") == Answer::partial);
    CHECK(judged("A") == Answer::partial);
    CHECK(judged("AC") == Answer::partial);
    CHECK(judged("ACK") == Answer::good);
    CHECK(judged("NAC") == Answer::partial);
    CHECK(judged("NACK") == Answer::bad);
    CHECK(judged("\xFF\x01"
                 "ACK") == Answer::good);
    CHECK(judged("ANACK") == Answer::bad);
    CHECK(judged(std::string(100, '?')) == Answer::bad);
    Played played(setup);
    const auto reply = played.sender.send(driver().ask(Question::memory, setup));
    CHECK(driver().judge(Question::memory, reply, setup) == Answer::good);
}

TEST_CASE("a page for every AM03127 on the line is answered by none", "[signs][am03127]") {
    const Setup all = sized(80, 7, "00");
    for (const Packet& packet : driver().show(page_of("x"), all)) {
        CHECK_FALSE(packet.acknowledged);
        CHECK(bytes_of(packet).starts_with("<ID00>"));
    }
    CHECK(driver().ask(Question::memory, all).empty());
    Played played(all);
    CHECK(played.shows("hello") == "hello");
}
