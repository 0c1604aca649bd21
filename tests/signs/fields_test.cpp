// What codecs share: fields of a command, hex digits, frames found.
#include "display-drivers/signs/fields.hpp"

#include <catch2/catch.hpp>

using namespace baytime::signs;
namespace json = boost::json;

namespace {

const std::vector<CommandForm>& commands() {
    static const std::vector<CommandForm> all{
        {.name = "show_text",
         .summary = "shows a text",
         .fields = {{"text", "text", "", "what to show"},
                    {"run_mode", "0..5", "1", "how it runs"},
                    {"data", "hex bytes", "\"\"", "more"},
                    {"loop", "yes|no", "\"no\"", "again and again"},
                    {"colour", "red|green", "\"red\"", "colour"},
                    {"areas", "list of areas", "[]", "areas"}}},
        {.name = "clear", .summary = "clears"},
    };
    return all;
}

const std::vector<FieldForm> area{{"x", "0..99", "", "column"}, {"y", "0..99", "0", "row"}};

struct Got {
    std::string text;
    std::int64_t run_mode = 0;
    Bytes data;
    bool loop = false;
    std::size_t colour = 0;
    std::vector<std::int64_t> x;
    std::string token, field, sentence;
};

Got read(const char* text) {
    const auto command = json::parse(text).as_object();
    const auto form = form_of(commands(), command);
    Got got;
    if (const auto* fault = std::get_if<CodecFault>(&form)) {
        got.token = fault->token, got.field = fault->field, got.sentence = fault->sentence;
        return got;
    }
    static constexpr std::string_view colours[] = {"red", "green"};
    FieldReader fields(*std::get<const CommandForm*>(form), command, {{"address", "0..255", "1", "the sign"}});
    if (std::get<const CommandForm*>(form)->name == "show_text") {
        got.text = fields.text("text");
        got.run_mode = fields.number("run_mode", 0, 5);
        got.data = fields.bytes("data");
        got.loop = fields.yes("loop");
        got.colour = fields.choice("colour", colours, true);
        fields.each("areas", area,
                    [&](FieldReader& one) { got.x.push_back(one.number("x", 0, 99)), one.number("y", 0, 99); });
    }
    fields.number("address", 0, 255);
    if (fields.fault()) {
        got.token = fields.fault()->token, got.field = fields.fault()->field, got.sentence = fields.fault()->sentence;
    }
    return got;
}

}  // namespace

TEST_CASE("fields are read as numbers, texts, digits, words and lists", "[signs][fields]") {
    const auto got = read(R"({"command": "show-text", "text": "沪A·12345", "run-mode": "0x04", "data": "1b 20:62",
                              "loop": true, "colour": "GREEN", "areas": [{"x": 3}, {"x": "7", "y": 1}],
                              "address": 255, "offset": 0, "length": 9, "hex": "00", "check": "good"})");
    CHECK(got.sentence.empty());
    CHECK(got.text == "沪A·12345");
    CHECK(got.run_mode == 4);
    CHECK(got.data == Bytes{0x1B, 0x20, 0x62});
    CHECK(got.loop);
    CHECK(got.colour == 1);
    CHECK(got.x == std::vector<std::int64_t>{3, 7});
}

TEST_CASE("what is left out has the form's own value", "[signs][fields]") {
    const auto got = read(R"({"command": "show_text", "text": "a"})");
    CHECK(got.token.empty());
    CHECK(got.run_mode == 1);
    CHECK(got.data.empty());
    CHECK_FALSE(got.loop);
    CHECK(read(R"({"command": "clear"})").token.empty());
}

