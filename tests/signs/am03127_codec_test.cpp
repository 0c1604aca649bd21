#include "display-drivers/signs/am03127_frames.hpp"
#include "display-drivers/signs/codec.hpp"
#include "tests/signs/frames.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime::signs;
using support::hex;

namespace json = boost::json;

namespace {

const Codec& codec() {
    return *find_driver("am03127")->codec;
}

Setup first_sign() {
    Setup setup;
    setup.address = "01";
    return setup;
}

Bytes wire(std::string_view text) {
    return Bytes(text.begin(), text.end());
}

std::string encoded(const std::string& command) {
    const auto result = codec().encode(json::parse(command).as_object(), first_sign());
    if (const auto* fault = std::get_if<CodecFault>(&result)) return fault->token + ": " + fault->sentence;
    const Bytes all = support::joined(std::get<std::vector<Packet>>(result));
    return {all.begin(), all.end()};
}

}  // namespace

TEST_CASE("each AM03127 packet is the frame of the examples, and the frame is the packet again",
          "[signs][am03127][codec]") {
    struct Case {
        std::string command, frame;
    };
    const auto c = GENERATE(values<Case>({
        {R"({"command": "begin_update", "id": "00"})", "<ID00><BE>05<E>"},
        {R"({"command": "end_update", "id": "00"})", "<ID00><BF>06<E>"},
        {R"({"command": "line", "id": "00", "page": "A", "lead": "L", "display": "a", "wait": "C", "lag": "D",
             "text": "<AC><CS>eXtreme Feedback"})",
         "<ID00><L1><PA><FL><Ma><WC><FD><AC><CS>eXtreme Feedback11<E>"},
        {R"({"command": "line", "page": "A", "lead": "E", "wait": "C", "lag": "E", "text": "message"})",
         "<ID01><L1><PA><FE><MA><WC><FE>message1F<E>"},
        {R"({"command": "line", "page": "A", "wait": "C", "text": "BAY 1 WAIT"})",
         "<ID01><L1><PA><FA><MA><WC><FA>BAY 1 WAIT14<E>"},
        {R"({"command": "clock", "year": 26, "weekday": 1, "month": 6, "day": 15, "hour": 8, "minute": 30})",
         "<ID01><SC>260106150830001E<E>"},
        {R"({"command": "schedule", "pages": "A"})", "<ID01><TA>00010100009912312359A5A<E>"},
        {R"({"command": "delete_line", "line": 2, "page": "C"})", "<ID01><DL2PC>2B<E>"},
        {R"({"command": "delete_schedule", "schedule": "B"})", "<ID01><DTB>50<E>"},
        {R"({"command": "delete_all"})", "<ID01><D*>6C<E>"},
        {R"({"command": "default_page", "page": "A"})", "<ID01><RPA>41<E>"},
        {R"({"command": "brightness", "level": "C"})", "<ID01><BC>03<E>"},
        {R"({"command": "restore_characters"})", "<ID01><DU>13<E>"},
        {R"({"command": "set_id", "new_id": "0A"})", "<ID><0A><E>"},
        {R"({"command": "ack"})", "ACK"},
        {R"({"command": "nack"})", "NACK"},
        {R"({"command": "id_set", "new_id": "0A"})", "0A"},
    }));
    CAPTURE(c.command);
    CHECK(encoded(c.command) == c.frame);
    const auto found = codec().decode(wire(c.frame), first_sign());
    CAPTURE(json::serialize(found));
    REQUIRE(found.size() == 1);
    CHECK(found[0].at("command") == json::parse(c.command).at("command"));
    CHECK(encoded(json::serialize(found[0])) == c.frame);
}

