// Every worked Alpha example as fields, both ways; and anything that may come over the wire.
#include "display-drivers/signs/alpha_markup.hpp"
#include "display-drivers/signs/codec.hpp"
#include "tests/signs/frames.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime::signs;
namespace json = boost::json;

namespace {

const Codec& codec() {
    return *find_driver("alpha")->codec;
}

std::vector<Packet> encoded(const json::object& command, const Setup& setup = {}) {
    auto out = codec().encode(command, setup);
    if (const auto* fault = std::get_if<CodecFault>(&out)) {
        FAIL(fault->token << ": " << fault->sentence);
    }
    return std::get<std::vector<Packet>>(std::move(out));
}

CodecFault refused(const char* command) {
    const auto out = codec().encode(json::parse(command).as_object(), {});
    const auto* fault = std::get_if<CodecFault>(&out);
    return fault == nullptr ? CodecFault{} : *fault;
}

struct Golden {
    const char *command, *wire;
};

const Golden golden[] = {
    {R"({"command": "write_text", "text": "HELLO"})",
     R"(00*5 01 5A 30 30 02 41 41 1B 20 62 48 45 4C 4C 4F 03 30 32 39 38 04)"},
    {R"({"command": "write_text", "text": "HELLO", "checksum": false})",
     R"(00*5 01 5A 30 30 02 41 41 1B 20 62 48 45 4C 4C 4F 04)"},
    {R"({"command": "write_text", "position": "fill", "text": "{red}BAY 1", "checksum": "no"})",
     R"(00*5 01 5A 30 30 02 41 41 1B 30 62 1C 31 42 41 59 20 31 04)"},
    {R"({"command": "write_string", "label": "a", "text": "17:30"})",
     R"(00*5 01 5A 30 30 02 47 61 31 37 3A 33 30 03 30 31 42 32 04)"},
    {R"({"command": "set_memory", "files": [{"label": "A"}, {"label": "a", "type": "string", "size": 32},
         {"label": "P", "type": "dots", "locked": true, "rows": 7, "columns": 7}]})",
     R"(00*5 01 5A 30 30 02 "E$AAU0100FFFFaBL00200000PDL07074000" 03 "0801" 04)"},
    {R"({"command": "run_sequence", "labels": "AB"})", R"(00*5 01 5A 30 30 02 "E.SUAB" 03 "01A3" 04)"},
    {R"({"command": "nested", "commands": [{"command": "set_time", "hour": 9, "minute": 5},
         {"command": "set-weekday", "weekday": "monday"}]})",
     R"(00*5 01 5A 30 30 02 "E 0905" 03 "0138" 02 "E&2" 03 "00A2" 04)"},
    {R"({"command": "write_small_dots", "label": "P", "rows": "101/010/101"})",
     R"(00*5 01 5A 30 30 02 "IP0303101" 0D "010" 0D "101" 0D 03 "0340" 04)"},
    {R"({"command": "read_errors", "checksum": false})", R"(00*5 01 5A 30 30 02 46 2A 04)"},
};

/// A form without what only decode adds.
json::object bare(json::object fields) {
    for (const auto* key : {"offset", "length", "hex", "check", "explained"}) fields.erase(key);
    return fields;
}

}  // namespace

TEST_CASE("every worked example goes from fields to bytes and back", "[signs][alpha][codec]") {
    for (const Golden& example : golden) {
        CAPTURE(example.command);
        const auto command = json::parse(example.command).as_object();
        const Bytes wire = support::bytes(example.wire);
        const auto packets = encoded(command);
        CHECK(support::hex(support::joined(packets)) == support::hex(wire));
        const auto found = codec().decode(wire, {});
        REQUIRE(found.size() == 1);
        const auto& fields = found[0].get_object();
        CAPTURE(json::serialize(fields));
        CHECK(fields.at("length") == wire.size());
        CHECK(fields.at("check") == (fields.at("checksum") == true ? "good" : "none"));
        for (const auto& [key, value] : command) {
            if (key == "checksum" || key == "files" || key == "commands" || key == "command") continue;
            CHECK(fields.at(key) == value);
        }
        CHECK(support::hex(support::joined(encoded(fields))) == support::hex(wire));
        CHECK(bare(codec().decode(support::joined(encoded(bare(fields))), {})[0].get_object()) == bare(fields));
    }
}

TEST_CASE("nested commands and pictures keep their pauses", "[signs][alpha][codec]") {
    CHECK(encoded(json::parse(golden[6].command).as_object()).size() == 3);
    CHECK(encoded(json::parse(golden[7].command).as_object()).size() == 2);
    CHECK(encoded({{"command", "tone"}}).back().pause_after == std::chrono::seconds(3));
    CHECK(encoded({{"command", "clear_memory"}}).back().pause_after == std::chrono::seconds(2));
}