TEST_CASE("a faulty command names the field, what it takes and the nearest name", "[signs][fields]") {
    struct Case {
        const char *command, *token, *field, *says;
    };
    const auto c = GENERATE(values<Case>({
        {R"({"command": "show_txt"})", "unknown-command", "command", "did you mean show_text?"},
        {R"({"text": "a"})", "missing-field", "command", "give \"command\""},
        {R"({"command": "show_text", "text": "a", "run_mod": 1})", "unknown-field", "run_mod",
         "did you mean run_mode?"},
        {R"({"command": "clear", "text": "a"})", "unknown-field", "text", "it takes address"},
        {R"({"command": "show_text"})", "missing-field", "text", "what to show"},
        {R"({"command": "show_text", "text": "a", "run_mode": 6})", "bad-field", "run_mode", "from 0 to 5"},
        {R"({"command": "show_text", "text": "a", "run_mode": 1.5})", "bad-field", "run_mode", "1.5"},
        {R"({"command": "show_text", "text": "a", "run_mode": "0x"})", "bad-field", "run_mode", "0x"},
        {R"({"command": "show_text", "text": [], "run_mode": 1})", "bad-field", "text", "takes a text"},
        {R"({"command": "show_text", "text": "a", "data": "1b2"})", "bad-field", "data", "hex digits"},
        {R"({"command": "show_text", "text": "a", "loop": "perhaps"})", "bad-field", "loop", "yes or no"},
        {R"({"command": "show_text", "text": "a", "colour": "gren"})", "bad-field", "colour", "did you mean green?"},
        {R"({"command": "show_text", "text": "a", "colour": 2})", "bad-field", "colour", "red, green"},
        {R"({"command": "show_text", "text": "a", "areas": [{}]})", "missing-field", "x", "areas 1"},
        {R"({"command": "show_text", "text": "a", "areas": [7]})", "bad-field", "areas", "list of objects"},
        {R"({"command": "show_text", "text": "a", "run_mode": 1, "run-mode": 2})", "bad-field", "run_mode", "twice"},
    }));
    CAPTURE(c.command);
    const auto got = read(c.command);
    CHECK(got.token == c.token);
    CHECK(got.field == c.field);
    CHECK_THAT(got.sentence, Catch::Contains(c.says));
}

TEST_CASE("hex digits come with or without blanks, and nothing else", "[signs][fields]") {
    CHECK(bytes_of_hex("A5 a5\n0xFF,01-02:03") == Bytes{0xA5, 0xA5, 0xFF, 1, 2, 3});
    CHECK(bytes_of_hex("")->empty());
    for (const auto* bad : {"A", "A 5", "0x", "GG", "A5 xyz"}) CHECK_FALSE(bytes_of_hex(bad));
    const Bytes some{0x00, 0x7F, 0xA5};
    CHECK(hex_of(some) == "00 7F A5");
    CHECK(hex_of(some, false) == "007FA5");
}

TEST_CASE("numbers are decimal or hex, whole, and nothing behind them", "[signs][fields]") {
    CHECK(number_of("255") == 255);
    CHECK(number_of("-1") == -1);
    CHECK(number_of("0xA5") == 0xA5);
    for (const auto* bad : {"", "-", "--1", "0x-1", "1 ", "one", "99999999999999999999"}) CHECK_FALSE(number_of(bad));
}

TEST_CASE("every byte passes through a JSON text and comes back", "[signs][fields]") {
    std::string all;
    for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
    CHECK(bytes_of_text(text_of_bytes(all)) == all);
    CHECK_FALSE(bytes_of_text("沪"));
}

TEST_CASE("bytes between frames are reported, none is lost", "[signs][fields]") {
    const Bytes wire{1, 2, 3, 4, 5, 6, 7};
    FrameList list(wire);
    list.frame(1, 2, "clear")["address"] = 1;
    list.fault(3, 1, "cut off");
    const auto out = list.take([](const json::object&) { return std::vector<Packet>{{.bytes = {2, 3}}}; });
    REQUIRE(out.size() == 4);
    CHECK(json::serialize(out[0]) ==
          R"({"offset":0,"length":1,"hex":"01","command":"bytes","fault":"1 byte outside of any frame"})");
    CHECK(json::serialize(out[1]) == R"({"offset":1,"length":2,"hex":"02 03","command":"clear","address":1})");
    CHECK(json::serialize(out[2]) == R"({"offset":3,"length":1,"hex":"04","command":"bytes","fault":"cut off"})");
    CHECK(out[3].at("hex") == "05 06 07");
}
