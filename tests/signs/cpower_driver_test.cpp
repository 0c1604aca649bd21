// The C-Power driver against its simulator, which shares no code with it, and how strict that one is.
#include "display-drivers/signs/cpower_sign.hpp"
#include "display-drivers/signs/gbk.hpp"
#include "tests/signs/codec_golden.hpp"
#include "tests/signs/sign_pages.hpp"

using namespace baytime::signs;
using namespace std::chrono_literals;

namespace {

const Driver& driver() {
    return *find_driver("cpower");
}

Setup sign_of(int columns, int rows, std::map<std::string, std::string> options = {}) {
    Setup setup = usual_setup(driver());
    setup.shape = {.columns = columns, .rows = rows};
    setup.options = std::move(options);
    return setup;
}

struct Played {
    Setup setup;
    CPowerSign sign{setup};
    support::Sender sender{sign};
    explicit Played(Setup with) : setup(std::move(with)) { sender.send(driver().initialise(setup)); }
    void show(const Page& page) { sender.send(driver().show(page, setup)); }
    std::string text() const { return text_of(sign.glass().page); }
    /// What the card returns, or nothing.
    std::optional<std::int64_t> say(const std::string& command) {
        const auto made = boost::json::parse(command).as_object();
        const auto reply = sender.raw(support::encoded(driver(), made));
        if (reply.empty()) return std::nullopt;
        const auto explained = support::decoded(driver(), reply);
        CHECK(explained.at("command") == "answer");
        CHECK(explained.at("check") == "good");
        return explained.at("return_value").to_number<std::int64_t>();
    }
};

/// As a card draws it; lines beyond the windows stand in the last one.
Page drawn(const Page& page, std::size_t windows, bool one_colour) {
    Page out = support::drawn_page(page, [](Segment& segment) {
        segment.text = from_gbk(to_gbk(segment.text, GlyphSet::gb2312));
        if (segment.meaning == Meaning::attention) segment.meaning = Meaning::normal;
    });
    while (out.lines.size() > windows) {
        auto& last = out.lines[windows - 1];
        auto& next = out.lines[windows];
        last.back().text += "   ";
        last.insert(last.end(), next.begin(), next.end());
        out.lines.erase(out.lines.begin() + static_cast<std::ptrdiff_t>(windows));
    }
    if (one_colour) return page_of(text_of(out));
    return tidy(out);
}

/// Without lines of blanks alone, which would take a window here and nothing on the glass.
Page random_page(std::mt19937& random) {
    Page page = support::random_page(random, 4, 2, 5);
    for (Line& line : page.lines) line.insert(line.begin(), Segment{"A", Meaning::good});
    return page;
}

}  // namespace

TEST_CASE("what was encoded is what the C-Power glass shows, for random pages", "[signs][cpower]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    struct Case {
        Setup setup;
        std::size_t windows;
    };
    const auto c =
        GENERATE(Case{sign_of(64, 16), 1}, Case{sign_of(192, 48), 3}, Case{sign_of(96, 32, {{"windows", "one"}}), 1},
                 Case{sign_of(160, 64, {{"font_size", "32"}, {"align", "left"}}), 2}, Case{sign_of(64, 640), 8},
                 Case{sign_of(96, 24, {{"font_size", "24"}, {"replies", "no"}, {"unconfirmed", "yes"}}), 1});
    Played played(c.setup);
    for (int i = 0; i < 120; ++i) {
        const Page page = random_page(random);
        CAPTURE(text_of(page));
        played.show(page);
        REQUIRE(played.sign.glass().page == drawn(page, c.windows, false));
        REQUIRE(played.sign.errors().empty());
    }
}

TEST_CASE("by command 04 a text stands still in one colour, and runs by 02 when it is too wide", "[signs][cpower]") {
    Played played(sign_of(128, 32, {{"text_command", "04"}}));
    const Page page{.lines = {{{"3号工位 ", Meaning::normal}, {"维修中", Meaning::alarm}}, {{"准时", Meaning::good}}}};
    played.show(page);
    CHECK(text_of(played.sign.glass().page) == "3号工位 维修中\n准时");
    CHECK(played.sign.glass().page.lines[0][0].meaning == Meaning::alarm);
    CHECK(played.sign.glass().page.lines[1][0].meaning == Meaning::good);
    CHECK_FALSE(played.sign.glass().moves);
    played.show(page_of("3号工位 粤Z·1234港 维修中"));
    CHECK(played.text() == "3号工位 粤Z·1234港 维修中");
    CHECK(played.sign.glass().moves);
    CHECK(played.sign.errors().empty());
}

