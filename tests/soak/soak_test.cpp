// The soak itself, for seconds: that it runs, and that nothing is lost in a few deaths. tests/soak/run runs it for
// long.
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using namespace baytime::support;

TEST_CASE("in seconds of a shop day with faults at random nothing is lost", "[soak]") {
    const TempDir dir;
    const auto log = (dir.path() / "said").string();
    Process soak(
        {baytime::support::built("tests/soak/soak"), (dir.path() / "shop").string(), "--minutes", "0.2", "--seed", "7"},
        {}, log);
    const auto said = soak.rest(std::chrono::minutes{10});
    std::ifstream in(log);
    const std::string errors(std::istreambuf_iterator<char>(in), {});
    CAPTURE(said, errors);
    CHECK(soak.wait() == 0);
    CHECK(said.ends_with("soak: all met\n"));
}
