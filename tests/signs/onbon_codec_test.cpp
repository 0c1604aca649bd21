// Golden frames of Onbon cards: the maker's worked examples, and one that a peer emitted.
#include "display-drivers/signs/onbon_frames.hpp"
#include "tests/signs/codec_golden.hpp"

using namespace baytime::signs;
using support::Golden;

namespace {

const Driver& driver() {
    return *find_driver("onbon");
}

const std::vector<Golden>& golden() {
    static const std::vector<Golden> all{
        {"the maker's ping", R"({"command": "ping"})",
         "A5*8 01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A2 00 01 00 00 68 F8 5A"},
        {"clear screen", R"({"command": "clear_screen"})",
         "A5*8 01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A3 10 01 00 00 51 F8 5A"},
        {"the maker's dynamic area",
         R"({"command": "dynamic_areas", "process_mode": 45, "areas": [{"width": 24, "height": 32, "timeout": 2, "lines": 2, "wrap": 2,
             "display_mode": 3, "speed": 4, "stay": 5, "text": "012345QRSTTV'B"}]})",
         "A5*8 01 00 00 80 00 00 00 00 00 00 FE 02 32 00 A3 06 01 2D 00 00 01 29 00 "
         "00 00 00 00 00 18 00 20 00 00 00 00 02 00 00 00 00 02 02 03 00 04 05 "
         "0E 00 00 00 30 31 32 33 34 35 51 52 53 54 54 56 27 42 A8 7D 5A"},
        {"a peer's Chinese dynamic area",
         R"({"command": "dynamic_areas", "process_mode": 45, "areas": [{"width": 12, "height": 16, "timeout": 2, "alignment": 10,
             "lines": 2, "wrap": 1, "display_mode": 1, "speed": 4, "stay": 5, "text": "\\FO000\\C1工位3"}]})",
         "A5*8 01 00 00 80 00 00 00 00 00 00 FE 02 32 00 A3 06 01 2D 00 00 01 29 00 "
         "00 00 00 00 00 0C 00 10 00 00 00 00 02 00 00 00 0A 02 01 01 00 04 05 "
         "0E 00 00 00 5C 46 4F 30 30 30 5C 43 31 B9 A4 CE BB 33 2D D2 5A"},
    };
    return all;
}

std::vector<std::string> wires() {
    std::vector<std::string> out;
    for (const Golden& one : golden()) out.push_back(one.wire);
    return out;
}

boost::json::object command(const std::string& text) {
    return boost::json::parse(text).as_object();
}

}  // namespace

TEST_CASE("every worked Onbon example is encoded and explained byte for byte", "[signs][onbon]") {
    for (const Golden& one : golden()) support::check_golden(driver(), one);
}

TEST_CASE("a text with Z, [ and the lead bytes A5 and A6 is escaped, and its lengths count before that",
          "[signs][onbon]") {
    const auto wire = support::encoded(driver(), command(R"({"command": "dynamic_areas", "areas": [
        {"width": 12, "height": 16, "text": "京Z·[123] アα"}]})"));
    const auto body = std::span(wire).subspan(8, wire.size() - 9);
    CHECK(std::ranges::count(body, 0xA5) == 0);
    CHECK(std::ranges::count(body, 0x5A) == 0);
    CHECK_THAT(support::hex(wire), Catch::Contains("BE A9 5B 02 A1 A4 5B 01 31 32 33 5D 20 A6 02 A2 A6 01 C1"));
    const auto explained = support::decoded(driver(), wire);
    const auto& area = explained.at("areas").at(0);
    CHECK(area.at("text") == "京Z·[123] アα");
    CHECK(wire[8 + 12] == 5 + 4 + 27 + 15);  // the data length
    CHECK(support::encoded(driver(), explained) == wire);
}

TEST_CASE("every Onbon command and answer is explained as it was made", "[signs][onbon]") {
    const auto* text = GENERATE(
        R"({"command": "ping", "destination": 65534, "source": 57343, "option": 1, "display_mode": 1,
            "device_type": 97, "reserved": 66051, "protocol_version": 3, "heads": 1, "request": 2})",
        R"({"command": "reset"})", R"({"command": "query_firmware"})", R"({"command": "query_status"})",
        R"({"command": "screen_power", "power": "off"})",
        R"({"command": "brightness", "mode": 2, "value": 7, "check_mode": 1})",
        R"({"command": "lock_program", "lock": "unlock", "program": "P000"})",
        R"({"command": "clear_screen", "check_mode": 2, "command_reserved": 258})",
        R"({"command": "dynamic_areas", "delete": "all"})",
        R"({"command": "dynamic_areas", "delete": "3, 2, 255", "process_mode": 1})", R"({"command": "ack"})",
        R"({"command": "nack", "error": "crc_error", "data": "01 02"})", R"({"command": "nack", "error": 99})",
        R"({"command": "answer", "group": 162, "command_code": 4, "error": "none", "data": "31 32"})",
        R"({"command": "other", "group": 162, "command_code": 7, "request": 1, "data": "A5 5A 5B A6"})",
        R"({"command": "ping", "crc": 4660})");
    CAPTURE(text);
    const auto made = command(text);
    const auto wire = support::encoded(driver(), made);
    const auto explained = support::decoded(driver(), wire);
    CAPTURE(boost::json::serialize(explained));
    for (const auto& [key, value] : made) {
        CHECK(boost::json::serialize(explained.at(key)) == boost::json::serialize(value));
    }
    CHECK((explained.at("check") == "good") == !made.contains("crc"));
    CHECK(support::encoded(driver(), explained) == wire);
}

