// The raw driver against the simulated strip, by templates of every kind, and its codec.
#include "display-drivers/signs/raw_frames.hpp"
#include "display-drivers/signs/raw_text.hpp"
#include "tests/signs/codec_golden.hpp"
#include "tests/signs/raw_bench.hpp"
#include "tests/signs/sign_pages.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime::signs;
using support::bytes;
using support::hex;

namespace {

const Driver& driver() {
    return *find_driver("raw");
}

Page played(const Page& page, const Setup& setup) {
    const auto sign = driver().simulate(setup);
    Moment at{};
    std::vector<Packet> packets = driver().initialise(setup);
    for (auto& packet : driver().show(page, setup)) packets.push_back(std::move(packet));
    for (const Packet& packet : packets) {
        CAPTURE(hex(packet.bytes));
        const Bytes reply = sign->receive(packet.bytes, at);
        CHECK(packet.acknowledged == !reply.empty());
        if (packet.acknowledged) CHECK(driver().acknowledge(packet, reply, setup) == Answer::good);
        at += packet.pause_after;
    }
    CHECK(sign->errors().empty());
    return sign->glass().page;
}

std::string sent(const std::string& text, const Setup& setup) {
    return support::hex(support::joined(driver().show(page_of(text), setup)));
}

std::vector<Setup> setups() {
    return {support::shipped_raw_setup("plain"), support::shipped_raw_setup("strip"),
            support::raw_setup(support::escaped_template, "125"),  // 7D
            support::raw_setup(support::hex_check_template), support::raw_setup(support::wide_template)};
}

}  // namespace

TEST_CASE("every checksum has its check value", "[signs][raw]") {
    const std::string digits = "123456789";
    const Bytes nine(digits.begin(), digits.end());
    using enum raw::CheckKind;
    CHECK(raw::check_of(sum8, nine, 0) == 0xDD);
    CHECK(raw::check_of(xor8, nine, 0) == 0x31);
    CHECK(raw::check_of(lrc, nine, 0) == 0x23);
    CHECK(raw::check_of(sum16, nine, 0) == 0x01DD);
    CHECK(raw::check_of(crc16_modbus, nine, 0xFFFF) == 0x4B37);
    CHECK(raw::check_of(crc16_modbus, nine, 0) == 0xBB3D);  // then it is CRC-16/ARC
    CHECK(raw::check_of(crc16_ccitt, nine, 0xFFFF) == 0x29B1);
    CHECK(raw::check_of(crc16_ccitt, nine, 0) == 0x31C3);
}

TEST_CASE("frames of raw templates, computed by hand", "[signs][raw]") {
    struct Case {
        std::string text, wire;
        Setup setup;
    };
    const auto c = GENERATE(values<Case>({
        {"BAY 1", "42 41 59 20 31 0D", support::shipped_raw_setup("plain")},
        {"3号工位", "42 41 59 0D", support::raw_setup("frame = \"{text} 0D\"\n[text]\nmost = 3\n")},
        // 01 xor 7E xor 41 is 3E; the 7E is escaped, the check is over what it stands for.
        {"~A", "7E 01 7D 5E 41 3E 7E",
         support::raw_setup("frame = \"7E @a {address} {text} {check} @z 7E\"\n[text]\nencoding = \"utf-8\"\n"
                            "[check]\nkind = \"xor8\"\nover = \"a..text\"\n[escape]\nover = \"a..z\"\n"
                            "[escape.bytes]\n7E = \"7D 5E\"\n7D = \"7D 5D\"\n")},
        // 30+30+31+41 is D2; its two's complement 2E.
        {"A", "02 54 30 30 31 41 32 45 03", support::raw_setup(support::hex_check_template)},
        // The frame of the makers' Modbus example: P2.3 in 12 bytes.
        {"P2.3", "01 10 00 70 00 06 0C 50 32 2E 33 00 00 00 00 00 00 00 00 3B 25",
         support::raw_setup("frame = \"{address} 10 00 70 00 06 0C {text} {check}\"\n[text]\nwidth = 12\n"
                            "padding = 0\n[check]\nkind = \"crc16-modbus\"\n")},
        // The AM03127 example of the fact sheet: xor as two letters.
        {"BAY 1 WAIT",
         "3C 49 44 30 31 3E 3C 4C 31 3E 3C 50 41 3E 3C 46 41 3E 3C 4D 41 3E 3C 57 43 3E 3C 46 41 3E 42 41 59 20 31 20 "
         "57 41 49 54 31 34 3C 45 3E 0D",
         support::raw_setup("frame = \"'<ID' {address} '>' @p '<L1><PA><FA><MA><WC><FA>' {text} {check} '<E>' 0D\"\n"
                            "[address]\nas = \"hex\"\n[check]\nkind = \"xor8\"\nas = \"hex\"\nover = \"p..text\"\n"
                            "[text]\nwidth = 10\n")},
    }));
    CAPTURE(c.text);
    CHECK(sent(c.text, c.setup) == hex(bytes(c.wire)));
    const auto frames = driver().codec->decode(bytes(c.wire), c.setup);
    REQUIRE(frames.size() == 1);
    const auto again = driver().codec->encode(frames[0].get_object(), c.setup);
    REQUIRE(std::holds_alternative<std::vector<Packet>>(again));
    CHECK(hex(support::joined(std::get<std::vector<Packet>>(again))) == hex(bytes(c.wire)));
}

