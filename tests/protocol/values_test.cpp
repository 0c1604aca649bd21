// Times, items and ids, as both spellings read them.
#include "protocol/text.hpp"

#include "tests/protocol/support.hpp"

using namespace baytime;
using namespace baytime::protocol;
using namespace baytime::protocol::test;

TEST_CASE("a time is read in the shop's zone unless it says otherwise", "[values]") {
    const auto c = GENERATE(table<std::string, std::string>({
        {"11:00", "2026-11-21T03:00:00Z"},
        {"9:05", "2026-11-21T01:05:00Z"},
        {"00:00", "2026-11-20T16:00:00Z"},
        {"23:59", "2026-11-21T15:59:00Z"},
        {"2026-11-22T11:00", "2026-11-22T03:00:00Z"},
        {"2026-11-22T11:00:30", "2026-11-22T03:00:30Z"},
        {"2026-11-21T03:00:00Z", "2026-11-21T03:00:00Z"},
        {"2026-11-21T03:00Z", "2026-11-21T03:00:00Z"},
        {"2026-11-21T03:00:00.25Z", "2026-11-21T03:00:00.250Z"},
        {"2026-11-21T03:00:00.1239999Z", "2026-11-21T03:00:00.123Z"},
        {"2026-11-21T11:00:00+08:00", "2026-11-21T03:00:00Z"},
        {"2026-11-21T11:00+0800", "2026-11-21T03:00:00Z"},
        {"2026-11-21T11:00+08", "2026-11-21T03:00:00Z"},
        {"2026-11-20T21:30:00-05:30", "2026-11-21T03:00:00Z"},
        {"2028-02-29T00:00Z", "2028-02-29T00:00:00Z"},
        {"+30", "2026-11-21T01:30:00Z"},
        {"+0", "2026-11-21T01:00:00Z"},
    }));
    CAPTURE(std::get<0>(c));
    CHECK(iso_utc(command<SetPromise>("promise R1 " + std::get<0>(c)).to) == std::get<1>(c));
    const std::string json = R"({"jsonrpc":"2.0","id":1,"method":"promise","params":{"order":"R1","to":")";
    CHECK(iso_utc(json_command<SetPromise>(json + std::get<0>(c) + "\"}}").to) == std::get<1>(c));
}

TEST_CASE("what is no time is refused", "[values]") {
    const std::string text = GENERATE(
        as<std::string>(), "24:00", "11:60", "1100", "11", ":30", "11:", "11:0", "011:00", "+", "+-3", "+1234567",
        "+3h", "2026-02-29T00:00Z", "2026-13-01T00:00Z", "2026-11-21", "2026-11-21T", "2026-11-21T25:00",
        "2026-11-21T11:00:60Z", "2026-11-21T11:00:00+25:00", "2026-11-21T11:00:00Zz", "2026-11-21T11:00:00.Z",
        "1969-12-31T23:59Z", "2200-01-01T00:00Z", "2026-11-21T11:00:00.1234567890Z", "tomorrow", "\"\"");
    CAPTURE(text);
    CHECK(fault("promise R1 " + text).token == "bad-value");
}

TEST_CASE("instants survive the way to text and back", "[values]") {
    const std::string text = GENERATE(as<std::string>(), "1970-01-01T00:00:00Z", "2026-11-21T02:30:00Z",
                                      "2026-11-21T02:30:00.007Z", "2199-12-31T23:59:59.999Z", "2000-02-29T12:00:00Z");
    REQUIRE(from_iso(text));
    CHECK(iso_utc(*from_iso(text)) == text);
    CHECK_FALSE(from_iso(text.substr(0, text.size() - 1)));
}

