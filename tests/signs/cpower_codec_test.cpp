// Golden frames of C-Power cards: what an open driver emitted, an open server's comment, a capture of the clock.
#include "display-drivers/signs/cpower_frames.hpp"
#include "tests/signs/codec_golden.hpp"

using namespace baytime::signs;
using support::Golden;

namespace {

const Driver& driver() {
    return *find_driver("cpower");
}

const std::vector<Golden>& golden() {
    static const std::vector<Golden> all{
        {"one window of 64x16", R"({"command": "define_windows", "flag": 0, "windows": [{"width": 64, "height": 16}]})",
         "A5 68 32 FF 7B 00 0A 00 00 00 01 01 00 00 00 00 00 40 00 10 70 02 AE"},
        {"BAY1 in green, 16 dots, running to the left",
         R"({"command": "text", "flag": 0, "window": 0, "mode": 11, "align": 0, "speed": 30, "stay": 2,
             "runs": [{"colour": 2, "size": 2, "text": "BAY1"}]})",
         "A5 68 32 FF 7B 00 16 00 00 00 02 00 0B 00 1E 00 02 22 00 42 22 00 41 22 00 59 22 00 31 00 00 00 EC 03 AE"},
        {"hello_1 in a template",
         R"({"command": "template_text", "id": 1, "user_code": 1, "program": 1, "window": 1, "text": "hello_1"})",
         "A5 68 32 01 7B 01 10 00 00 00 85 00 00 00 01 01 01 00 68 65 6C 6C 6F 5F 31 00 53 04 AE"},
        {"the clock on a Saturday, a capture",
         R"({"command": "set_clock", "id": 1, "second": 12, "minute": 16, "hour": 20, "weekday": 6, "day": 15,
             "month": 9, "year": 12})",
         "A5 68 32 01 47 01 00 0C 10 14 06 0F 09 0C 00 3D 01 AE"},
    };
    return all;
}

boost::json::object command(const std::string& text) {
    return boost::json::parse(text).as_object();
}

}  // namespace

TEST_CASE("every worked C-Power example is encoded and explained byte for byte", "[signs][cpower]") {
    for (const Golden& one : golden()) support::check_golden(driver(), one);
}

TEST_CASE("A5, AE and AA are escaped on the C-Power wire, also in the sum", "[signs][cpower]") {
    const auto wire =
        support::encoded(driver(), command(R"({"command": "other", "id": 1, "code": 44, "data": "A5 AE AA 29"})"));
    CHECK(support::hex(wire) == "A5 68 32 01 2C 01 AA 05 AA 0E AA 0A 29 EE 02 AE ");
    const auto sum = support::encoded(driver(), command(R"({"command": "other", "id": 1, "code": 0, "data": "09"})"));
    CHECK(support::hex(sum) == "A5 68 32 01 00 01 09 AA 05 00 AE ");
    CHECK(support::decoded(driver(), wire).at("data") == "A5 AE AA 29");
    CHECK(support::decoded(driver(), sum).at("check") == "good");
}

TEST_CASE("every C-Power command and answer is explained as it was made", "[signs][cpower]") {
    const auto* text = GENERATE(
        R"({"command": "define_windows", "windows": [{"x": 1, "y": 2, "width": 300, "height": 4},
            {"x": 0, "y": 16, "width": 64, "height": 16}], "id": 7, "card_type": 51})",
        R"({"command": "text", "window": 7, "mode": 0, "align": 2, "speed": 100, "stay": 65535, "end": false,
            "runs": [{"colour": 1, "size": 2, "text": "3号工位 "}, {"colour": 3, "size": 3, "text": "京A·1"},
                     {"colour": 3, "size": 2, "pairs": "7F 41 00 A1 00 41"}]})",
        R"({"command": "image", "window": 1, "mode": 2, "speed": 3, "stay": 4, "kind": 1, "x": 5, "y": 6,
            "data": "47 49 46"})",
        R"({"command": "static_text", "window": 2, "align": 1, "x": 3, "y": 4, "width": 64, "height": 16, "font": 2,
            "red": 1, "green": 2, "blue": 3, "kind": 1, "text": "维修中"})",
        R"({"command": "static_text", "width": 64, "height": 16, "text_hex": "FF 81"})",
        R"({"command": "clock", "window": 0, "stay": 5, "calendar": 2, "format": 7, "content": 255, "font": 1,
            "red": 255, "green": 0, "blue": 9, "text": "now"})",
        R"({"command": "leave"})", R"({"command": "save", "action": 1})",
        R"({"command": "variables", "variables": [{"number": 1, "text": "准时"}, {"number": 100, "text_hex": "FF"}]})",
        R"({"command": "timers", "data": "01 02"})", R"({"command": "screen_power", "data": "01"})",
        R"({"command": "brightness", "data": "1F"})", R"({"command": "restart"})", R"({"command": "software_restart"})",
        R"({"command": "part", "packet": 1, "last_packet": 2, "data": "AA 00 AE"})",
        R"({"command": "other", "code": 44, "data": "", "packet_type": 104, "sum": 4660})",
        R"({"command": "answer", "code": 123, "return_value": 2, "packet": 0, "last_packet": 3})",
        R"({"command": "answer", "code": 71, "return_value": 0, "data": "01 02"})");
    CAPTURE(text);
    const auto made = command(text);
    const auto wire = support::encoded(driver(), made);
    const auto explained = support::decoded(driver(), wire);
    CAPTURE(boost::json::serialize(explained));
    for (const auto& [key, value] : made) {
        CHECK(boost::json::serialize(explained.at(key)) == boost::json::serialize(value));
    }
    CHECK((explained.at("check") == "good") == !made.contains("sum"));
    CHECK(support::encoded(driver(), explained) == wire);
}

