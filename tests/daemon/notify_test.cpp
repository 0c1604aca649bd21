// What a real daemon tells systemd, heard on a socket of the test.
#include "tests/support/daemon_process.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

using namespace baytime;
using namespace baytime::support;

namespace {

/// The end of $NOTIFY_SOCKET that systemd would hold.
class Listener {
public:
    explicit Listener(const std::string& path) : descriptor_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un place{};
        place.sun_family = AF_UNIX;
        REQUIRE(path.size() < sizeof place.sun_path);
        std::memcpy(place.sun_path, path.c_str(), path.size() + 1);
        REQUIRE(::bind(descriptor_, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0);
    }
    ~Listener() { ::close(descriptor_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Passes over messages until one begins with `text`; false on the deadline.
    bool hears(const std::string& text) const {
        const auto until = std::chrono::steady_clock::now() + daemon_deadline;
        while (std::chrono::steady_clock::now() < until) {
            pollfd ready{.fd = descriptor_, .events = POLLIN, .revents = 0};
            if (::poll(&ready, 1, 30'000) != 1) return false;
            char message[512];
            const auto count = ::recv(descriptor_, message, sizeof message, 0);
            if (count > 0 && std::string(message, static_cast<std::size_t>(count)).starts_with(text)) return true;
        }
        return false;
    }

private:
    int descriptor_;
};

}  // namespace

TEST_CASE("systemd hears of start, life, reload and stop", "[service]") {
    const TempDir directory;
    const auto path = (directory.path() / "notify").string();
    const Listener systemd(path);
    DaemonProcess daemon(write_shop(directory.path()), {"NOTIFY_SOCKET=" + path, "WATCHDOG_USEC=20000"});
    CHECK(systemd.hears("READY=1"));
    CHECK(systemd.hears("WATCHDOG=1"));
    CHECK(systemd.hears("WATCHDOG=1"));
    daemon.signal(SIGHUP);
    CHECK(systemd.hears("RELOADING=1\nMONOTONIC_USEC="));
    CHECK(systemd.hears("READY=1"));
    daemon.signal(SIGTERM);
    CHECK(systemd.hears("STOPPING=1"));
    CHECK(daemon.wait() == 0);
}