TEST_CASE("a line that stands still in one colour goes by the shorter command 04, as long as nobody chose",
          "[signs][cpower]") {
    const auto command_of = [](const Page& page, const char* option) {
        const auto setup = sign_of(96, 16, {{"text_command", option}});
        return std::string(
            support::decoded(driver(), driver().show(page, setup).back().bytes).at("command").as_string());
    };
    const Page one = page_of("3号 沪A7**K8", Meaning::good), wide = page_of("3号工位 沪A·7**K8 质检中");
    const Page coloured{.lines = {{{"3号 ", Meaning::normal}, {"准时", Meaning::good}}}};
    CHECK(command_of(one, "auto") == "static_text");
    CHECK(command_of(wide, "auto") == "text");
    CHECK(command_of(coloured, "auto") == "text");
    CHECK(command_of(one, "02") == "text");
    CHECK(command_of(coloured, "04") == "static_text");
    const auto bytes = [&](const char* option) {
        return driver().show(one, sign_of(96, 16, {{"text_command", option}}))[0].bytes.size();
    };
    CHECK(bytes("auto") < bytes("02"));
}

TEST_CASE("a text longer than a packet ends at a character, and a line that does not fit is left out",
          "[signs][cpower]") {
    Played played(sign_of(64, 16));
    std::string text;
    for (int i = 0; i < 300; ++i) text += i % 2 == 0 ? "工" : "Z";
    played.show(page_of(text + "\n" + text));
    CHECK(text.starts_with(played.text()));
    CHECK(played.text().size() > 300);
    CHECK(played.sign.errors().empty());
    for (const Packet& packet : driver().show(page_of(text), played.setup)) {
        CHECK(packet.bytes.size() < 1200);
        CHECK(packet.pause_after == 100ms);
        CHECK_FALSE(packet.unfinished);
    }
}

TEST_CASE("the C-Power clock has Sunday as 0, and a card whose clock gets a 7 stops", "[signs][cpower]") {
    Played played(sign_of(64, 16));
    SignClock now{.year = 2026, .month = 11, .day = 22, .weekday = 0, .hour = 9, .minute = 5};
    played.sender.send(driver().clock(now, played.setup));
    CHECK(played.sign.clock() == "0 0905");
    CHECK(played.sign.errors().empty());
    CHECK(played.say(R"({"command": "other", "code": 71, "data": "00 00 01 01 07 01 01 1A 00"})") == 3);
}

TEST_CASE("what a C-Power card returns is judged, and an echo is not taken for it", "[signs][cpower]") {
    const auto setup = sign_of(64, 16);
    const auto shown = driver().show(page_of("a"), setup);
    const auto set_up = driver().initialise(setup);
    struct Case {
        std::string reply;
        Answer to_text, to_set_up;
    };
    const auto c = GENERATE(values<Case>({
        {R"({"command": "answer", "code": 123})", Answer::good, Answer::good},
        {R"({"command": "answer", "code": 123, "packet_type": 104, "packet": 0})", Answer::good, Answer::good},
        {R"({"command": "answer", "code": 123, "return_value": 1})", Answer::bad, Answer::bad},
        {R"({"command": "answer", "code": 123, "return_value": 2})", Answer::bad, Answer::bad},
        {R"({"command": "answer", "code": 123, "return_value": 9})", Answer::lost, Answer::refused},
        {R"({"command": "answer", "code": 123, "sum": 1})", Answer::bad, Answer::bad},
    }));
    CAPTURE(c.reply);
    const auto reply = support::encoded(driver(), boost::json::parse(c.reply).as_object());
    CHECK(driver().acknowledge(shown[0], reply, setup) == c.to_text);
    CHECK(driver().acknowledge(set_up[0], reply, setup) == c.to_set_up);
    for (std::size_t length = 0; length < reply.size(); ++length) {
        REQUIRE(driver().acknowledge(shown[0], std::span(reply).first(length), setup) == Answer::partial);
    }
    Bytes echo = shown[0].bytes;
    CHECK(driver().acknowledge(shown[0], echo, setup) == Answer::partial);
    echo.insert(echo.end(), reply.begin(), reply.end());
    CHECK(driver().acknowledge(shown[0], echo, setup) == c.to_text);
}

