// The options of the real program: what it refuses, and that nothing it prints is obeyed by a terminal.
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace baytime::support;

namespace {

struct Ran {
    int status = -1;
    std::string error{};
};

Ran baytimed(const TempDir& directory, std::vector<std::string> options) {
    const auto log = (directory.path() / "log").string();
    std::filesystem::remove(log);  // of the run before: it is written on
    options.insert(options.begin(), baytime::support::built("board/daemon/baytimed"));
    Process process(options, {}, log);
    Ran ran{.status = process.wait()};
    std::ifstream in(log);
    ran.error = {std::istreambuf_iterator<char>(in), {}};
    return ran;
}

bool is_obeyed(const std::string& text) {
    const bool control = std::ranges::any_of(text, [](unsigned char one) { return one < ' ' && one != '\n'; });
    return control || text.find("\u009b") != std::string::npos || text.find("\u202e") != std::string::npos;
}

}  // namespace

TEST_CASE("an option whose value is empty is refused, and no daemon starts", "[options]") {
    const TempDir directory;
    const auto config = (directory.path() / "shop.toml").string();
    std::ofstream(config) << "open = true\n[listen]\nport = 0\n[store]\npath = \"journal.db\"\nbackups = \"copies\"\n";
    const auto option = GENERATE(as<std::string>(), "--add-token", "--restore", "--print", "--at", "--bay");
    CAPTURE(option);
    const auto ran = baytimed(directory, {"--config", config, option, ""});
    CHECK(ran.status == 2);
    CHECK_THAT(ran.error,
               Catch::Contains(option) && Catch::Contains("its value is empty") && Catch::EndsWith("[bad-option]\n"));
    CHECK_FALSE(std::filesystem::exists(directory.path() / "journal.db"));
    CHECK(baytimed(directory, {"--config", ""}).status == 2);
}

TEST_CASE("no terminal obeys what the daemon's program says of its options and its file", "[options][harm]") {
    const TempDir directory;
    const auto config = (directory.path() / "shop.toml").string();
    std::ofstream(config) << "open = true\nx\u009b = \"\x1b[31m\u202e\"\n";
    const std::string harm = "\x1b]0;evil\x07\u009b31m\u202e";
    const auto options = GENERATE_COPY(values<std::vector<std::string>>(
        {{"--no" + harm}, {"--config", "/none/" + harm}, {"--config", config}, {"--kind", harm}}));
    const auto ran = baytimed(directory, options);
    CAPTURE(options, ran.error);
    CHECK(ran.status > 0);
    CHECK(ran.error.size() > 10);
    CHECK_FALSE(is_obeyed(ran.error));
}

TEST_CASE("a file without any setting is refused, by whatever name it comes", "[options]") {
    const TempDir directory;
    const auto empty = (directory.path() / "empty.toml").string();
    std::ofstream(empty) << "# all of it\n# is commented out\n";
    for (const auto& name : {std::string("/dev/null"), empty}) {
        const auto ran = baytimed(directory, {"--config", name});
        CAPTURE(name, ran.error);
        CHECK(ran.status == 1);
        CHECK_THAT(ran.error,
                   Catch::StartsWith(name + ": no setting stands in this file") && Catch::EndsWith("[no-settings]\n"));
    }
}
