// How strict the simulated Onbon card is: addresses, checks, commands, areas, time.
#include "display-drivers/signs/onbon_sign.hpp"
#include "tests/signs/codec_golden.hpp"

using namespace baytime::signs;
using namespace std::chrono_literals;

namespace {

const Driver& driver() {
    return *find_driver("onbon");
}

struct Card {
    Setup setup = usual_setup(driver());
    OnbonSign sign{Setup{.shape = {.columns = 96, .rows = 32}, .address = "0001"}};
    support::Sender sender{sign};

    /// What the card answers to this command: `ack`, `nack crc_error`, or nothing.
    std::string say(const std::string& command) {
        const auto made = boost::json::parse(command).as_object();
        return answer(sender.raw(support::encoded(driver(), made)));
    }
    static std::string answer(const Bytes& bytes) {
        if (bytes.empty()) return "";
        const auto explained = support::decoded(driver(), bytes);
        CHECK(explained.at("check") == "good");
        const std::string name(explained.at("command").as_string());
        return name == "ack" ? name : name + " " + std::string(explained.at("error").as_string());
    }
    std::string area(const std::string& fields) {
        return say(R"({"command": "dynamic_areas", "areas": [{"width": 12, "height": 16, )" + fields + "}]}");
    }
    std::string text() const { return text_of(sign.glass().page); }
    std::map<std::string, std::uint64_t> errors() const { return sign.errors(); }
};

}  // namespace

TEST_CASE("a card answers to its own number and to the broadcast with reply only", "[signs][onbon]") {
    Card card;
    CHECK(card.say(R"({"command": "ping"})") == "ack");
    CHECK(card.say(R"({"command": "ping", "destination": 2})").empty());
    CHECK(card.say(R"({"command": "ping", "destination": 65535})").empty());
    CHECK(card.say(R"({"command": "ping", "destination": 65534})") == "ack");
    CHECK(card.say(R"({"command": "ping", "request": 2})").empty());
    CHECK(card.say(R"({"command": "ping", "device_type": 81})") == "ack");
    CHECK(card.say(R"({"command": "ping", "device_type": 97})").empty());
    CHECK(card.say(R"({"command": "screen_power", "power": "off", "destination": 65535})").empty());
    CHECK(card.errors().empty());
}

TEST_CASE("a card refuses a broken check and what it does not know, if a reply was asked for", "[signs][onbon]") {
    Card card;
    CHECK(card.say(R"({"command": "ping", "crc": 1})") == "nack crc_error");
    CHECK(card.say(R"({"command": "ping", "crc": 1, "request": 2})").empty());
    CHECK(card.say(R"({"command": "ping", "check_mode": 1})") == "ack");
    CHECK(card.say(R"({"command": "ping", "check_mode": 1, "crc": 1})") == "nack crc_error");
    CHECK(card.say(R"({"command": "ping", "check_mode": 2, "crc": 1})") == "ack");
    CHECK(card.say(R"({"command": "other", "group": 165, "command_code": 1})") == "nack unknown_group");
    CHECK(card.say(R"({"command": "other", "group": 162, "command_code": 9})") == "nack unknown_command");
    CHECK(card.say(R"({"command": "other", "group": 163, "command_code": 0, "data": "07"})") == "nack unknown_command");
    CHECK(card.errors() ==
          std::map<std::string, std::uint64_t>{{"checksum", 3}, {"unknown-group", 1}, {"unknown-command", 2}});
}

TEST_CASE("areas are numbered without gaps, inside of the glass, and apart", "[signs][onbon]") {
    Card card;
    CHECK(card.area(R"("area_id": 1, "text": "a")") == "nack block_number");
    CHECK(card.area(R"("area_id": 0, "text": "a")") == "ack");
    CHECK(card.area(R"("area_id": 2, "y": 16, "text": "c")") == "nack block_number");
    CHECK(card.area(R"("area_id": 1, "text": "b")") == "nack block_number");
    CHECK(card.area(R"("area_id": 1, "y": 17, "text": "b")") == "nack block_number");
    CHECK(card.area(R"("area_id": 1, "y": 16, "text": "b")") == "ack");
    CHECK(card.text() == "a\nb");
    CHECK(card.say(R"({"command": "dynamic_areas", "delete": "0"})") == "nack block_number");
    CHECK(card.say(R"({"command": "dynamic_areas", "delete": "1"})") == "ack");
    CHECK(card.text() == "a");
    CHECK(card.say(R"({"command": "dynamic_areas", "delete": "all", "areas": [
        {"x": 32768, "width": 32804, "height": 16, "area_id": 0, "text": "pixels"}]})") == "ack");
    CHECK(card.text() == "pixe");
    CHECK(card.say(R"({"command": "dynamic_areas", "delete": "all"})") == "ack");
    CHECK(card.text().empty());
    CHECK(card.errors() ==
          std::map<std::string, std::uint64_t>{{"area-gap", 3}, {"area-overlap", 1}, {"area-outside", 1}});
}