TEST_CASE("what a raw template sends is what the strip shows, for random pages", "[signs][raw]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (const Setup& setup : setups()) {
        const RawTemplate& form = *setup.raw;
        CAPTURE(form.name);
        for (int i = 0; i < 200; ++i) {
            const Page page = support::random_page(random, 3, 3, 6);
            Page expected;
            Meaning worst = Meaning::normal;
            for (const Line& line : page.lines) {
                Segment one;
                for (const Segment& segment : line) {
                    one.text += segment.text;
                    if (!raw::letters(segment.text, form).empty()) one.meaning = std::max(one.meaning, segment.meaning);
                }
                one.text = raw::letters(one.text, form);
                worst = std::max(worst, one.text.empty() ? Meaning::normal : one.meaning);
                if (!one.text.empty()) expected.lines.push_back({one});
            }
            if (form.lines > 1) {
                expected.lines.resize(std::min<std::size_t>(expected.lines.size(), 2));
            } else {
                const char between = static_cast<char>(form.line_break.front());
                std::string all;
                for (const Line& line : expected.lines)
                    all += (all.empty() ? "" : std::string(1, between)) + line[0].text;
                const Bytes cut = raw::fitted({all.begin(), all.end()}, form);
                all.assign(cut.begin(), cut.end());
                expected = page_of(all, worst);
            }
            const bool coloured = !form.colours[0].empty();
            for (Line& line : expected.lines) {
                const Bytes cut = raw::fitted({line[0].text.begin(), line[0].text.end()}, form);
                std::string text(cut.begin(), cut.end());
                if (form.width > 0) text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
                line[0].text = raw::shown(text, form);
                if (!coloured) line[0].meaning = Meaning::normal;
                if (line[0].meaning == Meaning::attention) line[0].meaning = Meaning::normal;  // one yellow for both
            }
            CAPTURE(text_of(page));
            REQUIRE(played(page, setup) == tidy(expected));
        }
    }
}

TEST_CASE("a strip refuses a broken frame, ignores others' frames and finds the next one", "[signs][raw]") {
    const Setup setup = support::raw_setup(support::hex_check_template);
    const auto sign = driver().simulate(setup);
    const auto packet = driver().show(page_of("BAY 1"), setup).front();
    Bytes broken = packet.bytes;
    broken[6] ^= 1U;
    const Bytes refused = sign->receive(broken, Moment{});
    CHECK(hex(refused) == "15 ");
    CHECK(driver().acknowledge(packet, refused, setup) == Answer::bad);
    CHECK(sign->errors().at("checksum") == 1);
    const auto other = driver().show(page_of("BAY 2"), support::raw_setup(support::hex_check_template, "2"));
    CHECK(sign->receive(other.front().bytes, Moment{}).empty());
    Bytes noisy = bytes("00 FF 02 54 41 02");
    noisy.insert(noisy.end(), packet.bytes.begin(), packet.bytes.end());
    CHECK(hex(sign->receive(noisy, Moment{})) == "06 ");
    CHECK(text_of(sign->glass().page) == "BAY 1");
    sign->power_cycle();
    CHECK(text_of(sign->glass().page).empty());
    CHECK(driver().acknowledge(packet, bytes("00 41"), setup) == Answer::partial);
}

