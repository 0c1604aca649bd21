#include "display-drivers/signs/settings.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::signs;

namespace {

/// The sign of a file, or what the file's faults say.
std::variant<SignSettings, std::string> read(const std::string& text) {
    const auto file = config::File::parse("[[sign]]\n" + text, "test.toml");
    SignSettings sign;
    try {
        const auto tables = file.root().tables("sign");
        if (tables.size() != 1) return "no sign";
        sign = read_sign(tables.front());
        file.finish();
    } catch (const config::ConfigError& error) {
        return std::string(error.what());
    }
    return sign;
}

const std::string least = "name = \"bay-1\"\nport = \"pty:/run/x\"\n";

}  // namespace

TEST_CASE("a sign needs little, and the rest has sensible values", "[signs][settings]") {
    const auto result = read(least + "bay = \"1\"\n");
    REQUIRE(std::holds_alternative<SignSettings>(result));
    const auto& sign = std::get<SignSettings>(result);
    CHECK(sign.name == "bay-1");
    CHECK(sign.driver == "alpha");
    CHECK(sign.bay == "1");
    CHECK(sign.list.empty());
    CHECK(port_name(sign.port) == "pty:/run/x");
    CHECK(sign.port.baud == 9600);
    CHECK(sign.setup == Setup{});
    CHECK(sign.text.state.source() == "{bay} {plate} {step} {left}");
    CHECK(sign.text.neutral.source() == "{shop}");
}

TEST_CASE("every key of a sign is read", "[signs][settings]") {
    const auto result = read(
        "name = \"hall\"\nport = \"tcp://10.0.0.7:4001\"\nlist = \"ready\"\ndriver = \"alpha\"\nbaud = 4800\n"
        "format = \"7E1\"\naddress = \"0A\"\ntype = \"^\"\nbrightness = 40\ncolumns = 120\nrows = 16\n"
        "language = \"en\"\n[sign.text]\nstate = \"{plate}\"\nidle = \"-\"\nready = \"go {plate}\"\n"
        "stale = \"?\"\nneutral = \"hello\"\n");
    CAPTURE(std::holds_alternative<std::string>(result) ? std::get<std::string>(result) : "");
    REQUIRE(std::holds_alternative<SignSettings>(result));
    const auto& sign = std::get<SignSettings>(result);
    CHECK(sign.list == "ready");
    CHECK(port_name(sign.port) == "tcp://10.0.0.7:4001");
    CHECK(sign.port.baud == 4800);
    CHECK(sign.port.format == LineFormat::seven_even_one);
    CHECK(sign.setup ==
          Setup{.shape = {.columns = 120, .rows = 16}, .address = "0A", .type = '^', .brightness = 40, .baud = 4800});
    CHECK(sign.text.ready.source() == "go {plate}");
}

TEST_CASE("a sign with two rows of letters gets a text of two lines", "[signs][settings]") {
    const auto result = read(least + "bay = \"1\"\nrows = 16\n");
    REQUIRE(std::holds_alternative<SignSettings>(result));
    CHECK(std::get<SignSettings>(result).text.state.source() == "{bay} {plate}\n{step} {left}");
}

TEST_CASE("a mistake in a sign is said together with what would be accepted", "[signs][settings]") {
    struct Case {
        std::string text;
        std::vector<std::string> said;
    };
    const auto c = GENERATE(values<Case>({
        {"port = \"pty:/x\"\nbay = \"1\"\n", {"name"}},
        {"name = \"a\"\nbay = \"1\"\n", {"port"}},
        {"name = \"a\"\nport = \"com1\"\nbay = \"1\"\n", {"this is no port", "serial:/dev/serial/by-id/"}},
        {least, {"a sign shows one bay or one list"}},
        {least + "bay = \"1\"\nlist = \"open\"\n", {"a sign shows one bay or one list"}},
        {least + "list = \"late\"\n", {"ready"}},
        {least + "bay = \"1\"\nbaud = 9601\n", {"no sign speaks at this speed", "4800"}},
        {least + "bay = \"1\"\nformat = \"8E2\"\n", {"7E1"}},
        {least + "bay = \"1\"\ndriver = \"beta\"\n", {"alpha"}},
        {least + "bay = \"1\"\naddress = \"7\"\n", {"this is no sign address"}},
        {least + "bay = \"1\"\ntype = \"ZZ\"\n", {"this is no sign type"}},
        {least + "bay = \"1\"\nlanguage = \"zh\"\n", {"cannot show Chinese", "rows = 16"}},
        {least + "bay = \"1\"\n[sign.text]\nstate = \"{bay} {plte}\"\n", {"there is no field {plte}", "{plate}"}},
        {least + "bay = \"1\"\n[sign.text]\nidle = \"龘\"\n", {"cannot draw 龘"}},
        {least + "bay = \"1\"\n[sign.text]\nbusy = \"x\"\n", {"busy"}},
        {least + "bay = \"1\"\n[sign.options]\nprofile = \"x\"\n", {"profile"}},
    }));
    CAPTURE(c.text);
    const auto result = read(c.text);
    REQUIRE(std::holds_alternative<std::string>(result));
    for (const std::string& said : c.said) {
        CAPTURE(said, std::get<std::string>(result));
        CHECK(std::get<std::string>(result).find(said) != std::string::npos);
    }
}
