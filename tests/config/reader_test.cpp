#include "config/reader.hpp"
#include "tests/config/faults.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace baytime::config;

namespace {

void read_listen(const Table& root) {
    const Table listen = root.table("listen");
    listen.text("address", "127.0.0.1");
    listen.number("port", 7420, 0, 65535);
}

}  // namespace

TEST_CASE("every kind of value is read, and defaults stand in for what is absent", "[config]") {
    const File file = File::parse(R"(
open = true
speed = 2
half = 0.5
zone = "Asia/Shanghai"
lines = ["一", "二"]
kind = "paint"
[shop]
name = "城西服务站"
[shop.inspection_levels]
accident = 3
[[bay]]
id = "1"
[[bay]]
id = "2"
[bay.sign]
text = "{plate}"
)",
                                  "shop.toml");
    const Table root = file.root();
    CHECK(root.yes("open", false));
    CHECK(root.yes("closed", true));
    CHECK(root.number("speed", 1, 1, 60) == 2);
    CHECK(root.number("slow", 7, 1, 60) == 7);
    CHECK(root.real("half", 1, 0, 1) == 0.5);
    CHECK(root.real("third", 0.25, 0, 1) == 0.25);
    CHECK(root.text("zone", "UTC") == "Asia/Shanghai");
    CHECK(root.text("none", "x") == "x");
    CHECK(root.texts("lines") == std::vector<std::string>{"一", "二"});
    CHECK(root.texts("no_lines").empty());
    CHECK(root.choice("kind", "general", {"general", "paint"}) == "paint");
    CHECK(root.choice("other", "general", {"general", "paint"}) == "general");
    CHECK(root.has("open"));
    CHECK_FALSE(root.has("shut"));
    CHECK(root.table("shop").required_text("name") == "城西服务站");
    CHECK(root.table("shop").table("inspection_levels").number("accident", 2, 1, 3) == 3);
    CHECK(root.table("shop").table("inspection_levels").keys() == std::vector<std::string>{"accident"});
    CHECK(root.table("no_table").text("name", "none") == "none");
    CHECK(root.table("no_table").keys().empty());
    const auto bays = root.tables("bay");
    REQUIRE(bays.size() == 2);
    CHECK(bays[0].required_text("id") == "1");
    CHECK(bays[1].required_text("id") == "2");
    CHECK(bays[1].table("sign").text("text", "") == "{plate}");
    CHECK(root.tables("no_bay").empty());
    CHECK_NOTHROW(file.finish());
}

TEST_CASE("a whole number does where any number does", "[config]") {
    CHECK(File::parse("speed = 60", "f").root().real("speed", 1, 0.1, 100) == 60.0);
}

TEST_CASE("an unknown key is shown with the key that was meant", "[config]") {
    CHECK(faults_of("[listen]\naddress = \"127.0.0.1\"\nprot = 7420\n", read_listen) ==
          "shop.toml:3:1: unknown key \"prot\"\n"
          "    prot = 7420\n"
          "    ^\n"
          "    did you mean \"port\"? accepted here: address, port");
}

TEST_CASE("an unknown table is shown with the table that was meant", "[config]") {
    CHECK(faults_of("[lisen]\nport = 7420\n", read_listen) ==
          "shop.toml:1:2: unknown table \"lisen\"\n"
          "    [lisen]\n"
          "     ^\n"
          "    did you mean \"listen\"? accepted here: listen");
    CHECK(faults_of("[[bay]]\nid = \"1\"\n", read_listen) ==
          "shop.toml:1:3: unknown table \"bay\"\n"
          "    [[bay]]\n"
          "      ^\n"
          "    accepted here: listen");
}

TEST_CASE("unknown keys are found in inline, dotted and repeated tables", "[config]") {
    CHECK(faults_of("listen = {port = 1, colour = 2}\n", read_listen) ==
          "shop.toml:1:21: unknown key \"colour\"\n"
          "    listen = {port = 1, colour = 2}\n"
          "                        ^\n"
          "    accepted here: address, port");
    CHECK(faults_of("listen.port = 1\nlisten.colour = 2\n", read_listen) ==
          "shop.toml:2:8: unknown key \"colour\"\n"
          "    listen.colour = 2\n"
          "           ^\n"
          "    accepted here: address, port");
    const auto read_bays = [](const Table& root) {
        for (const Table& bay : root.tables("bay")) bay.text("id", "");
    };
    CHECK(faults_of("[[bay]]\nid = \"1\"\n[[bay]]\nid = \"2\"\nidd = \"2\"\n", read_bays) ==
          "shop.toml:5:1: unknown key \"idd\"\n"
          "    idd = \"2\"\n"
          "    ^\n"
          "    did you mean \"id\"? accepted here: id");
}

