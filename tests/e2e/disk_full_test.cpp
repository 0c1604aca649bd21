// No room for the journal while the shop works: each command is refused in plain words and changes nothing, the board
// stays, and when there is room again the daemon goes on by itself.
#include "tests/support/daemon_process.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <sys/resource.h>

#include <string>

using namespace baytime;
using namespace baytime::support;

namespace {

/// No file of the daemon may grow beyond this; as a disk without room refuses it.
void let_files_grow_to(const DaemonProcess& daemon, rlim_t bytes) {
    rlimit limit{};
    REQUIRE(::prlimit(daemon.id(), RLIMIT_FSIZE, nullptr, &limit) == 0);
    limit.rlim_cur = std::min(bytes, limit.rlim_max);
    REQUIRE(::prlimit(daemon.id(), RLIMIT_FSIZE, &limit, nullptr) == 0);
}

std::string receive(int number) {
    const auto n = std::to_string(number);
    return "receive R" + n + " plate=沪A" + std::to_string(10000 + number) +
           " model=朗逸 type=repair promise=+120 as=301 key=k" + n;
}

std::string answer_of(client::Client& client, const std::string& question) {
    std::string out;
    client.send(question);
    do out += client.wait_line(daemon_deadline) + "\n";
    while (out.find("\nOK ") == std::string::npos && !out.starts_with("OK ") && !out.starts_with("ERR "));
    return out;
}

}  // namespace

TEST_CASE("a full disk refuses what it cannot keep, and the shop goes on when there is room", "[store]") {
    const TempDir directory;
    const auto config = write_shop(directory.path());
    std::string jobs;
    constexpr int stored = 10;
    {
        DaemonProcess daemon(config);
        auto desk = daemon.connect(), watcher = daemon.connect();
        for (int n = 1; n <= stored; ++n) REQUIRE(ask(desk, receive(n)).starts_with("OK order="));
        jobs = answer_of(desk, "jobs");
        REQUIRE(ask(watcher, "watch events since=0").starts_with("OK "));

        let_files_grow_to(daemon, 4096);
        for (int again = 0; again < 3; ++again) {
            CHECK(ask(desk, receive(stored + 1)) ==
                  "ERR storage it could not be stored, nothing has changed; please try again");
        }
        CHECK(answer_of(desk, "jobs") == jobs);
        auto newcomer = daemon.connect();
        CHECK(answer_of(newcomer, "jobs") == jobs);
        CHECK(daemon.log().find("storage_failed") != std::string::npos);
        CHECK(answer_of(desk, "health").find("health=storage-failed level=critical") != std::string::npos);

        let_files_grow_to(daemon, RLIM_INFINITY);
        CHECK(ask(desk, receive(stored + 1)).starts_with("OK order=R11 "));
        CHECK(answer_of(desk, "health").find("storage-failed") == std::string::npos);
        while (watcher.wait_line(daemon_deadline).find("\"order\":\"R11\"") == std::string::npos) continue;
        jobs = answer_of(desk, "jobs");
        daemon.kill();
    }
    DaemonProcess daemon(config);
    auto desk = daemon.connect();
    CHECK(answer_of(desk, "jobs") == jobs);
    CHECK(ask(desk, receive(stored + 1)).starts_with("OK order=R11 "));  // the answer kept for its key
    CHECK(answer_of(desk, "jobs") == jobs);
    CHECK(daemon.stop() == 0);
}