TEST_CASE("an amount is written in yuan and kept in cents", "[values]") {
    const auto c = GENERATE(table<std::string, std::int64_t>({
        {"0", 0},
        {"1280", 128000},
        {"1280.5", 128050},
        {"1280.50", 128050},
        {"0.01", 1},
        {"1136.3", 113630},
        {"99999999", 9'999'999'900},
    }));
    CAPTURE(std::get<0>(c));
    CHECK(command<Deliver>("deliver R1 amount=" + std::get<0>(c)).amount->cents == std::get<1>(c));
    const std::string json = R"({"jsonrpc":"2.0","id":1,"method":"deliver","params":{"order":"R1","amount":)";
    CHECK(json_command<Deliver>(json + std::get<0>(c) + "}}").amount->cents == std::get<1>(c));
    CHECK(json_command<Deliver>(json + "\"" + std::get<0>(c) + "\"}}").amount->cents == std::get<1>(c));
}

TEST_CASE("what is no amount is refused", "[values]") {
    const std::string text = GENERATE(as<std::string>(), "-1", "1,280", "12.345", ".5", "5.", "1e3", "99999999.01",
                                      "100000000", "\"\"", "¥5", "1.2.3");
    CAPTURE(text);
    CHECK(fault("deliver R1 amount=" + text).token == "bad-value");
    const std::string number = GENERATE(as<std::string>(), "-1", "12.345", "1e12", "true", "[5]");
    CHECK(
        json_fault_of(R"({"jsonrpc":"2.0","id":1,"method":"deliver","params":{"order":"R1","amount":)" + number + "}}")
            .token == "bad-value");
}

TEST_CASE("a date is written as one, or is today in the shop's zone", "[values]") {
    CHECK(iso_date(command<ConfirmDay>("confirm-day 2026-11-20").day) == "2026-11-20");
    CHECK(iso_date(command<ConfirmDay>("confirm-day today").day) == "2026-11-21");
    CHECK(
        iso_date(json_command<ConfirmDay>(R"({"jsonrpc":"2.0","id":1,"method":"confirm-day","params":["2026-02-28"]})")
                     .day) == "2026-02-28");
    const std::string text = GENERATE(as<std::string>(), "2026-02-29", "2026-11-2", "20261121", "yesterday",
                                      "1969-12-31", "2026-11-21T00:00", "\"\"");
    CAPTURE(text);
    CHECK(fault("confirm-day " + text).token == "bad-value");
}

TEST_CASE("items are codes, or names with minutes", "[values]") {
    const auto book = command<Book>("book R1 沪A12345 朗逸 maintenance 11:00 items=OIL-1,更换雨刮:15,A:B:5");
    REQUIRE(book.items);
    REQUIRE(book.items->size() == 3);
    CHECK((*book.items)[0] == Item{.code = "OIL-1", .name = {}, .minutes = 0});
    CHECK((*book.items)[1] == Item{.code = {}, .name = "更换雨刮", .minutes = 15});
    CHECK((*book.items)[2] == Item{.code = {}, .name = "A:B", .minutes = 5});
    CHECK(command<Book>("book R1 P M repair 11:00 items=\"rear pads:40\"").items->at(0).name == "rear pads");
    CHECK(command<Book>("book R1 P M repair 11:00 items=\"\"").items->empty());
}

TEST_CASE("items in JSON are an array of objects, or the same text", "[values]") {
    const auto read = [](const std::string& items) {
        return R"({"jsonrpc":"2.0","id":1,"method":"receive","params":{"order":"R1","items":)" + items + "}}";
    };
    const auto listed =
        json_command<Receive>(read(R"([{"code":"OIL-1"},{"name":"更换雨刮","minutes":15}])")).items.value();
    CHECK(listed == json_command<Receive>(read(R"("OIL-1,更换雨刮:15")")).items.value());
    const std::string bad = GENERATE(as<std::string>(), "[1]", "[{}]", R"([{"name":"a"}])", R"([{"minutes":5}])",
                                     R"([{"name":"a","minutes":0}])", R"([{"name":"a","minutes":"5"}])",
                                     R"([{"name":1,"minutes":5}])", R"([{"name":"a","minutes":5,"added":true}])",
                                     R"([{"code":"a b"}])", R"({"code":"OIL-1"})", "7", "true");
    CAPTURE(bad);
    const Fault found = json_fault_of(read(bad));
    CHECK(found.token == "bad-value");
    CHECK_THAT(found.sentence, Catch::StartsWith("items must be"));
}

TEST_CASE("items that do not fit are refused with the item that is wrong", "[values]") {
    const auto c = GENERATE(table<std::string, std::string>({
        {"更换雨刮", "has no minutes"},
        {"a:0", "has no minutes from 1"},
        {"a:x", "\"a:x\""},
        {":5", "has no name"},
        {"OIL-1,,OIL-2", "\"\""},
        {"OIL-1,", "\"\""},
    }));
    const Fault found = fault("receive R1 items=" + std::get<0>(c));
    CHECK(found.token == "bad-value");
    CHECK_THAT(found.sentence, Catch::Contains(std::get<1>(c)));
}

TEST_CASE("the number of items has a limit", "[values]") {
    std::string list = R"([{"code":"A"})";
    for (int i = 0; i < 100; ++i) list += R"(,{"code":"A"})";
    const Fault found =
        json_fault_of(R"({"jsonrpc":"2.0","id":1,"method":"receive","params":{"order":"R1","items":)" + list + "]}}");
    CHECK_THAT(found.sentence, Catch::Contains("at most 100"));
}

TEST_CASE("ids keep to their letters and order numbers are stored in upper case", "[values]") {
    CHECK(command<Finish>("finish r-10.2_3").order == "R-10.2_3");
    CHECK(command<Finish>("finish " + std::string(32, 'r')).order == std::string(32, 'R'));
    CHECK(command<Receive>("receive R2 return_of=r1").return_of == "R1");
    CHECK(command<Start>("start R1 bay=b2").bay == "b2");
    CHECK(fault("finish " + std::string(33, 'r')).token == "bad-value");
    CHECK(fault("finish R一").token == "bad-value");
    CHECK(fault("start R1 bay=" + std::string(17, '3')).token == "bad-value");
}

TEST_CASE("texts have a limit and hold no control characters", "[values]") {
    CHECK(command<Cancel>("cancel R1 " + std::string(max_text_bytes, 'x')).reason.size() == max_text_bytes);
    CHECK(fault("cancel R1 " + std::string(max_text_bytes + 1, 'x')).token == "bad-value");
    CHECK(fault("cancel R1 \"a\\nb\"").token == "bad-value");
    CHECK(fault("cancel R1 \"a\x01\"").token == "bad-value");
}

TEST_CASE("the nearest known name is suggested, and a far one is not", "[values]") {
    const std::vector<std::string> known{"start", "finish", "no-show", "first_service"};
    CHECK(nearest("strt", known) == "start");
    CHECK(nearest("FINSH", known) == "finish");
    CHECK(nearest("noshow", known) == "no-show");
    CHECK(nearest("first-service", known) == "first_service");
    CHECK(nearest("fin", known) == "finish");
    CHECK(nearest("xyzzy", known).empty());
    CHECK(nearest("", known).empty());
    CHECK(nearest(std::string(10'000, 's'), known).empty());
}

TEST_CASE("text shown in a sentence is short, whole and harmless", "[values]") {
    CHECK(shown("a\nb") == "\"a?b\"");
    CHECK(shown(std::string(50, 'x')) == "\"" + std::string(40, 'x') + "...\"");
    std::string long_text;
    for (int i = 0; i < 20; ++i) long_text += "沪";
    CHECK(valid_utf8(shown(long_text)));
}