TEST_CASE("a value of the wrong type names both types and what would do", "[config]") {
    struct Case {
        const char* text;
        const char* fault;
    };
    const auto c = GENERATE(values<Case>({
        {"text = 3",
         "shop.toml:1:8: \"text\" must be text, not a whole number\n    text = 3\n           ^\n    write it in "
         "quotes: \"3\""},
        {"text = 07:30:00",
         "shop.toml:1:8: \"text\" must be text, not a date or time\n    text = 07:30:00\n           ^\n"
         "    write it in quotes: \"07:30:00\""},
        {"text = [1]",
         "shop.toml:1:8: \"text\" must be text, not a list\n    text = [1]\n           ^\n"
         "    accepted here: text in quotes"},
        {"number = \"7\"",
         "shop.toml:1:10: \"number\" must be a whole number, not text\n    number = \"7\"\n             ^\n"
         "    accepted here: a whole number from 1 to 9"},
        {"number = 7.5",
         "shop.toml:1:10: \"number\" must be a whole number, not a number with a point\n    number = 7.5\n"
         "             ^\n    accepted here: a whole number from 1 to 9"},
        {"real = true",
         "shop.toml:1:8: \"real\" must be a number, not true\n    real = true\n           ^\n"
         "    accepted here: a number from 0.5 to 2"},
        {"yes = \"yes\"",
         "shop.toml:1:7: \"yes\" must be true or false, not text\n    yes = \"yes\"\n          ^\n"
         "    accepted here: true, false (without quotes)"},
        {"yes = 1",
         "shop.toml:1:7: \"yes\" must be true or false, not a whole number\n    yes = 1\n          ^\n"
         "    accepted here: true, false (without quotes)"},
        {"choice = 1",
         "shop.toml:1:10: \"choice\" must be text, not a whole number\n    choice = 1\n             ^\n"
         "    accepted here: dark, light"},
        {"texts = \"a\"",
         "shop.toml:1:9: \"texts\" must be a list of texts, not text\n    texts = \"a\"\n            ^\n"
         "    accepted here: texts = [\"...\", \"...\"]"},
        {"texts = [\"a\", 2]",
         "shop.toml:1:15: \"texts\" must hold texts, not a whole number\n    texts = [\"a\", 2]\n"
         "                  ^\n    write it in quotes: \"2\""},
        {"table = 1",
         "shop.toml:1:9: \"table\" must be a table, not a whole number\n    table = 1\n            ^\n"
         "    write it once, as [table]"},
        {"[[table]]",
         "shop.toml:1:1: \"table\" must be a table, not a list of tables\n    [[table]]\n    ^\n"
         "    write it once, as [table]"},
        {"[tables]",
         "shop.toml:1:1: \"tables\" must be a list of tables, not a table\n    [tables]\n    ^\n"
         "    write [[tables]] above each of them"},
    }));
    CAPTURE(c.text);
    CHECK(faults_of(c.text, [](const Table& root) {
              root.text("text", "");
              root.number("number", 1, 1, 9);
              root.real("real", 1, 0.5, 2);
              root.yes("yes", false);
              root.choice("choice", "dark", {"dark", "light"});
              root.texts("texts");
              root.table("table");
              root.tables("tables");
          }) == c.fault);
}

TEST_CASE("a number out of range is told the range", "[config]") {
    CHECK(faults_of("[listen]\nport = 70000\n", read_listen) ==
          "shop.toml:2:8: \"port\" is out of range: 70000\n"
          "    port = 70000\n"
          "           ^\n"
          "    accepted here: a whole number from 0 to 65535");
    CHECK(faults_of("[listen]\nport = -1\n", read_listen) ==
          "shop.toml:2:8: \"port\" is out of range: -1\n"
          "    port = -1\n"
          "           ^\n"
          "    accepted here: a whole number from 0 to 65535");
    CHECK(faults_of("speed = 0.01\nnan = nan\n",
                    [](const Table& root) {
                        root.real("speed", 1, 0.1, 1000);
                        root.real("nan", 1, 0, 1);
                    }) ==
          "shop.toml:1:9: \"speed\" is out of range: 0.01\n"
          "    speed = 0.01\n"
          "            ^\n"
          "    accepted here: a number from 0.1 to 1000\n"
          "shop.toml:2:7: \"nan\" is out of range: nan\n"
          "    nan = nan\n"
          "          ^\n"
          "    accepted here: a number from 0 to 1");
}

TEST_CASE("a word that is no choice is shown with the one that was meant", "[config]") {
    CHECK(faults_of("[[bay]]\nlabel = \"钣金\"\nkind = \"expres\"\n",
                    [](const Table& root) {
                        for (const Table& bay : root.tables("bay")) {
                            bay.text("label", "");
                            bay.choice("kind", "general", {"general", "express", "body"});
                        }
                    }) ==
          "shop.toml:3:8: \"kind\" cannot be \"expres\"\n"
          "    kind = \"expres\"\n"
          "           ^\n"
          "    did you mean \"express\"? accepted here: general, express, body");
}