TEST_CASE("several areas with all of their fields pass through one frame", "[signs][onbon]") {
    boost::json::object area;
    std::uint32_t value = 1;
    for (const auto& field : onbon::area_fields()) {
        area[field.name] = std::clamp(value++, field.least, field.most);
    }
    area["alignment"] = 10;
    area["text"] = "3号工位";
    boost::json::object other = area;
    other.erase("text");
    other["text_hex"] = "FF 5C 81";
    const boost::json::object made{
        {"command", "dynamic_areas"}, {"delete", "7"}, {"areas", boost::json::array{area, other}}};
    const auto explained = support::decoded(driver(), support::encoded(driver(), made));
    CHECK(explained.at("areas") == made.at("areas"));
    CHECK(explained.at("delete") == "7");
}

TEST_CASE("what an Onbon card would not take is refused with the reason", "[signs][onbon]") {
    struct Case {
        std::string command, token, field;
    };
    const std::string longest(1000, 'x'), all_day(96, '1');
    const auto c = GENERATE_COPY(values<Case>({
        {R"({"command": "pong"})", "unknown-command", "command"},
        {R"({"command": "brightness", "value": 16})", "bad-field", "value"},
        {R"({"command": "brightness", "half_hours": "01 02"})", "bad-field", "half_hours"},
        {R"({"command": "lock_program"})", "missing-field", "program"},
        {R"({"command": "lock_program", "program": "P1"})", "bad-field", "program"},
        {R"({"command": "dynamic_areas", "delete": "1;2"})", "bad-field", "delete"},
        {R"({"command": "dynamic_areas", "areas": [{"text": "😀"}]})", "bad-field", "text"},
        {R"({"command": "dynamic_areas", "areas": [{"height": 65536}]})", "bad-field", "height"},
        {R"({"command": "dynamic_areas", "areas": [{"alignment": 3}]})", "bad-field", "alignment"},
        {R"({"command": "dynamic_areas", "areas": [{"text": "a", "text_hex": "41"}]})", "bad-field", "text"},
        {R"({"command": "brightness", "half_hours": ")" + all_day + R"("})", "bad-field", "half_hours"},
        {R"({"command": "nack", "error": "no_such"})", "bad-field", "error"},
        {R"({"command": "dynamic_areas", "areas": [{"text": ")" + longest + R"("}]})", "bad-field", ""},
    }));
    CAPTURE(c.command);
    const auto result = driver().codec->encode(command(c.command), usual_setup(driver()));
    REQUIRE(std::holds_alternative<CodecFault>(result));
    const auto& fault = std::get<CodecFault>(result);
    CHECK(fault.token == c.token);
    CHECK(fault.field == c.field);
    CHECK_FALSE(fault.sentence.empty());
}

TEST_CASE("broken Onbon frames are told from good ones, with the reason", "[signs][onbon]") {
    const auto ping = support::bytes(golden()[0].wire);
    auto wire = ping;
    wire.resize(20);                                                         // cut off by the next
    wire.insert(wire.end(), ping.begin(), ping.end());                       // good
    const auto bad = support::bytes("12 A5 01 A6 03 5A A5 01 00 5A A5 01");  // noise, escape, too short, unfinished
    wire.insert(wire.end(), bad.begin(), bad.end());
    const auto frames = driver().codec->decode(wire, usual_setup(driver()));
    std::vector<std::string> said;
    for (const auto& frame : frames) {
        const auto* fault = frame.get_object().if_contains("fault");
        said.emplace_back(fault == nullptr ? frame.at("command").as_string() : fault->as_string());
    }
    CHECK(said == std::vector<std::string>{"cut off: a new frame begins before the end byte", "ping",
                                           "1 byte outside of any frame",
                                           "an escape byte (A6, 5B) without 01 or 02 after it", "too short for a frame",
                                           "cut off: no end byte 5A"});
}

TEST_CASE("any bytes are decoded as Onbon frames, none is lost, and frames encode to the same bytes",
          "[signs][onbon]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 3000; ++i) support::check_decode_takes(driver(), support::damaged(random, wires()));
}