TEST_CASE("a command too long for one packet is cut into numbered packets", "[signs][cpower]") {
    boost::json::object made = command(R"({"command": "static_text", "width": 64, "height": 16})");
    made["text"] = std::string(1200, 'x');
    const auto result = driver().codec->encode(made, usual_setup(driver()));
    const auto& packets = std::get<std::vector<Packet>>(result);
    REQUIRE(packets.size() == 3);
    Bytes data;
    for (std::size_t i = 0; i < packets.size(); ++i) {
        CHECK(packets[i].pause_after >= std::chrono::milliseconds(100));
        CHECK(packets[i].acknowledged);
        CHECK(packets[i].unfinished == (i < 2));
        const auto part = support::decoded(driver(), packets[i].bytes);
        CHECK(part.at("command") == "part");
        CHECK(part.at("packet") == i);
        CHECK(part.at("last_packet") == 2);
        CHECK(support::encoded(driver(), part) == packets[i].bytes);
        data.insert(data.end(), packets[i].bytes.begin(), packets[i].bytes.end());
    }
    const auto whole = support::decoded(driver(), data);
    CHECK(whole.at("command") == "static_text");
    CHECK(whole.at("text") == made.at("text"));
    CHECK(whole.at("packets") == 3);
    CHECK(whole.at("check") == "good");
    CHECK(support::encoded(driver(), whole) == data);
    // With noise between them they are told one by one.
    data.insert(data.begin() + static_cast<std::ptrdiff_t>(packets[0].bytes.size()), 0);
    CHECK(driver().codec->decode(data, usual_setup(driver())).size() == 4);
}

TEST_CASE("packets cut elsewhere than here are told one by one", "[signs][cpower]") {
    using namespace cpower;
    const auto text = define_windows({{.width = 64, .height = 16}});
    auto wire = frame({}, Place{.packet = 0, .last = 1}, std::span(text).first(4));
    const auto rest = frame({}, Place{.packet = 1, .last = 1}, std::span(text).subspan(4));
    wire.insert(wire.end(), rest.begin(), rest.end());
    const auto found = driver().codec->decode(wire, usual_setup(driver()));
    REQUIRE(found.size() == 2);
    CHECK(found[0].at("command") == "part");
    CHECK(found[1].at("last_packet") == 1);
}

TEST_CASE("what makes no sense to a C-Power card is refused with the reason", "[signs][cpower]") {
    struct Case {
        std::string command, token, field;
    };
    const auto c = GENERATE(values<Case>({
        {R"({"command": "windows"})", "unknown-command", "command"},
        {R"({"command": "define_windows", "windows": []})", "bad-field", "windows"},
        {R"({"command": "define_windows"})", "bad-field", "windows"},
        {R"({"command": "define_windows", "windows": [{"width": 64}]})", "missing-field", "height"},
        {R"({"command": "text", "runs": [{"colour": 16}]})", "bad-field", "colour"},
        {R"({"command": "text", "runs": [{"text": "😀"}]})", "bad-field", "text"},
        {R"({"command": "text", "runs": [{"pairs": "00"}]})", "bad-field", "pairs"},
        {R"({"command": "variables", "variables": [{"number": 101}]})", "bad-field", "number"},
        {R"({"command": "variables", "variables": [{"number": 1, "text": "123456789012345678901234567890123"}]})",
         "bad-field", "text"},
        {R"({"command": "set_clock", "hour": 1})", "missing-field", "minute"},
        {R"({"command": "text", "mode": 13})", "bad-field", "mode"},
        {R"({"command": "text", "window": 8})", "bad-field", "window"},
        {R"({"command": "text", "runs": [{"text": "a", "pairs": "00 41"}]})", "bad-field", "text"},
        {R"({"command": "set_clock", "hour": 99, "minute": 0, "weekday": 1, "day": 1, "month": 1, "year": 26})",
         "bad-field", "hour"},
        {R"({"command": "set_clock", "hour": 9, "minute": 0, "weekday": 7, "day": 1, "month": 1, "year": 26})",
         "bad-field", "weekday"},
        {R"({"command": "answer", "code": 123, "last_packet": 1})", "bad-field", "last_packet"},
    }));
    CAPTURE(c.command);
    const auto result = driver().codec->encode(command(c.command), usual_setup(driver()));
    REQUIRE(std::holds_alternative<CodecFault>(result));
    CHECK(std::get<CodecFault>(result).token == c.token);
    CHECK(std::get<CodecFault>(result).field == c.field);
}

TEST_CASE("any bytes are decoded as C-Power frames, none is lost, and frames encode to the same bytes",
          "[signs][cpower]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::vector<std::string> wires;
    for (const Golden& one : golden()) wires.push_back(one.wire);
    for (int i = 0; i < 3000; ++i) support::check_decode_takes(driver(), support::damaged(random, wires));
}
