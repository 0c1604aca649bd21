// Transcripts and the sessions of PROTOCOL.md, as far as they can be held without a daemon: they read, and what is
// answered OK in them is a call.
#include "tests/support/transcript.hpp"

#include "protocol/replies.hpp"
#include "tests/protocol/support.hpp"
#include "tests/support/paths.hpp"

#include <filesystem>

using namespace baytime;
using namespace baytime::protocol;
using namespace baytime::protocol::test;
using support::Transcript;

namespace {

std::vector<Transcript> all_transcripts() {
    auto out = support::read_sessions(support::source("protocol/PROTOCOL.md"));
    for (const auto& entry : std::filesystem::directory_iterator(support::source("tests/transcripts"))) {
        if (entry.path().extension() == ".session") out.push_back(support::read_transcript(entry.path().string()));
    }
    return out;
}

/// The first answer that is expected after this step on its connection, or nothing for pushes and the end.
const support::Step* answer_to(const Transcript& transcript, std::size_t at) {
    for (std::size_t i = at + 1; i < transcript.steps.size(); ++i) {
        const support::Step& step = transcript.steps[i];
        if (step.connection != transcript.steps[at].connection || step.kind != support::Step::Kind::expect) continue;
        if (step.text.starts_with("OK") || step.text.starts_with("ERR") || step.text.starts_with("{")) return &step;
    }
    return nullptr;
}

}  // namespace

TEST_CASE("stars in a pattern stand for anything", "[transcript]") {
    const auto c = GENERATE(table<std::string, std::string, bool>({
        {"OK", "OK", true},
        {"OK", "OK ", false},
        {"OK*", "OK seq=1", true},
        {"OK * seq=*", "OK order=R1 seq=1", true},
        {"*b*c", "abcbc", true},
        {"*b*d", "abcbc", false},
        {"*", "", true},
        {"", "", true},
        {"", "x", false},
        {"a**", "a", true},
    }));
    CHECK(support::matches(std::get<0>(c), std::get<1>(c)) == std::get<2>(c));
}

TEST_CASE("what is answered OK in a session is a call, and what is answered with a spelling error is none",
          "[transcript]") {
    int held = 0;
    for (const Transcript& transcript : all_transcripts()) {
        REQUIRE_FALSE(transcript.steps.empty());
        for (std::size_t i = 0; i < transcript.steps.size(); ++i) {
            const support::Step& step = transcript.steps[i];
            const support::Step* answer = step.kind == support::Step::Kind::send ? answer_to(transcript, i) : nullptr;
            if (answer == nullptr || step.text.starts_with('{') || step.text.starts_with('[')) continue;
            if (step.text.empty() || read_scan(step.text)) continue;
            CAPTURE(transcript.name, step.line, step.text, answer->text);
            const Reading reading = read_words(step.text, nine_o_clock());
            if (answer->text.starts_with("OK")) CHECK(std::holds_alternative<Call>(reading));
            const auto* fault = std::get_if<Fault>(&reading);
            if (fault != nullptr && step.text.size() <= max_words_line) {
                const std::string said = words_fault(fault->token, fault->sentence);
                CHECK(support::matches(answer->text, said.substr(0, said.size() - 1)));
            }
            ++held;
        }
    }
    CHECK(held > 80);
}
