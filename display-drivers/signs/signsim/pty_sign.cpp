#include "display-drivers/signs/signsim/pty_sign.hpp"

#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

namespace baytime::signs::sim {

namespace {

constexpr std::size_t chunk_bytes = 8;  ///< about as fine as a process can sleep at 9600 baud
constexpr int bits_per_byte = 10;

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what + ": " + std::strerror(errno));
}

Setup at_speed(Setup setup, int baud) {
    setup.baud = baud;
    return setup;
}

}  // namespace

PtySign::PtySign(const Driver& driver, Setup setup, std::string link, int baud, double speed)
    : setup_(at_speed(std::move(setup), baud)),
      link_(std::move(link)),
      baud_(baud),
      speed_(speed),
      sign_(driver.simulate(setup_)),
      begin_(std::chrono::steady_clock::now()) {
    plug();
}

PtySign::~PtySign() {
    unplug();
}

void PtySign::plug() {
    if (plugged()) return;
    termios raw{};
    ::cfmakeraw(&raw);
    raw.c_cflag |= CREAD | CLOCAL;
    std::array<char, 256> name{};
    if (::openpty(&master_, &slave_, name.data(), &raw, nullptr) != 0) fail("cannot make a pseudo-terminal");
    for (const int fd : {master_, slave_}) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    ::fcntl(master_, F_SETFL, O_NONBLOCK);
    const std::string beside = link_ + ".new";
    ::unlink(beside.c_str());
    if (::symlink(name.data(), beside.c_str()) != 0) fail("cannot make the link " + link_);
    std::filesystem::rename(beside, link_);
}

void PtySign::unplug() {
    if (!plugged()) return;
    ::unlink(link_.c_str());
    // The slave side is kept open only so that a reader that closes and opens again is no hang-up for us.
    ::close(slave_);
    ::close(master_);
    master_ = slave_ = -1;
    rest_waits_ = false;
}

void PtySign::pump(Moment now) {
    if (!plugged() || now < busy_until_) return;
    // Looked at late, a line has carried more than one chunk: catch up, or the next frame would seem to follow at once.
    do take_chunk(now);
    while (rest_waits_ && now >= busy_until_);
}

void PtySign::take_chunk(Moment now) {
    int waiting = 0;
    if (::ioctl(master_, FIONREAD, &waiting) == 0) {
        most_waiting_ = std::max(most_waiting_, static_cast<std::size_t>(std::max(0, waiting)));
    }
    std::array<std::uint8_t, chunk_bytes> bytes{};
    const auto count = ::read(master_, bytes.data(), bytes.size());
    const auto sign_time = [&](Moment at) {
        return begin_ + std::chrono::duration_cast<Moment::duration>((at - begin_) * speed_);
    };
    if (count <= 0) {
        rest_waits_ = false;
        sign_->receive({}, sign_time(now));
        return;
    }
    const auto line_time = std::chrono::duration<double>(static_cast<double>(count) * bits_per_byte / (baud_ * speed_));
    // Bytes that were already waiting have followed the ones before without a gap, however late we look.
    const Moment from = rest_waits_ ? busy_until_ : now;
    // Asked anew: more may have come between the first look and the read.
    rest_waits_ = ::ioctl(master_, FIONREAD, &waiting) == 0 && waiting > 0;
    busy_until_ = from + std::chrono::duration_cast<Moment::duration>(line_time);
    const Bytes reply = sign_->receive(std::span(bytes).first(static_cast<std::size_t>(count)), sign_time(from));
    if (!reply.empty() && ::write(master_, reply.data(), reply.size()) < 0) return;  // nobody listens
}

}  // namespace baytime::signs::sim
