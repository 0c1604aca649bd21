#include "tests/bench/signs/lcdd.hpp"

#include "tests/bench/load.hpp"
#include "tests/bench/peers.hpp"

#include <poll.h>
#include <pty.h>
#include <pwd.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace baytime::bench {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr const char* program = "/usr/sbin/LCDd";
/// What belongs to a change has come by then; with short frames LCDd is never quiet.
constexpr auto quiet_after_change = 300ms, longest_change = 600ms;

/// Where Debian keeps its drivers; empty when they are not installed.
std::string driver_path() {
    std::error_code none;
    for (const auto& folder : std::filesystem::directory_iterator("/usr/lib", none)) {
        const auto path = folder.path() / "lcdproc";
        if (std::filesystem::exists(path / "MtxOrb.so", none)) return path.string() + "/";
    }
    return {};
}

std::string own_name() {
    const auto* entry = ::getpwuid(::getuid());
    return entry == nullptr ? "root" : entry->pw_name;
}

}  // namespace

std::unique_ptr<Lcdd> Lcdd::start(const std::string& directory, std::chrono::microseconds frame) {
    const auto drivers = driver_path();
    if (!std::filesystem::exists(program) || drivers.empty()) return nullptr;
    std::filesystem::create_directories(directory);
    std::unique_ptr<Lcdd> out(new Lcdd);
    termios raw{};
    ::cfmakeraw(&raw);
    std::array<char, 256> name{};
    if (::openpty(&out->master_, &out->slave_, name.data(), &raw, nullptr) != 0)
        throw std::runtime_error("cannot make a pseudo-terminal");
    const auto port = free_port();
    const auto config = directory + "/LCDd.conf";
    std::ofstream(config) << "[server]\nDriverPath=" << drivers << "\nDriver=MtxOrb\nBind=127.0.0.1\nPort=" << port
                          << "\nReportLevel=1\nReportToSyslog=no\nForeground=yes\nServerScreen=no\nUser=" << own_name()
                          << "\nFrameInterval=" << frame.count() << "\n[MtxOrb]\nDevice=" << name.data()
                          << "\nSize=20x4\nSpeed=9600\nType=lcd\n";
    out->process_ = std::make_unique<support::Process>(std::vector<std::string>{program, "-c", config, "-f"},
                                                       std::vector<std::string>{}, directory + "/log");
    if (!await_port(port)) throw std::runtime_error("LCDd does not listen");
    out->socket_ = connect_to(port);
    for (const char* line :
         {"hello", "screen_add s", "screen_set s -priority alert -heartbeat off", "widget_add s t string"})
        out->command(line);
    out->take(quiet_after_change);
    return out;
}

Lcdd::~Lcdd() {
    for (const int fd : {socket_, master_, slave_}) {
        if (fd >= 0) ::close(fd);
    }
}

/// Says it and awaits the line that answers it.
std::string Lcdd::command(const std::string& line) {
    const auto text = line + "\n";
    std::string reply;
    if (::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) < 0) throw std::runtime_error("LCDd has hung up");
    while (reply.find("success") == reply.npos && reply.find("connect") == reply.npos) {
        std::array<char, 4096> chunk{};
        const auto count = ::recv(socket_, chunk.data(), chunk.size(), 0);
        if (count <= 0 || reply.find("huh?") != reply.npos) throw std::runtime_error("LCDd refuses " + line);
        reply.append(chunk.data(), static_cast<std::size_t>(count));
    }
    return reply;
}

/// What comes over the line until it is quiet, or until this text has come.
std::string Lcdd::take(std::chrono::milliseconds quiet, const std::string& until) {
    std::string out;
    const auto end = Clock::now() + (until.empty() ? longest_change : 5s);
    pollfd ready{master_, POLLIN, 0};
    while (Clock::now() < end && ::poll(&ready, 1, static_cast<int>(quiet.count())) > 0) {
        std::array<char, 4096> chunk{};
        const auto count = ::read(master_, chunk.data(), chunk.size());
        if (count <= 0) break;
        out.append(chunk.data(), static_cast<std::size_t>(count));
        if (!until.empty() && out.find(until) != out.npos) break;
    }
    return out;
}

Lcdd::Change Lcdd::change(const std::string& letters) {
    const auto text = "widget_set s t 1 1 {" + letters + "}\n";
    const auto begin = Clock::now();
    if (::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) < 0) throw std::runtime_error("LCDd has hung up");
    const auto first = take(2s, letters);
    const auto seen = Clock::now();
    if (first.find(letters) == first.npos) throw std::runtime_error("LCDd has not shown " + letters);
    const auto rest = take(quiet_after_change);
    return {.text_us = std::chrono::duration<double, std::micro>(seen - begin).count(),
            .bytes = static_cast<double>(first.size() + rest.size())};
}

}  // namespace baytime::bench