TEST_CASE("a card obeys the codes in a text, and refuses a font that it lacks", "[signs][onbon]") {
    Card card;
    CHECK(card.area(R"("lines": 2, "text": "\\C1a\\C2b\\nc\\C3d")") == "ack");
    CHECK(card.sign.glass().page == Page{.lines = {{{"a", Meaning::alarm}, {"b", Meaning::good}},
                                                   {{"c", Meaning::good}, {"d", Meaning::normal}}}});
    CHECK(card.area(R"("text": "\\FO090x")") == "nack font_missing");
    CHECK(card.area(R"("text": "\\qx")") == "ack");
    CHECK(card.errors() == std::map<std::string, std::uint64_t>{{"font", 1}, {"unknown-code", 1}});
}

TEST_CASE("only areas of run mode 2 vanish after their time-out, and all with the power", "[signs][onbon]") {
    Card card;
    card.area(R"("run_mode": 2, "timeout": 10, "text": "a")");
    card.area(R"("run_mode": 0, "timeout": 10, "area_id": 1, "y": 16, "text": "b")");
    CHECK(card.text() == "a\nb");
    card.sender.wait(10s);
    card.sender.raw({});
    CHECK(card.text() == "b");
    card.say(R"({"command": "screen_power", "power": "off"})");
    CHECK(card.text().empty());
    card.say(R"({"command": "screen_power", "power": "on"})");
    CHECK(card.text() == "b");
    card.sign.power_cycle();
    CHECK(card.text().empty());
}

TEST_CASE("a frame with a gap of over a second, and one without end, are dropped", "[signs][onbon]") {
    Card card;
    const auto ping = support::encoded(driver(), boost::json::parse(R"({"command": "ping"})").as_object());
    const Bytes first(ping.begin(), ping.begin() + 15), rest(ping.begin() + 15, ping.end());
    card.sender.raw(first);
    card.sender.wait(1001ms);
    CHECK(card.sender.raw(rest).empty());
    card.sender.raw(first);
    card.sender.wait(999ms);
    CHECK(Card::answer(card.sender.raw(rest)) == "ack");
    card.sender.raw(first);
    CHECK(Card::answer(card.sender.raw(ping)) == "ack");
    card.sender.raw(Bytes(8, 0xA5));
    card.sender.raw(Bytes(5000, 0x01));
    CHECK(Card::answer(card.sender.raw(ping)) == "ack");
    card.sender.raw(support::bytes("A5 01 A6 07 5A A5 01 02 5A"));
    CHECK(card.errors() == std::map<std::string, std::uint64_t>{
                               {"gap", 1}, {"cut-off", 1}, {"overflow", 1}, {"escape", 1}, {"length", 1}});
}

TEST_CASE("noise and damaged frames leave the Onbon card alive", "[signs][onbon]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::string> wires{"A5*8 01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A2 00 01 00 00 68 F8 5A",
                                         "A5*8 01 00 00 80 00 00 00 00 00 02 FE 02 32 00 A3 06 01 2D 00 00 01 29 00 "
                                         "00 00 00 00 00 0C 00 10 00 00 00 00 02 00 00 00 0A 02 01 01 00 04 05 "
                                         "0E 00 00 00 5C 46 4F 30 30 30 5C 43 31 B9 A4 CE BB 33 2D D2 5A"};
    Card card;
    for (int i = 0; i < 3000; ++i) {
        card.sender.raw(support::damaged(random, wires));
        card.sender.wait(std::chrono::milliseconds(random() % 1200));
        REQUIRE(card.sign.glass().page.lines.size() < 1000);
    }
    card.sender.wait(2s);
    CHECK(card.say(R"({"command": "ping"})") == "ack");
}
