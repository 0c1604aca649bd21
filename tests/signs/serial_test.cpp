// The way through libserialport, with the production code. A pseudo-terminal lacks what that library asks for, so the
// test starts itself again with a preloaded library that answers (tests/support/serial_shim.cpp).
#include "tests/signs/bench.hpp"
#include "tests/support/paths.hpp"

#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace baytime::signs;
using support::Bench;

TEST_CASE("inside the shim: a serial port is opened, set, and carries pages", "[.under-shim]") {
    if (std::getenv("LD_PRELOAD") == nullptr) return;  // means nothing unless the next test runs it
    Bench bench;
    SignSettings settings = bench.settings();
    settings.port = *parse_port("serial:" + bench.path());
    const int fd = open_device(settings.port);
    int lines = -1;
    REQUIRE(::ioctl(fd, TIOCMGET, &lines) == 0);
    CHECK((lines & (TIOCM_DTR | TIOCM_RTS)) == 0);  // held low
    termios line{};
    REQUIRE(::tcgetattr(fd, &line) == 0);
    CHECK(::cfgetospeed(&line) == B9600);
    CHECK((line.c_cflag & (PARENB | CSTOPB)) == 0);
    CHECK((line.c_cflag & CRTSCTS) == 0);
    CHECK(line.c_cc[VMIN] == 1);  // else every read without bytes looks like an unplug
    CHECK((line.c_lflag & (ICANON | ECHO | ISIG)) == 0);
    try {
        open_device(settings.port);
        FAIL("was opened twice");
    } catch (const PortError& error) {
        CHECK(error.kind == "busy");
    }
    CHECK(set_speed(fd, 57600));
    ::close(fd);

    SignLink link(bench.io, settings, {}, Bench::timing());
    link.show(page_of("HU-A12345"));
    REQUIRE(bench.shows("HU-A12345"));
    REQUIRE(bench.until([&] { return link.health().up_to_date && link.health().answers; }));
    bench.sign.unplug();
    REQUIRE(bench.until([&] { return link.health().state == LinkState::waiting; }));
    link.show(page_of("HU-B99999"));
    bench.sign.plug();
    REQUIRE(bench.shows("HU-B99999"));
    // A frame that the unplug cut short is dropped by the sign, and nothing after it.
    for (const auto& [kind, count] : bench.sign.sign().errors()) CHECK(kind == "gap");
}

TEST_CASE("a sign on a serial port is reached through libserialport", "[signs][port]") {
    const std::string shim = baytime::support::built("tests/libserial_shim.so");
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("LD_PRELOAD", shim.c_str(), 1);
        ::setenv("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0", 1);
        ::execl("/proc/self/exe", "test_signs", "[.under-shim]", static_cast<char*>(nullptr));
        ::_exit(127);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}
