// A watcher that never reads: what waits for it stays within its limit, the daemon's memory does not grow, the others
// are served as ever, and when it reads again it gets the newest state, not all that was between.
#include "board/daemon/outbox.hpp"
#include "protocol/json.hpp"
#include "tests/support/daemon_process.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <string>

using namespace baytime;
using namespace baytime::support;
namespace json = boost::json;

namespace {

constexpr int jobs = 200, asked = 600;
constexpr double mib = 1024 * 1024;
/// Of the daemon, while some 40 MiB are meant for the deaf one; sanitizers and the allocator keep some for themselves.
constexpr double most_growth_mib = 16;

double resident_mib(const DaemonProcess& daemon) {
    std::ifstream in("/proc/" + std::to_string(daemon.id()) + "/status");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
    }
    return 0;
}

double number_in(const std::string& reply, const std::string& mark) {
    const auto at = reply.find(mark);
    if (at == std::string::npos) throw std::runtime_error(reply);
    return std::stod(reply.substr(at + mark.size()));
}

double unread_mib(client::Client& client) {
    return number_in(ask(client, "health"), " output_unread_bytes=") / mib;
}

/// Reads until a push of the view is as new as the event `seq`; how many bytes came before.
std::size_t read_up_to(client::Client& client, std::uint64_t seq) {
    std::size_t bytes = 0;
    for (;;) {
        const auto line = client.wait_line(daemon_deadline);
        bytes += line.size();
        const auto message = json::parse(line).as_object();
        if (!message.contains("method") || message.at("method").as_string() != "view") continue;
        if (message.at("params").at("seq").to_number<std::uint64_t>() >= seq) return bytes;
    }
}

}  // namespace

TEST_CASE("a watcher that never reads costs its limit and no more, and then gets the newest state", "[e2e][slow]") {
    const TempDir directory;
    // The address sanitizer keeps what is freed for a while, to catch later uses: here that would look like growth.
    DaemonProcess daemon(write_shop(directory.path(), "", "port = 0", "port = 0\nrequests_per_second = 1000000"),
                         {"ASAN_OPTIONS=quarantine_size_mb=1"});
    auto desk = daemon.connect(), deaf = daemon.connect();
    for (int n = 1; n <= jobs; ++n) {
        const auto order = std::to_string(1000 + n);
        REQUIRE(ask(desk, "receive R" + order + " plate=沪A" + order + "1 model=x type=repair promise=11:00 as=301")
                    .starts_with("OK "));
    }
    const auto before = resident_mib(daemon);
    double most = 0;
    for (int n = 1; n <= asked; ++n) {
        deaf.send(R"({"jsonrpc":"2.0","id":1,"method":"watch","params":{"view":"workshop"}})");
        if (n % 20 == 0) most = std::max(most, unread_mib(desk));
    }
    CHECK(most <= double(daemon::max_output_bytes) / mib + 0.5);  // a few hundred short answers come on top
    CHECK(most > 0.1);  // beyond what the kernel took: the newest snapshot, in the place of all before
    CHECK(resident_mib(daemon) - before < most_growth_mib);
    REQUIRE(ask(desk, "assign R1001 1 as=201").starts_with("OK "));

    const auto bytes = read_up_to(deaf, std::uint64_t(number_in(ask(desk, "ping"), " seq=")));
    CHECK(double(bytes) < 24 * mib);  // the sockets' buffers and one limit, not all that was asked for
    CHECK(unread_mib(desk) < 0.1);
    CHECK(daemon.stop() == 0);
}