TEST_CASE("a strip that cannot answer is written again as often as its template says", "[signs][raw]") {
    CHECK(driver().text_lasts(support::shipped_raw_setup("plain")) == std::chrono::seconds(120));
    CHECK(driver().text_lasts(support::shipped_raw_setup("strip")) == std::chrono::seconds(60));
    CHECK(driver().show(page_of("1"), support::shipped_raw_setup("strip"))[0].acknowledged);
    CHECK_FALSE(driver().show(page_of("1"), support::shipped_raw_setup("plain"))[0].acknowledged);
}

TEST_CASE("any bytes are decoded by any raw template, and frames encode to the same bytes", "[signs][raw]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (const Setup& setup : setups()) {
        std::vector<std::string> wires;
        for (const auto* text : {"BAY 1", "沪A·12345\n维修中", "}~|{", ""}) wires.push_back(sent(text, setup));
        for (int i = 0; i < 500; ++i) {
            const Bytes wire = support::damaged(random, wires);
            CAPTURE(hex(wire));
            std::size_t at = 0;
            for (const auto& found : driver().codec->decode(wire, setup)) {
                const auto& frame = found.get_object();
                CAPTURE(boost::json::serialize(frame));
                REQUIRE(frame.at("offset").to_number<std::size_t>() == at);
                at += frame.at("length").to_number<std::size_t>();
                const auto again = driver().codec->encode(frame, setup);
                REQUIRE(std::holds_alternative<std::vector<Packet>>(again));
                const auto same = hex(support::joined(std::get<std::vector<Packet>>(again)));
                REQUIRE(same == frame.at("hex").as_string().c_str() + std::string(" "));
            }
            REQUIRE(at == wire.size());
            driver().simulate(setup)->receive(wire, Moment{});
        }
    }
}

TEST_CASE("what makes no sense in a raw frame is refused with the reason", "[signs][raw]") {
    const Setup setup = support::shipped_raw_setup("strip");
    struct Case {
        std::string command, token, field;
    };
    const auto c = GENERATE(values<Case>({
        {R"({"command": "text", "text": "😀"})", "bad-field", "text"},
        {R"({"command": "text", "text_hex": "4"})", "bad-field", "text_hex"},
        {R"({"command": "text", "line": 256})", "bad-field", "line"},
        {R"({"command": "text", "colour": "01 02"})", "bad-field", "colour"},
        {R"({"command": "text", "address": -1})", "bad-field", "address"},
        {R"({"command": "set_up", "number": 2})", "bad-field", "number"},
        {R"({"command": "set_up", "line": 1})", "unknown-field", "line"},
        {R"({"command": "text", "brightness": 3})", "bad-field", "brightness"},
        {R"({"command": "text", "text": "a", "text_hex": "41"})", "bad-field", "text"},
        {R"({"command": "clear"})", "unknown-command", "command"},
    }));
    CAPTURE(c.command);
    const auto result = driver().codec->encode(boost::json::parse(c.command).as_object(), setup);
    REQUIRE(std::holds_alternative<CodecFault>(result));
    CHECK(std::get<CodecFault>(result).token == c.token);
    CHECK(std::get<CodecFault>(result).field == c.field);
    const auto longer = driver().codec->encode({{"command", "text"}, {"text", std::string(10000, 'x')}}, setup);
    REQUIRE(std::holds_alternative<CodecFault>(longer));
    CHECK(std::get<CodecFault>(longer).sentence.find("48 bytes") != std::string::npos);
}