TEST_CASE("a key that must be there is asked for at its table, or for the whole file", "[config]") {
    const auto read = [](const Table& root) {
        root.required_text("zone");
        root.table("shop").required_text("name");
        for (const Table& bay : root.tables("bay")) bay.required_text("id");
    };
    CHECK(faults_of("[[bay]]\nid = \"\"\n[[bay]]\n", read) ==
          "shop.toml: \"zone\" is missing\n"
          "    write: zone = \"...\"\n"
          "shop.toml: \"name\" is missing in [shop]\n"
          "    write: name = \"...\"\n"
          "shop.toml:2:6: \"id\" is empty\n"
          "    id = \"\"\n"
          "         ^\n"
          "shop.toml:3:1: \"id\" is missing in [[bay]]\n"
          "    [[bay]]\n"
          "    ^\n"
          "    write: id = \"...\"");
}

TEST_CASE("the caret stands under the value after Chinese text on the same line", "[config]") {
    CHECK(faults_of("listen = {\"address\" = \"城西服务站\", port = 70000}\n", read_listen) ==
          "shop.toml:1:39: \"port\" is out of range: 70000\n"
          "    listen = {\"address\" = \"城西服务站\", port = 70000}\n"
          "                                               ^\n"
          "    accepted here: a whole number from 0 to 65535");
}

TEST_CASE("faults of the program's own checks stand in line with the others", "[config]") {
    CHECK(faults_of("[listen]\nport = 1\n",
                    [](const Table& root) {
                        const Table listen = root.table("listen");
                        listen.number("port", 1, 0, 9);
                        listen.fault("port", "port 1 is taken", "any other port");
                        listen.fault("address", "no address", "");
                        listen.fault("address", "no address", "");
                    }) ==
          "shop.toml:1:1: no address\n"
          "    [listen]\n"
          "    ^\n"
          "shop.toml:2:8: port 1 is taken\n"
          "    port = 1\n"
          "           ^\n"
          "    any other port");
}

TEST_CASE("all faults of a file are reported in one run, in the order of its lines", "[config]") {
    const std::string found = faults_of(
        "opne = true\n"
        "[listen]\n"
        "port = \"7420\"\n"
        "adress = \"x\"\n"
        "[shop]\n",
        read_listen);
    CHECK(found ==
          "shop.toml:1:1: unknown key \"opne\"\n"
          "    opne = true\n"
          "    ^\n"
          "    accepted here: listen\n"
          "shop.toml:3:8: \"port\" must be a whole number, not text\n"
          "    port = \"7420\"\n"
          "           ^\n"
          "    accepted here: a whole number from 0 to 65535\n"
          "shop.toml:4:1: unknown key \"adress\"\n"
          "    adress = \"x\"\n"
          "    ^\n"
          "    did you mean \"address\"? accepted here: address, port\n"
          "shop.toml:5:2: unknown table \"shop\"\n"
          "    [shop]\n"
          "     ^\n"
          "    accepted here: listen");
}

TEST_CASE("a file that is no TOML is shown where it stops being it", "[config]") {
    struct Case {
        const char* text;
        const char* fault;
    };
    const auto c = GENERATE(values<Case>({
        {"name = \"城西\"\nzone = Asia\n",
         "shop.toml:2:8: not written as TOML: parsing value: could not determine value type\n    zone = Asia\n"
         "           ^\n    a value is text in quotes (\"...\"), a number, true, false or a list ([...])"},
        {"a = 1\na = 2\n",
         "shop.toml:2:5: not written as TOML: parsing key-value pair: cannot redefine existing integer 'a'\n"
         "    a = 2\n        ^\n    each key and each table may stand there once"},
        {"x = \"城西\" \"\n",
         "shop.toml:1:10: not written as TOML: parsing key-value pair: expected a comment or whitespace, saw '\"'\n"
         "    x = \"城西\" \"\n               ^"},
    }));
    CAPTURE(c.text);
    CHECK(faults_of(c.text, read_listen) == c.fault);
}

TEST_CASE("any bytes at all are either read or refused with a place", "[config]") {
    const auto text = GENERATE(as<std::string>{}, "\xff\xfe", "a = \"\xe5\x9f", std::string("a\0b = 1", 7), "[", "[[",
                               "a=[1,\n", "=", "a.", "\"", "'''", "a = 1e999",
                               "\xef\xbb\xbf"
                               "a = ",
                               "a = {", "a = 2025-13-01");
    CAPTURE(text);
    CHECK_THAT(faults_of(text, read_listen), Catch::StartsWith("shop.toml:"));
}

TEST_CASE("a file is read from disk, and one that is missing or a directory says so", "[config]") {
    const baytime::support::TempDir dir;
    const std::string path = dir.path() / "shop.toml";
    std::ofstream(path) << "open = true\n";
    CHECK(File::read(path).root().yes("open", false));
    std::ofstream(dir.path() / "empty.toml").flush();
    CHECK_NOTHROW(File::read(dir.path() / "empty.toml").finish());
    const auto error = [](const std::string& name) {
        try {
            File::read(name);
        } catch (const ConfigError& e) {
            return std::string(e.what());
        }
        return std::string();
    };
    CHECK(error(path + "x") == path + "x: cannot be read: No such file or directory");
    CHECK(error(dir.path()) == dir.path().string() + ": cannot be read: Is a directory");
}
