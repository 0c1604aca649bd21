// Every transcript and every session of PROTOCOL.md against a real daemon on a real journal.
#include "tests/support/transcript.hpp"

#include "tests/support/daemon_process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <optional>

using namespace baytime;
using namespace baytime::support;

namespace {

class Player {
public:
    explicit Player(const DaemonProcess& daemon) : daemon_(daemon) {}

    void play(const Transcript& transcript) {
        for (const auto& step : transcript.steps) {
            auto& talk = on(step.connection);
            INFO(transcript.name << ", line " << step.line << ", connection " << step.connection << ": " << step.text);
            switch (step.kind) {
                case Step::Kind::send:
                    talk.greeting.reset();
                    talk.client.send(step.text);
                    break;
                case Step::Kind::expect: expect(talk, step.text); break;
                case Step::Kind::closed:
                    talk.closed = is_closed(talk.client);
                    CHECK(talk.closed);
                    break;
            }
        }
        for (auto& [name, talk] : talks_) {
            if (talk.closed) continue;
            const auto more = talk.client.take_line();
            INFO(transcript.name << ", connection " << name << " got a line more: " << more.value_or(""));
            CHECK(!more);
        }
    }

private:
    struct Talk {
        client::Client client;
        std::optional<std::string> greeting;  ///< not yet passed over
        bool closed = false;
    };

    Talk& on(const std::string& name) {
        auto found = talks_.find(name);
        if (found == talks_.end()) {
            auto client = daemon_.connect();
            auto greeting = client.greeting();
            found = talks_.emplace(name, Talk{std::move(client), std::move(greeting), false}).first;
        }
        return found->second;
    }

    static void expect(Talk& talk, const std::string& pattern) {
        std::string line;
        if (talk.greeting && pattern.starts_with("BAYTIME")) {
            line = *talk.greeting;
        } else {
            do line = talk.client.wait_line(daemon_deadline);
            while (line.starts_with("! ping") && !pattern.starts_with("! ping"));
        }
        talk.greeting.reset();
        INFO("received: " << line);
        CHECK(matches(pattern, line));
        if (!matches(pattern, line)) throw std::runtime_error("the conversation went another way");
    }

    static bool is_closed(client::Client& client) {
        try {
            const auto line = client.wait_line(daemon_deadline);
            UNSCOPED_INFO("still open, received: " << line);
            return false;
        } catch (const std::runtime_error&) {
            return true;
        }
    }

    const DaemonProcess& daemon_;
    std::map<std::string, Talk> talks_;
};

std::vector<Transcript> all_transcripts() {
    namespace fs = std::filesystem;
    std::vector<Transcript> all;
    for (const auto& entry : fs::directory_iterator(support::source("tests/transcripts"))) {
        if (entry.path().extension() == ".session") all.push_back(read_transcript(entry.path().string()));
    }
    auto sessions = read_sessions(support::source("protocol/PROTOCOL.md"));
    std::ranges::move(sessions, std::back_inserter(all));
    std::ranges::sort(all, {}, &Transcript::name);
    return all;
}

}  // namespace

TEST_CASE("every transcript and every session of PROTOCOL.md runs as written", "[transcript]") {
    const auto all = all_transcripts();
    REQUIRE(all.size() > 10);
    for (const auto& transcript : all) {
        DYNAMIC_SECTION(transcript.name.substr(transcript.name.rfind('/') + 1)) {
            const TempDir directory;
            DaemonProcess daemon(write_shop(directory.path()));
            try {
                Player(daemon).play(transcript);
            } catch (const std::exception& failure) {
                FAIL_CHECK(transcript.name << ": " << failure.what());
            }
            CHECK(daemon.stop() == 0);
        }
    }
}
