#include "board/cli/completion.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using baytime::support::Process;

namespace {

/// What bash would offer after these words (the last one is being typed).
std::string offered(const std::string& words, int position) {
    const std::string script = "source '" + baytime::support::source("deploy/completion/baytime.bash") +
                               "'; compopt() { :; }; "
                               "COMP_WORDS=(" +
                               words + "); COMP_CWORD=" + std::to_string(position) +
                               "; _baytime; echo \"${COMPREPLY[*]}\"";
    Process bash({"/bin/bash", "--norc", "-c", script});
    const auto line = bash.line();
    return line ? *line : "";
}

}  // namespace

TEST_CASE("the kept completion file is what the program makes", "[cli]") {
    std::ifstream file(baytime::support::source("deploy/completion/baytime.bash"));
    const std::string kept{std::istreambuf_iterator<char>(file), {}};
    // When this fails: baytime completion bash > deploy/completion/baytime.bash
    CHECK(kept == baytime::cli::bash_completion());
}

TEST_CASE("bash completes verbs, parameters and the words they take", "[cli]") {
    CHECK(offered("baytime ass", 1) == "assign");
    CHECK(offered("baytime --port 7420 fin", 3) == "finish");
    CHECK(offered("baytime start R1 bay", 3) == "bay=");
    CHECK(offered("baytime start R1 fo", 3) == "force");
    CHECK(offered("baytime pause R1 reason = pa", 5) == "parts");
    CHECK(offered("baytime contact R1 how = ", 4) == "in_person phone message");
    CHECK(offered("baytime --js", 1) == "--json");
    CHECK(offered("baytime sign enc", 2) == "encode");
    CHECK(offered("baytime sign encode --dri", 3) == "--driver");
    CHECK(offered("baytime sign encode --driver alp", 4) == "alpha");
    CHECK(offered("baytime completion ''", 2) == "bash");
}