TEST_CASE("every command comes back from its frame", "[signs][alpha][codec]") {
    const auto c = GENERATE(values<const char*>({
        R"({"command": "priority_text", "mode": "flash", "text": "FIRE"})",
        R"({"command": "release_priority"})",
        R"({"command": "write_text", "mode": "snow", "position": "top", "text": "{{a}{speed:3}{string:a}{page}"})",
        R"({"command": "write_text", "mode": "nq", "text": "{hex:1F}x"})",
        R"({"command": "set_date", "month": 3, "day": 7, "year": 26})",
        R"({"command": "set_time_format", "hours": "12"})",
        R"({"command": "set_speaker", "on": false})",
        R"({"command": "tone", "kind": "own", "frequency": 254, "duration": 15, "repeat": 2})",
        R"({"command": "run_time_table", "label": "A", "start": "30", "stop": "6C"})",
        R"({"command": "run_day_table", "label": "A", "start": "weekdays", "stop": "never"})",
        R"({"command": "run_sequence", "kind": "delete", "locked": true, "labels": "ABC"})",
        R"({"command": "soft_reset"})",
        R"({"command": "clear_errors"})",
        R"({"command": "set_address", "to": "0A"})",
        R"({"command": "set_acknowledge", "on": true})",
        R"({"command": "read_text", "label": "A"})",
        R"({"command": "read_general", "type": "^", "address": "1?", "nulls": 9})",
        R"({"command": "other", "body": "45 23 99"})",
        R"({"command": "errors", "register": 80})",
        R"({"command": "memory", "files": [{"label": "A", "size": 30000}]})",
        R"({"command": "string", "label": "a", "data": "17:30"})",
        R"({"command": "sequence", "data": "TU"})",
        R"({"command": "refused", "register": 96})",
        R"({"command": "acknowledged"})",
    }));
    const auto command = json::parse(c).as_object();
    const auto wire = support::joined(encoded(command));
    CAPTURE(c, support::hex(wire));
    const auto found = codec().decode(wire, {});
    REQUIRE(found.size() == 1);
    CAPTURE(json::serialize(found[0]));
    CHECK(support::joined(encoded(found[0].get_object())) == wire);
    for (const auto& [key, value] : command) {
        if (key != "files") CHECK(found[0].at(key) == value);
    }
}

TEST_CASE("a wrong checksum is told, and can be sent", "[signs][alpha][codec]") {
    const auto wire =
        support::joined(encoded({{"command", "write_string"}, {"label", "a"}, {"text", "x"}, {"sum", "0000"}}));
    const auto found = codec().decode(wire, {});
    CHECK(found.at(0).at("check") == "bad: it is 0x0000, it should be 0x0125");
    CHECK(found.at(0).at("text") == "x");
    CHECK(support::joined(encoded(found[0].get_object())) == wire);
}

TEST_CASE("a frame that no sign would take in one is explained and kept by its bytes", "[signs][alpha][codec]") {
    const auto wire = support::bytes(R"(00*5 01 5A 30 30 02 "E(0" 03 "00A0" 02 "F*" 03 "0075" 04)");
    const auto found = codec().decode(wire, {});
    REQUIRE(found.size() == 1);
    CAPTURE(json::serialize(found));
    CHECK(found[0].at("command") == "bytes");
    CHECK(found[0].at("explained").at("commands").at(1).at("command") == "read_errors");
    CHECK(found[0].at("check") == "bad: it is 0x00A0, it should be 0x00A2 (command 1)");
    CHECK(support::joined(encoded(found[0].get_object())) == wire);
}

TEST_CASE("the error register is told in words", "[signs][alpha][codec]") {
    const auto wire = support::joined(encoded({{"command", "errors"}, {"register", 0x58}}));
    CHECK(codec().decode(wire, {}).at(0).at("explained") == "wrong checksum, buffer overflow");
}

TEST_CASE("type and address come from the sign's own settings", "[signs][alpha][codec]") {
    const auto wire = support::joined(encoded({{"command", "soft_reset"}}, {.address = "0A", .type = '^'}));
    const auto found = codec().decode(wire, {});
    CHECK(found.at(0).at("type") == "^");
    CHECK(found.at(0).at("address") == "0A");
}

TEST_CASE("a faulty Alpha command is refused with what would be right", "[signs][alpha][codec]") {
    struct Case {
        const char *command, *token, *says;
    };
    const auto c = GENERATE(values<Case>({
        {R"({"command": "write_txt"})", "unknown-command", "did you mean write_text?"},
        {R"({"command": "tone", "kind": "A"})", "bad-field", "tone, beeps, own"},
        {R"({"command": "write_text", "text": "沪A"})", "bad-field", "ASCII"},
        {R"({"command": "write_text", "text": "{rot}"})", "bad-field", "{red}"},
        {R"({"command": "write_text", "text": "x", "mode": "fly"})", "bad-field", "rotate|hold"},
        {R"({"command": "write_text", "text": "x", "label": "AB"})", "bad-field", "one character"},
        {R"({"command": "write_string", "text": "x", "label": "0"})", "bad-field", "cannot be 0 or ?"},
        {R"({"command": "read_string", "label": "?"})", "bad-field", "cannot be 0 or ?"},
        {R"({"command": "set_memory", "files": [{"label": "?", "type": "string"}]})", "bad-field", "cannot be 0 or ?"},
        {R"({"command": "write_string", "label": "a"})", "missing-field", "text"},
        {R"({"command": "write_small_dots", "label": "P", "rows": "10/1"})", "bad-field", "equally long"},
        {R"({"command": "nested", "commands": [{"command": "soft_reset"}]})", "bad-field", "at least two"},
        {R"({"command": "nested", "commands": [{"command": "soft_reset"}, {"command": "errors"}]})", "unknown-command",
         "errors"},
        {R"({"command": "nested", "commands": [{"command": "soft_reset"}, {"command": "read_errors"}]})", "bad-field",
         "a question must stand in a frame of its own"},
        {R"({"command": "nested", "commands": [{"command": "other", "body": "42 41"}, {"command": "soft_reset"}]})",
         "bad-field", "a question"},
        {R"({"command": "nested", "commands": [{"command": "tone"}, {"command": "soft_reset"}]})", "bad-field",
         "a tone must be the last"},
        {R"({"command": "tone", "kind": "beeps", "frequency": 3})", "bad-field", "no use"},
        {R"({"command": "soft_reset", "checksum": false, "sum": "0000"})", "bad-field", "without checksum"},
        {R"({"command": "soft_reset", "address": "0x"})", "bad-field", "hex digits"},
        {R"({"command": "other", "body": "41 04"})", "bad-field", "01 to 04"},
        {R"({"command": "set_time", "hour": 24, "minute": 0})", "bad-field", "from 0 to 23"},
        {R"({"command": "soft_reset", "nulls": 65})", "bad-field", "from 0 to 64"},
        {R"({"command": "set_memory", "files": [{"label": "A", "sise": 3}]})", "unknown-field", "did you mean size?"},
    }));
    CAPTURE(c.command);
    const auto fault = refused(c.command);
    CHECK(fault.token == c.token);
    CHECK_THAT(fault.sentence, Catch::Contains(c.says));
    std::string long_text(126, 'x');
    CHECK(std::holds_alternative<CodecFault>(
        codec().encode({{"command", "write_string"}, {"label", "a"}, {"text", long_text}}, {})));
}

TEST_CASE("any bytes are explained, none is lost, and each frame encodes again", "[signs][alpha][codec]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    constexpr std::string_view likely(
        "\x00\x01\x02\x03\x04\x06\x15\x1b"
        "0Z0ABEFGHIJ$*.\"& ab1C",
        30);
    for (int i = 0; i < 3000; ++i) {
        Bytes wire;
        for (std::size_t n = random() % 40; n > 0; --n) {
            const auto usual = static_cast<std::uint8_t>(likely[random() % likely.size()]);
            wire.push_back(random() % 3 == 0 ? static_cast<std::uint8_t>(random()) : usual);
        }
        if (random() % 3 == 0) {
            const auto more = support::bytes(golden[random() % std::size(golden)].wire);
            wire.insert(wire.begin(), more.begin(), more.end());
            wire[random() % wire.size()] = static_cast<std::uint8_t>(random());
        }
        std::size_t at = 0;
        for (const auto& one : codec().decode(wire, {})) {
            const auto& fields = one.get_object();
            CAPTURE(json::serialize(fields));
            REQUIRE(fields.at("offset") == at);
            const auto length = fields.at("length").to_number<std::size_t>();
            const Bytes part(wire.begin() + static_cast<std::ptrdiff_t>(at),
                             wire.begin() + static_cast<std::ptrdiff_t>(at + length));
            at += length;
            REQUIRE(support::joined(encoded(fields)) == part);
        }
        REQUIRE(at == wire.size());
    }
}

TEST_CASE("what the driver sends is explained to the last byte", "[signs][alpha][codec]") {
    const Driver& driver = *find_driver("alpha");
    Page page{.lines = {{{"BAY 1 ", Meaning::normal}, {"25 min", Meaning::alarm}}}};
    auto packets = driver.initialise({});
    for (const auto& more : {driver.show(page, {}), driver.clock({}, {}), driver.ask(Question::memory, {})}) {
        packets.insert(packets.end(), more.begin(), more.end());
    }
    for (const auto& one : codec().decode(support::joined(packets), {})) {
        CAPTURE(json::serialize(one));
        CHECK(one.at("command") != "other");
        CHECK(one.at("command") != "bytes");
        CHECK(one.at("check") == "good");
    }
}

TEST_CASE("every form of the codec says what it is, and its fields what they take", "[signs][codec]") {
    for (const Driver& driver : drivers()) {
        if (driver.codec == nullptr) continue;
        for (const CommandForm& form : driver.codec->commands()) {
            CAPTURE(driver.name, form.name);
            CHECK_FALSE(form.summary.empty());
            for (const FieldForm& field : form.fields) {
                CAPTURE(field.name);
                CHECK_FALSE(field.accepts.empty());
                CHECK_FALSE(field.meaning.empty());
                if (!field.otherwise.empty()) CHECK_NOTHROW(json::parse(field.otherwise));
            }
        }
    }
}
