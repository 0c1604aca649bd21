// What is refused before a file is parsed: its size, and how deep it nests.
#include "config/reader.hpp"
#include "tests/config/faults.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace baytime::config;

TEST_CASE("a file that is too large, or nests too deep, is refused before it is parsed", "[config]") {
    const auto many = [](std::size_t count, const std::string& text) {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) out += text;
        return out;
    };
    const auto all = [](const Table& root) { root.keys(); };
    for (const std::size_t count : {40U, 10'000U, 100'000U}) {
        const std::vector<std::string> texts{many(count, "a.") + "b = 1\n",
                                             "x = 1\n[" + many(count, "a .") + "b]\n",
                                             "[[" + many(count, "'a'.\"b\".") + "b]]\n",
                                             "x = {" + many(count, "a.") + "b = 1}\n",
                                             "x = " + many(count, "[") + many(count, "]") + "\n",
                                             "x = " + many(count, "{a=") + "1" + many(count, "}") + "\n",
                                             "x = \"\"\"a\"\"\"\"\"\n" + many(count, "a.") + "b = 1\n",
                                             "x = 'it\\'\n" + many(count, "a.") + "b = 1\n",
                                             "x = \"\\\"\"\n" + many(count, "a.") + "b = 1\n"};
        for (const auto& text : texts) {
            CAPTURE(count, text.substr(0, 20));
            CHECK_THAT(faults_of(text, all), Catch::StartsWith("shop.toml:") && Catch::Contains("[too-deep]"));
        }
    }
    CHECK(faults_of(many(40, "a.") + "b = 1\n", all) ==
          "shop.toml:1:64: more than 32 names joined by dots [too-deep]\n    " + many(40, "a.") + "b = 1\n    " +
              many(63, " ") + "^");
    CHECK_THAT(faults_of("a = 1\n" + many(100'000, "# a remark\n"), all),
               Catch::Equals("shop.toml: larger than 1024 KiB [too-large]"));
}

TEST_CASE("dots and brackets in texts, remarks and numbers are no depth", "[config]") {
    std::string numbers, dots;
    for (int i = 0; i < 100; ++i) {
        numbers += "1.5, ";
        dots += "a.[{";
    }
    const auto text = "list = [" + numbers + "]\n# " + dots + "\none = \"" + dots + "\" # " + dots + "\ntwo = '" +
                      dots + "'\nmany = \"\"\"\n" + dots + "\n" + dots + "\"\"\"\nraw = '''" + dots + "'''\n";
    const auto file = File::parse(text, "shop.toml");
    CHECK(file.root().text("one", "") == dots);
    CHECK(file.root().text("two", "") == dots);
    CHECK(file.root().text("many", "") == dots + "\n" + dots);
    CHECK(file.root().text("raw", "") == dots);
}

TEST_CASE("a file is read to its limit, and a device that never ends is none", "[config]") {
    const baytime::support::TempDir dir;
    const auto path = (dir.path() / "large.toml").string();
    std::ofstream(path) << std::string(1024 * 1024, '#') << '\n';
    CHECK_THROWS_WITH(File::read(path), path + ": larger than 1024 KiB [too-large]");
    CHECK_THROWS_WITH(File::read("/dev/zero"), "/dev/zero: larger than 1024 KiB [too-large]");
}
