// Texts and names as they may stand in a file.
#include "config/names.hpp"
#include "config/reader.hpp"
#include "tests/config/faults.hpp"

#include <catch2/catch.hpp>

using namespace baytime::config;

TEST_CASE("no text holds what a terminal or a reader of lines obeys, or is longer than its limit", "[config]") {
    const auto read = [](const Table& root) {
        root.text("text", "");
        root.texts("texts");
        root.choice("word", "one", {"one"});
        name(root, "name", "");
    };
    for (const char* bad :
         {"\\u001b[31m", "\\u0000", "\\u009b", "\\u202e", "\\u2066", "\\u2028", "\\t", "\\r", "\\u007f"}) {
        for (const char* key : {"text", "word", "name"}) {
            CAPTURE(bad, key);
            const auto faults = faults_of(std::string(key) + " = \"城" + bad + "\"", read);
            CHECK_THAT(faults,
                       Catch::StartsWith("shop.toml:1:") && Catch::Contains(key) && Catch::Contains("[bad-text]"));
        }
        CHECK_THAT(faults_of("texts = [\"a\", \"" + std::string(bad) + "\"]", read), Catch::Contains("[bad-text]"));
    }
    CHECK(faults_of("text = \"a\\nb\"", read).empty());  // a sign has rows
    CHECK_THAT(faults_of("name = \"a\\nb\"", read), Catch::Contains("has a line break [bad-text]"));

    std::string name;
    for (std::size_t i = 0; i < max_name_letters; ++i) name += "城";
    CHECK(faults_of("name = \"" + name + "\"", read).empty());
    CHECK(faults_of("text = \"" + name + name + "\"", read).empty());
    CHECK_THAT(faults_of("x = 1\nname = \"" + name + "城\"", read),
               Catch::Contains("shop.toml:2:8: \"name\" has 81 letters [too-long]") &&
                   Catch::Contains("accepted here: a name of at most 80 letters"));
    CHECK_THAT(faults_of("text = \"" + std::string(max_text_bytes + 1, 'x') + "\"", read),
               Catch::Equals(
                   "shop.toml:1:8: \"text\" has 4097 bytes [too-long]\n    accepted here: text of at most 4096 bytes"));
}
