#include "config/reader.hpp"
#include "display-drivers/signs/settings.hpp"
#include "display-drivers/signs/setup.hpp"
#include "tests/signs/modbus_bench.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace baytime::signs;

namespace {

std::string faults_of(const std::string& text) {
    try {
        parse_profile(text, "mine.toml");
    } catch (const baytime::config::ConfigError& error) {
        return error.what();
    }
    return "";
}

const std::string least = "name = \"x\"\n[[line]]\nregister = 0x70\ncount = 2\n";

void write_file(const std::filesystem::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("the shipped profiles are read, and are the files of config/modbus", "[signs][modbus]") {
    REQUIRE(shipped_profiles().size() == 3);
    for (const auto& shipped : shipped_profiles()) {
        CAPTURE(shipped.name);
        REQUIRE(shipped_profile(shipped.name) != nullptr);
        const auto path = baytime::support::source("config/modbus/" + std::string(shipped.name) + ".toml");
        std::ifstream in(path, std::ios::binary);
        CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == shipped.text);
    }
    const auto panel = shipped_profile("text-panel");
    CHECK(panel->encoding == RegisterEncoding::gbk);
    CHECK(panel->lines.size() == 2);
    CHECK(panel->lines[1].colour == 0x41);
    CHECK(panel->colours == MeaningValues{3, 2, 4, 1});
    CHECK(shipped_profile("nothing") == nullptr);
}

TEST_CASE("a mistake in a profile is said together with what would be accepted", "[signs][modbus]") {
    struct Case {
        std::string text, said;
    };
    const auto c = GENERATE(values<Case>({
        {"name = \"x\"\n", "a profile needs one line or more"},
        {"[[line]]\nregister = 1\n", "\"name\" is missing"},
        {"name = \"x\"\n[[line]]\ncount = 1\n", "\"register\" is missing"},
        {"function = 5\n" + least, "function"},
        {"function = 7\n" + least, "this function writes no register"},
        {"function = 6\n" + least, "writes one register"},
        {"encoding = \"utf8\"\n" + least, "gbk"},
        {"paddng = 0\n" + least, "did you mean \"padding\"?"},
        {"name = \"x\"\n[[line]]\nregister = 0xFFFF\ncount = 2\n", "beyond 0xFFFF"},
        {"name = \"x\"\n[[line]]\nregister = 1\ncount = 124\n", "124"},
        {"encoding = \"sign-magnitude\"\nname = \"x\"\n[[line]]\nregister = 1\n", "two registers"},
        {least + "[brightness]\nregister = 1\ndarkest = 7\n", "must be above"},
        {least + "[brightness]\ndarkest = 0\n", "\"register\" is missing"},
        {least + "[colour]\nregister = 0x71\n", "two uses"},
    }));
    CAPTURE(c.text);
    CHECK_THAT(faults_of(c.text), Catch::Contains(c.said) && Catch::Contains("mine.toml"));
}

TEST_CASE("a sign names a shipped profile or a file beside the configuration", "[signs][modbus][settings]") {
    baytime::support::TempDir dir;
    write_file(dir.path() / "mine.toml", ::support::four_registers);
    write_file(dir.path() / "bad.toml", "name = 5\n");
    const auto read = [&](const std::string& more) -> std::variant<SignSettings, std::string> {
        const std::string text = "[[sign]]\nname = \"b\"\nport = \"pty:/x\"\nbay = \"1\"\ndriver = \"modbus\"\n" + more;
        try {
            const auto file = baytime::config::File::parse(text, (dir.path() / "baytime.toml").string());
            const auto sign = read_sign(file.root().tables("sign").front());
            file.finish();
            return sign;
        } catch (const baytime::config::ConfigError& error) {
            return std::string(error.what());
        }
    };
    const auto name_of = [](const std::variant<SignSettings, std::string>& result) {
        if (const auto* fault = std::get_if<std::string>(&result)) return *fault;
        return std::get<SignSettings>(result).setup.registers->name;
    };
    CHECK(name_of(read("")) == "LED-485");
    CHECK(name_of(read("address = \"247\"\n[sign.options]\nprofile = \"led-046\"\n")) == "LED-046");
    CHECK(name_of(read("[sign.options]\nprofile = \"mine.toml\"\n")) == "four registers");
    CHECK(name_of(read("[sign.text]\nstate = \"{bay} 维修\"\n")) == "LED-485");
    struct Case {
        std::string more, said;
    };
    for (const Case& c :
         {Case{"[sign.options]\nprofile = \"none.toml\"\n", "there is no register profile"},
          Case{"[sign.options]\nprofile = \"bad.toml\"\n", "must be text"},
          Case{"[sign.options]\nprofile = \"\"\n", "led-485"}, Case{"[sign.options]\necho = \"maybe\"\n", "yes or no"},
          Case{"[sign.options]\nproflie = \"led-046\"\n", "profile"}, Case{"address = \"0A\"\n", "1 to 247"},
          Case{"address = \"248\"\n", "1 to 247"}}) {
        CAPTURE(c.more);
        CHECK_THAT(name_of(read(c.more)), Catch::Contains(c.said));
    }
}

TEST_CASE("a profile that nobody loaded is a fault, not another sign's", "[signs][modbus]") {
    Setup setup;
    CHECK(profile_of(setup)->name == "LED-485");
    setup.options["profile"] = "mine.toml";
    CHECK_THROWS_WITH(profile_of(setup), Catch::Contains("was not loaded"));
}
