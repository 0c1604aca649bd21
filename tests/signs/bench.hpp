// A real link on a real pseudo-terminal with a simulated sign at the other end, both many times as fast as in life.
#pragma once

#include "display-drivers/signs/sign_link.hpp"
#include "display-drivers/signs/signsim/pty_sign.hpp"
#include "tests/support/temp_dir.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>

namespace support {

using namespace baytime::signs;

inline constexpr double bench_speed = 10;

class Bench {
public:
    Bench() : sign(*find_driver("alpha"), Setup{}, path(), 9600, bench_speed) {}
    Bench(std::string_view driver, const Setup& setup)
        : sign(*find_driver(driver), setup, path(), find_driver(driver)->baud, bench_speed) {}

    std::string path() const { return (dir.path() / "bay-1").string(); }
    SignSettings settings() const {
        SignSettings out;
        out.name = "bay-1";
        out.port = *parse_port("pty:" + path());
        return out;
    }
    static LinkTiming timing() { return {.scale = 1 / bench_speed}; }
    /// Runs link and sign until `reached`, at most ten seconds of real time.
    bool until(const std::function<bool()>& reached) {
        using namespace std::chrono_literals;
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        while (!reached()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            io.restart();
            io.run_one_for(200us);
            sign.pump(std::chrono::steady_clock::now());
        }
        return true;
    }
    bool shows(const std::string& text) {
        return until([&] { return shown() == text; });
    }
    std::string shown() const { return text_of(sign.sign().glass().page); }

    baytime::support::TempDir dir;
    boost::asio::io_context io{1};
    sim::PtySign sign;
};

}  // namespace support