TEST_CASE("a graphic block is exactly 64 bytes, whatever they look like", "[signs][am03127][codec]") {
    std::string dots = "90" + std::string(126, '0');
    std::string frame = "<ID01><GB2>\x90" + std::string(63, '\0') + "A5<E>";
    const std::string command = R"({"command": "graphic_block", "block": "B2", "dots": ")";
    CHECK(encoded(command + dots + "\"}") == frame);
    CHECK(encoded(json::serialize(codec().decode(wire(frame), first_sign())[0])) == frame);
    // The end mark among the dots.
    frame.replace(11, 6, "00<E><");
    const std::string sum = am::checksum(frame.substr(6, 69));
    frame.replace(75, 2, sum);
    const auto found = codec().decode(wire(frame + "ACK"), first_sign());
    CAPTURE(json::serialize(found));
    REQUIRE(found.size() == 2);
    CHECK(found[0].at("command") == json::value("graphic_block"));
    CHECK(found[0].at("check") == json::value("good"));
    CHECK(found[1].at("command") == json::value("ack"));
}

TEST_CASE("a mistake in an AM03127 command names the field and what would be right", "[signs][am03127][codec]") {
    struct Case {
        std::string command, said;
    };
    const auto c = GENERATE(values<Case>({
        {R"({"command": "page"})", "unknown-command"},
        {R"({"command": "line"})", "missing-field: line needs the field page"},
        {R"({"command": "line", "page": "a"})", "ABCDEF"},
        {R"({"command": "line", "page": "A", "text": "完工"})", "up to FF"},
        {R"({"command": "line", "page": "A", "text": "a<E>"})", "ends the frame"},
        {R"({"command": "line", "page": "A", "text": "a<ZZ>"})", "bad-field: text of line has the unknown tag <ZZ>"},
        {R"({"command": "line", "page": "A", "text": "<CO>x"})", "the unknown tag <CO>"},
        {R"({"command": "line", "page": "A", "text": "1 < 2"})", "a < that begins no tag"},
        {R"({"command": "clock", "year": 26, "weekday": 0, "month": 1, "day": 1, "hour": 1, "minute": 1})", "weekday"},
        {R"({"command": "schedule", "pages": "A1"})", "1 to 31 letters"},
        {R"({"command": "schedule", "pages": "A", "start": "1"})", "10 characters"},
        {R"({"command": "graphic_block", "block": "Q1", "dots": "00"})", "A to P"},
        {R"({"command": "graphic_block", "block": "A1", "dots": "00"})", "64 bytes"},
        {R"({"command": "brightness", "id": "1"})", "two hex digits"},
        {R"({"command": "brightness", "checksum": "1"})", "two characters"},
    }));
    CAPTURE(c.command);
    CHECK_THAT(encoded(c.command), Catch::Contains(c.said));
}

TEST_CASE("any bytes can be decoded, and AM03127 frames that were found are the bytes again",
          "[signs][am03127][codec]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    constexpr std::string_view pieces[] = {"<ID01>", "<ID",  "<E>", "<GA1>", "<Fabc>", "<L1><PA><FA><MA><WC><FA>",
                                           "<TA>",   "<SC>", "ACK", "NACK",  "<D*>",   "260106150830001E",
                                           "<DL",    "<RP",  "<B",  "<ID><", "00",     "AB"};
    for (int i = 0; i < 500; ++i) {
        std::string text;
        for (auto count = random() % 12; count > 0; --count) {
            text += pieces[random() % std::size(pieces)];
            if (random() % 4 == 0) text += std::string(random() % 80, static_cast<char>(random()));
            if (random() % 4 == 0) text += am::checksum(text) + "<E>";
        }
        std::size_t at = 0;
        for (const auto& one : codec().decode(wire(text), first_sign())) {
            CAPTURE(json::serialize(one));
            REQUIRE(one.at("offset").to_number<std::size_t>() == at);
            const auto length = one.at("length").to_number<std::size_t>();
            const std::string piece = text.substr(at, length);
            at += length;
            REQUIRE(encoded(json::serialize(one)) == piece);
        }
        REQUIRE(at == text.size());
    }
}
