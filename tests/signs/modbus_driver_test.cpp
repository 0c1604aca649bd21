// The driver against the simulated display, which shares no code for texts with it.
#include "display-drivers/signs/gbk.hpp"
#include "display-drivers/signs/latin.hpp"
#include "display-drivers/signs/modbus_text.hpp"
#include "tests/signs/modbus_bench.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime::signs;
using namespace baytime::signs::modbus;
using support::bytes;
using support::hex;

namespace {

const Driver& driver() {
    return *find_driver("modbus");
}

struct Played {
    Setup setup{};
    ModbusSign sign;
    support::Sender sender{sign};
    explicit Played(Setup with) : setup(std::move(with)), sign(setup) {}
    void show(const Page& page) {
        for (const Packet& packet : driver().show(page, setup)) {
            const Bytes reply = sender.raw(packet.bytes);
            CAPTURE(hex(packet.bytes), hex(reply));
            CHECK(driver().acknowledge(packet, reply, setup) == Answer::good);
            sender.wait(packet.pause_after + std::chrono::milliseconds(300));
        }
    }
    std::string shows(const std::string& text) {
        show(page_of(text));
        return text_of(sign.glass().page);
    }
};

std::string trimmed(std::string text) {
    text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

std::string random_text(std::mt19937& random, std::size_t most) {
    constexpr std::string_view chinese[] = {"沪", "工", "位", "维", "修", "中", "·", "可", "交", "车", "龘"};
    std::string out;
    const std::size_t length = random() % (most + 1);
    for (std::size_t i = 0; i < length; ++i) {
        const auto kind = random() % 8;
        if (kind == 0) out += static_cast<char>(1 + random() % 31);
        if (kind == 1) out += chinese[random() % std::size(chinese)];
        if (kind > 1) out += static_cast<char>(' ' + random() % 94);
    }
    return out;
}

}  // namespace

TEST_CASE("pages become the frames of the makers' examples, and the display's replies too", "[signs][modbus]") {
    struct Case {
        Setup setup;
        std::string text, request, reply;
    };
    const auto c = GENERATE(values<Case>({
        {support::shipped_setup("led-485"), "P2.3", "01 10 00 70 00 06 0C 50 32 2E 33 00 00 00 00 00 00 00 00 3B 25",
         "01 10 00 70 00 06 41 D0"},
        {support::modbus_setup(support::magnitude), "4.90", "01 10 00 90 00 02 04 00 02 01 EA DB 1C",
         "01 10 00 90 00 02 41 E5"},
        {support::modbus_setup(support::four_registers), "完工", "01 10 00 00 00 04 08 CD EA B9 A4 20 20 20 20 49 1F",
         "01 10 00 00 00 04 C1 CA"},
    }));
    CAPTURE(c.text);
    const auto packets = driver().show(page_of(c.text), c.setup);
    REQUIRE_FALSE(packets.empty());
    CHECK(hex(packets.back().bytes) == hex(bytes(c.request)));
    CHECK(packets.back().acknowledged);
    ModbusSign sign(c.setup);
    support::Sender sender(sign);
    CHECK(hex(sender.raw(packets.back().bytes)) == hex(bytes(c.reply)));
    CHECK(text_of(sign.glass().page) == c.text);
}

TEST_CASE("what was written is what the panel shows, for random pages", "[signs][modbus]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    Played played(support::shipped_setup("text-panel"));
    for (int i = 0; i < 400; ++i) {
        Page page, expected;
        for (std::size_t l = random() % 3; l > 0; --l) {
            const auto meaning = static_cast<Meaning>(random() % 4);
            const std::string text = random_text(random, 20);
            page.lines.push_back({{text, meaning}});
            std::string gbk = trimmed(to_gbk(text));
            // Sixteen bytes of whole characters, and a number that does not fit is no number.
            const bool number = gbk.find_first_not_of("0123456789.-") == std::string::npos;
            if (number && gbk.size() > 16) gbk = std::string(16, '-');
            std::size_t used = 0;
            while (used < gbk.size()) {
                const std::size_t next = static_cast<unsigned char>(gbk[used]) < 0x80 ? 1 : 2;
                if (used + next > 16) break;
                used += next;
            }
            gbk = trimmed(gbk.substr(0, used));
            if (!gbk.empty()) expected.lines.push_back({{from_gbk(gbk), meaning}});
        }
        CAPTURE(text_of(page));
        played.show(page);
        REQUIRE(played.sign.glass().page == expected);
        REQUIRE(played.sign.errors().empty());
    }
}

TEST_CASE("digits show what fits, and a number that does not fit is shown as dashes", "[signs][modbus]") {
    Played four(support::shipped_setup("led-485"));
    CHECK(four.shows("25") == "25");
    CHECK(four.shows("P12.34") == "P12.3");  // a point takes no digit
    CHECK(four.shows("BAY 1 free") == "BAY");
    CHECK(four.shows("1234") == "1234");
    CHECK(four.shows("12345") == "----");
    CHECK(four.shows("") == "");
    CHECK(four.shows("可交车") == latin("可交车").substr(0, 4));
    Played six(support::shipped_setup("led-046"));
    CHECK(six.shows("25") == "25");
    CHECK(hex(driver().show(page_of("25"), six.setup).back().bytes).find("20 20 20 20 32 35") != std::string::npos);
    CHECK(six.shows("1234567") == "------");
    CHECK(six.sign.errors().empty());
}

TEST_CASE("a number register takes the first number of the text", "[signs][modbus]") {
    Played whole(support::modbus_setup(support::whole_number));
    CHECK(whole.shows("25 min") == "25");
    CHECK(whole.shows("free") == "0");
    CHECK(whole.shows("-7.9 C") == "-7");
    CHECK(whole.shows("99999999") == "32767");  // the nearest that one register holds
    Played magnitude(support::modbus_setup(support::magnitude));
    CHECK(magnitude.shows("4.90") == "4.90");
    CHECK(magnitude.shows("-1.5") == "-1.50");
    CHECK(magnitude.shows("1000") == "99.99");
    Played fixed(support::modbus_setup(support::fixed_point));
    CHECK(fixed.shows("123456.78") == "123456.7");
    CHECK(fixed.shows("-0.5") == "-0.5");
    CHECK(whole.sign.errors().empty());
    CHECK(magnitude.sign.errors().empty());
    CHECK(fixed.sign.errors().empty());
}

TEST_CASE("colour, flash and brightness have registers of their own", "[signs][modbus]") {
    Played panel(support::shipped_setup("text-panel"));
    panel.setup.brightness = 50;
    panel.show(Page{.lines = {{{"沪A·12345", Meaning::normal}, {" 维修中", Meaning::alarm}}, {{"ok", Meaning::good}}}});
    CHECK(panel.sign.value(0x40) == 1);
    CHECK(panel.sign.value(0x41) == 2);
    CHECK(panel.sign.value(0x50) == 1);
    CHECK(panel.sign.value(0x51) == 0);
    CHECK(panel.sign.value(0x60) == 8);
    CHECK(panel.sign.glass().brightness == 53);
    CHECK(panel.sign.glass().page.lines[0][0].meaning == Meaning::alarm);
    Played number(support::modbus_setup(support::whole_number));
    number.show(page_of("12", Meaning::attention));
    CHECK(number.sign.glass().page == page_of("12", Meaning::attention));
    CHECK(number.sign.glass().brightness == 100);
}

TEST_CASE("a change of words alone rewrites only the line that changed", "[signs][modbus]") {
    const Setup setup = support::shipped_setup("text-panel");
    const auto first = driver().show(page_of("沪A·12345\n维修中"), setup);
    const auto second = driver().show(page_of("沪A·12345\n质检中"), setup);
    REQUIRE(first.size() == second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        CAPTURE(first[i].target);
        CHECK(first[i].target == second[i].target);
        CHECK((first[i].bytes == second[i].bytes) == (first[i].target != "line 2"));
    }
}

TEST_CASE("a display that lost its text is found out, and one that cannot be read is never asked", "[signs][modbus]") {
    Played panel(support::shipped_setup("text-panel"));
    const auto ask = [](Played& played) {
        played.sender.wait(std::chrono::seconds(1));
        const auto reply = played.sender.send(driver().ask(Question::memory, played.setup));
        for (std::size_t i = 0; i < reply.size(); ++i) {
            REQUIRE(driver().judge(Question::memory, std::span(reply).first(i), played.setup) == Answer::partial);
        }
        return driver().judge(Question::memory, reply, played.setup);
    };
    panel.show(Page{});
    CHECK(ask(panel) == Answer::good);
    panel.sign.power_cycle();
    CHECK(ask(panel) == Answer::lost);
    Played digits(support::shipped_setup("led-485"));
    CHECK(driver().ask(Question::memory, digits.setup).empty());
    CHECK(driver().judge(Question::errors, {}, digits.setup) == Answer::good);
    CHECK(driver().ask(Question::errors, digits.setup).empty());
}

TEST_CASE("a page for every unit on the line is answered by none", "[signs][modbus]") {
    const Setup all = support::shipped_setup("led-485", "0");
    for (const Packet& packet : driver().show(page_of("25"), all)) {
        CHECK_FALSE(packet.acknowledged);
        CHECK(packet.bytes[0] == 0);
        CHECK(packet.pause_after >= std::chrono::milliseconds(100));
    }
    CHECK(driver().ask(Question::memory, all).empty());
}

TEST_CASE("texts are as wide as their letters", "[signs][modbus]") {
    CHECK(driver().width("12", support::shipped_setup("led-485")) == 12);
    Setup tall = support::shipped_setup("text-panel");
    tall.shape.rows = 16;
    CHECK(driver().width("完工 1", tall) == 48);
}
