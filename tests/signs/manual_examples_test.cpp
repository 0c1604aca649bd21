// The example in each driver's manual page is a configuration that is read without a fault, and faults are said well.
#include "display-drivers/signs/settings.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace baytime;
using namespace baytime::signs;

namespace {

/// The first block of TOML in a driver's manual page.
std::string example_of(const std::string& driver) {
    std::ifstream file(baytime::support::source("display-drivers/signs/") + driver + ".md");
    std::stringstream text;
    text << file.rdbuf();
    const std::string page = text.str(), begin = "```toml\n";
    const auto from = page.find(begin), to = page.find("```", from + begin.size());
    REQUIRE(to != std::string::npos);
    return page.substr(from + begin.size(), to - from - begin.size());
}

struct Read {
    SignSettings sign;
    std::string fault;
};

Read read(const std::string& text) {
    Read out;
    const auto file = config::File::parse(text, "test.toml");
    try {
        out.sign = read_sign(file.root().tables("sign").front());
        file.finish();
    } catch (const config::ConfigError& error) {
        out.fault = error.what();
    }
    return out;
}

}  // namespace

TEST_CASE("the example in a driver's manual page is read without a fault", "[signs][settings]") {
    const std::string driver = GENERATE("alpha", "onbon", "cpower", "modbus", "am03127", "raw");
    const auto result = read(example_of(driver));
    CHECK(result.fault.empty());
    CHECK(result.sign.driver == driver);
    for (const OptionForm& form : find_driver(driver)->options) {
        CAPTURE(form.name);
        REQUIRE(result.sign.setup.options.contains(std::string(form.name)));
        CHECK(result.sign.setup.options.at(std::string(form.name)) == form.otherwise);
    }
}

TEST_CASE("signs of Onbon and C-Power cards have their own address, speed and options", "[signs][settings]") {
    const std::string least = "[[sign]]\nname = \"a\"\nport = \"pty:/x\"\nbay = \"1\"\nrows = 16\nlanguage = \"zh\"\n";
    const auto onbon = read(least + "driver = \"onbon\"\n");
    CHECK(onbon.fault.empty());
    CHECK(onbon.sign.setup.address == "0001");
    CHECK(onbon.sign.port.baud == 57600);
    const auto cpower = read(least + "driver = \"cpower\"\n");
    CHECK(cpower.fault.empty());
    CHECK(cpower.sign.setup.address == "FF");
    CHECK(cpower.sign.port.baud == 115200);
}

TEST_CASE("a wrong option of a card is said together with what would be accepted", "[signs][settings]") {
    struct Case {
        std::string driver, line;
        std::vector<std::string> said;
    };
    const auto c = GENERATE(values<Case>({
        {"onbon", "", {"letters of 16 dots are higher than the glass", "rows = 16"}},
        {"onbon", "rows = 16\n[sign.options]\nfont_size = \"24\"", {"rows = 24"}},
        {"cpower", "rows = 15", {"rows = 16"}},
        {"onbon", "address = \"01\"", {"this is no sign address", "four hex digits"}},
        {"onbon", "[sign.options]\ntimeout = \"59\"", {"timeout", "60 to 65535"}},
        {"onbon", "[sign.options]\ntimeout = \"ten\"", {"timeout", "60 to 65535"}},
        {"onbon", "[sign.options]\nfont_size = \"20\"", {"font_size", "16, 24 or 32"}},
        {"onbon", "[sign.options]\nspeed = \"25\"", {"speed", "0 (fastest) to 24"}},
        {"onbon", "[sign.options]\ncolour = \"red\"", {"colour"}},
        {"cpower", "address = \"00\"", {"this is no sign address", "01 to FE"}},
        {"cpower", "[sign.options]\ntext_command = \"05\"", {"text_command", "auto, 02 or 04"}},
        {"cpower", "[sign.options]\nspeed = \"0\"", {"speed", "1 (fastest) to 100"}},
        {"cpower", "[sign.options]\nunconfirmed = \"maybe\"", {"unconfirmed", "yes or no"}},
        {"modbus", "language = \"zh\"", {"cannot show Chinese"}},
        {"modbus", "address = \"00A\"", {"this is no sign address", "1 to 247"}},
        {"am03127", "rows = 7\nlanguage = \"zh\"", {"cannot show Chinese", "rows = 16"}},
        {"am03127", "address = \"1\"", {"this is no sign address", "01 to FF"}},
    }));
    CAPTURE(c.line);
    const auto result =
        read("[[sign]]\nname = \"a\"\nport = \"pty:/x\"\nbay = \"1\"\ndriver = \"" + c.driver + "\"\n" + c.line + "\n");
    for (const std::string& said : c.said) {
        CAPTURE(said, result.fault);
        CHECK(result.fault.find(said) != std::string::npos);
    }
}
