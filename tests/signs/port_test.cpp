#include "display-drivers/signs/port.hpp"

#include "tests/signs/bench.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <fstream>

using namespace baytime::signs;
using support::Bench;

TEST_CASE("a port is written as its kind and its place", "[signs][port]") {
    struct Case {
        std::string text;
        PortKind kind;
        std::string path, tcp_port;
    };
    const auto c = GENERATE(values<Case>({
        {"serial:/dev/serial/by-id/usb-FTDI-if00", PortKind::serial, "/dev/serial/by-id/usb-FTDI-if00", ""},
        {"pty:/run/x/bay-1", PortKind::pty, "/run/x/bay-1", ""},
        {"tcp://10.0.0.7:4001", PortKind::tcp, "10.0.0.7", "4001"},
        {"tcp://signs.example:4001", PortKind::tcp, "signs.example", "4001"},
    }));
    const auto port = parse_port(c.text);
    REQUIRE(port.has_value());
    CHECK(port->kind == c.kind);
    CHECK(port->path == c.path);
    CHECK(port->tcp_port == c.tcp_port);
    CHECK(port_name(*port) == c.text);
}

TEST_CASE("what is no port is not taken for one", "[signs][port]") {
    for (const char* text :
         {"", "serial:", "pty:", "/dev/ttyUSB0", "tcp://", "tcp://host", "tcp://:4001", "tcp://host:", "tcp://host:x",
          "tcp://host:65536", "tcp://host:123456", "udp://host:1", "COM1"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_port(text).has_value());
    }
}

TEST_CASE("7E1 and 8N1 are what they say, raw and without flow control", "[signs][port]") {
    struct Case {
        LineFormat format;
        int baud;
        tcflag_t bits, parity;
        speed_t speed;
    };
    const auto c = GENERATE(values<Case>(
        {{LineFormat::eight_none_one, 9600, CS8, 0, B9600}, {LineFormat::seven_even_one, 4800, CS7, PARENB, B4800}}));
    PortSettings port;
    port.format = c.format;
    port.baud = c.baud;
    termios line{};
    line.c_cflag = CSTOPB | PARODD;
    line.c_lflag = ICANON | ECHO | ISIG;
    line.c_iflag = IXON | ICRNL;
    set_line(line, port);
    CHECK((line.c_cflag & CSIZE) == c.bits);
    CHECK((line.c_cflag & (PARENB | PARODD)) == c.parity);
    CHECK((line.c_cflag & CSTOPB) == 0);
    CHECK((line.c_lflag & (ICANON | ECHO | ISIG)) == 0);
    CHECK((line.c_iflag & (IXON | ICRNL)) == 0);
    CHECK(::cfgetospeed(&line) == c.speed);
}

TEST_CASE("the line settings are made on the device", "[signs][port]") {
    Bench bench;
    PortSettings port = *parse_port("pty:" + bench.path());
    port.baud = 4800;
    const int fd = open_device(port);
    termios line{};
    REQUIRE(::tcgetattr(fd, &line) == 0);
    CHECK(::cfgetospeed(&line) == B4800);
    CHECK((line.c_lflag & (ICANON | ECHO | ISIG)) == 0);
    CHECK((::fcntl(fd, F_GETFL) & O_NONBLOCK) != 0);
    ::close(fd);
}

TEST_CASE("a port that cannot be opened says why and what would help", "[signs][port]") {
    Bench bench;
    std::ofstream(bench.dir.path() / "file") << "text";
    struct Case {
        std::string port, kind, said;
    };
    const std::string dir = bench.dir.path().string();
    for (const Case& c : {Case{"pty:" + dir + "/none", "missing", "is the sign's cable plugged in?"},
                          Case{"serial:" + dir + "/none", "missing", "is the sign's cable plugged in?"},
                          Case{"pty:" + dir + "/file", "settings", "is no terminal"},
                          Case{"serial:" + dir + "/file", "open", "is no serial port"}}) {
        CAPTURE(c.port);
        try {
            open_device(*parse_port(c.port));
            FAIL("was opened");
        } catch (const PortError& error) {
            CAPTURE(error.what());
            CHECK(error.kind == c.kind);
            CHECK(std::string(error.what()).starts_with(c.port));
            CHECK(std::string(error.what()).find(c.said) != std::string::npos);
        }
    }
}

TEST_CASE("a second program is refused", "[signs][port]") {
    Bench bench;
    const auto port = *parse_port("pty:" + bench.path());
    const int fd = open_device(port);
    try {
        open_device(port);
        FAIL("was opened twice");
    } catch (const PortError& error) {
        CHECK(error.kind == "busy");
    }
    ::close(fd);
    const int again = open_device(port);
    CHECK(again >= 0);
    ::close(again);
}