TEST_CASE("a C-Power card answers to its own id and to all, if a reply is wanted", "[signs][cpower]") {
    Setup setup = sign_of(64, 16);
    setup.address = "07";
    Played played(setup);
    CHECK(played.say(R"({"command": "leave", "id": 7})") == 0);
    CHECK(played.say(R"({"command": "leave", "id": 255})") == 0);
    CHECK_FALSE(played.say(R"({"command": "leave", "id": 8})"));
    CHECK_FALSE(played.say(R"({"command": "leave", "flag": 0})"));
    CHECK(played.say(R"({"command": "leave", "sum": 1})") == 1);
    CHECK_FALSE(played.say(R"({"command": "leave", "sum": 1, "flag": 0})"));
    CHECK(played.say(R"({"command": "part", "data": "7F"})") == 3);
    CHECK(played.say(R"({"command": "other", "code": 1})") == 3);
    CHECK(played.sign.errors() ==
          std::map<std::string, std::uint64_t>{{"checksum", 2}, {"unknown-command", 1}, {"unknown-code", 1}});
}

TEST_CASE("packets of one command come in order, from the first to the last", "[signs][cpower]") {
    Played played(sign_of(64, 16));
    const std::string first = R"({"command": "part", "packet": 0, "last_packet": 1, "data": "02 00 00 00 1E 00"})";
    const std::string second = R"({"command": "part", "packet": 1, "last_packet": 1, "data": "02 12 00 41 00 00 00"})";
    CHECK(played.say(first) == 0);
    CHECK(played.text().empty());
    CHECK(played.say(second) == 0);
    CHECK(played.text() == "A");
    CHECK(played.say(second) == 2);
    CHECK(played.say(first) == 0);
    CHECK(played.say(R"({"command": "part", "packet": 1, "last_packet": 2, "data": "00"})") == 2);
    CHECK(played.say(second) == 2);
    CHECK(played.sign.errors() == std::map<std::string, std::uint64_t>{{"packet-order", 3}});
}

TEST_CASE("a text needs its window, a font that fits, and an end", "[signs][cpower]") {
    Played played(sign_of(64, 16));
    CHECK(played.say(R"({"command": "text", "window": 1, "runs": [{"text": "a"}]})") == 3);
    CHECK(played.say(R"({"command": "text", "runs": [{"size": 3, "text": "a"}]})") == 3);
    CHECK(played.say(R"({"command": "part", "data": "02 00 0D 00 1E 00 02 22 00 61 00 00 00"})") == 3);
    CHECK(played.say(R"({"command": "text", "mode": 0, "end": false, "runs": [{"text": "a"}]})") == 0);
    CHECK(played.text() == "a\uFFFD");
    CHECK(played.say(R"({"command": "define_windows", "windows": [{"width": 65, "height": 16}]})") == 3);
    CHECK(played.sign.errors() ==
          std::map<std::string, std::uint64_t>{
              {"unknown-window", 1}, {"font", 1}, {"manner", 1}, {"no-end", 1}, {"window-outside", 1}});
}

TEST_CASE("windows are lost with the power unless they were saved, and the text then fails", "[signs][cpower]") {
    Played played(sign_of(64, 16));
    played.show(page_of("A"));
    played.sign.power_cycle();
    CHECK(played.text().empty());
    const auto packets = driver().show(page_of("B"), played.setup);
    CHECK(driver().acknowledge(packets[0], played.sender.send(packets), played.setup) == Answer::lost);
    played.sender.send(driver().initialise(played.setup));
    played.show(page_of("B"));
    CHECK(played.say(R"({"command": "save"})") == 0);
    played.sign.power_cycle();
    CHECK(played.text() == "B");
}

TEST_CASE("noise and damaged frames leave the C-Power card alive", "[signs][cpower]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::string> wires{
        "A5 68 32 FF 7B 01 0A 00 00 00 01 01 00 00 00 00 00 40 00 10 71 02 AE",
        "A5 68 32 FF 7B 01 16 00 00 00 02 00 0B 00 1E 00 02 22 00 42 22 00 41 22 00 59 22 00 31 00 00 00 ED 03 AE",
        "A5 68 32 01 47 01 00 0C 10 14 06 0F 09 0C 00 3D 01 AE"};
    Played played(sign_of(64, 16));
    for (int i = 0; i < 3000; ++i) {
        played.sender.raw(support::damaged(random, wires));
        played.sender.wait(std::chrono::milliseconds(random() % 1200));
    }
    played.sender.wait(2s);
    CHECK(played.say(R"({"command": "leave"})") == 0);
    const auto errors = played.sign.error_count();
    const Bytes start{0xA5}, noise(9000, 0x11);
    played.sender.raw(start);
    played.sender.raw(noise);
    CHECK(played.sign.error_count() == errors + 1);
}
