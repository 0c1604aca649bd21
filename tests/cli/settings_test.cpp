#include "board/cli/settings.hpp"
#include "board/cli/trouble.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <map>

using namespace baytime::cli;

namespace {

Settings settings_of(std::vector<const char*> arguments, std::map<std::string, std::string> environment) {
    arguments.insert(arguments.begin(), "baytime");
    const auto look = [&](const std::string& name) -> std::optional<std::string> {
        const auto found = environment.find(name);
        return found == environment.end() ? std::nullopt : std::optional(found->second);
    };
    return read_settings(static_cast<int>(arguments.size()), arguments.data(), look);
}

void write(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
}

}  // namespace

TEST_CASE("the command line beats the environment, which beats the settings file", "[cli]") {
    const baytime::support::TempDir dir;
    const std::string home = dir.path().string();
    write(dir.path() / ".config/baytime.toml", "host = \"box\"\nport = 1000\nas = \"301\"\nlanguage = \"zh\"\n");

    const auto from_file = settings_of({"bays"}, {{"HOME", home}});
    CHECK(from_file.host == "box");
    CHECK(from_file.port == "1000");
    CHECK(from_file.as == "301");
    CHECK(from_file.chinese);

    const auto from_environment =
        settings_of({"bays"}, {{"HOME", home}, {"BAYTIME_HOST", "other"}, {"BAYTIME_PORT", "2000"}});
    CHECK(from_environment.host == "other");
    CHECK(from_environment.port == "2000");
    CHECK(from_environment.as == "301");

    const auto from_line =
        settings_of({"--port", "3000", "bays", "--lang", "en", "--json"}, {{"HOME", home}, {"BAYTIME_PORT", "2000"}});
    CHECK(from_line.port == "3000");
    CHECK_FALSE(from_line.chinese);
    CHECK(from_line.json);
    CHECK(from_line.words == std::vector<std::string>{"bays"});
}

TEST_CASE("the language of top comes from LANG", "[cli]") {
    CHECK(settings_of({}, {{"LANG", "zh_CN.UTF-8"}}).chinese);
    CHECK_FALSE(settings_of({}, {{"LANG", "de_DE.UTF-8"}}).chinese);
    CHECK_FALSE(settings_of({}, {{"LANG", "zh_CN.UTF-8"}, {"LC_ALL", "C"}}).chinese);
}

TEST_CASE("a token file gives its first line", "[cli]") {
    const baytime::support::TempDir dir;
    write(dir.path() / "token", "secret-1\nmore\n");
    const std::string path = (dir.path() / "token").string();
    CHECK(settings_of({"--token-file", path.c_str()}, {}).token == "secret-1");
    CHECK_THROWS_AS(settings_of({"--token-file", "/nonexistent"}, {}), Trouble);
}

TEST_CASE("a faulty settings file and an unknown option are usage errors", "[cli]") {
    const baytime::support::TempDir dir;
    write(dir.path() / ".config/baytime.toml", "hots = \"box\"\n");
    try {
        settings_of({"bays"}, {{"HOME", dir.path().string()}});
        FAIL("accepted");
    } catch (const Trouble& trouble) {
        CHECK(trouble.code == usage);
        CHECK(std::string(trouble.what()).find("baytime.toml:1") != std::string::npos);
    }
    CHECK_THROWS_AS(settings_of({"--no-such-option"}, {}), Trouble);
    CHECK_THROWS_AS(settings_of({"--port", "99999"}, {}), Trouble);
}
