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
#include <fstream>
#include <stdexcept>

namespace baytime::signs::sim {

namespace {

constexpr std::size_t chunk_bytes = 8;  ///< about as fine as a process can sleep at 9600 baud
constexpr int bits_per_byte = 10;

struct Speed {
    int baud;
    speed_t code;
};
constexpr Speed speeds[] = {{1200, B1200},   {2400, B2400},   {4800, B4800},   {9600, B9600},
                            {19200, B19200}, {38400, B38400}, {57600, B57600}, {115200, B115200}};

/// Bits read at another speed than they were sent: about as many bytes, and none of them right.
void nonsense(Bytes& bytes) {
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>((unsigned{byte} << 1U) ^ 0xE7U);
}

/// How long this thread has waited for a processor so far, as the kernel counts it (proc(5), schedstat, second field);
/// nothing where it keeps no count.
Moment::duration waited_for_processor() {
    std::ifstream counts("/proc/thread-self/schedstat");
    std::int64_t ran = 0, waited = 0;
    counts >> ran >> waited;
    return std::chrono::nanoseconds(waited);
}

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what + ": " + std::strerror(errno));
}

Setup at_speed(Setup setup, int baud) {
    setup.baud = baud;
    return setup;
}

}  // namespace

PtySign::PtySign(const Driver& driver, Setup setup, std::string link, int baud, double speed)
    : link_(std::move(link)), baud_(baud), speed_(speed), begin_(std::chrono::steady_clock::now()) {
    add(driver, std::move(setup));
    plug();
}

void PtySign::add(const Driver& driver, Setup setup) {
    Seat seat{.setup = at_speed(std::move(setup), baud_), .sign = nullptr};
    seat.sign = driver.simulate(seat.setup);
    seats_.push_back(std::move(seat));
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
    answers_.clear();
}

void PtySign::pump(Moment now) {
    answer_due(now);
    look(now);
    if (!plugged() || now < busy_until_) return;
    // Looked at late, a line has carried more than one chunk: catch up, or the next frame would seem to follow at once.
    do take_chunk(now);
    while (rest_waits_ && now >= busy_until_);
}

/// A sign has a processor of its own; on a busy machine this program gets one late. Bytes came by as much earlier, or a
/// frame read late would seem to leave the next one no pause.
void PtySign::look(Moment now) {
    const auto waited = waited_for_processor();
    late_ = std::clamp(waited - waited_, Moment::duration::zero(), now - looked_);
    waited_ = waited;
    looked_ = now;
}

void PtySign::take_chunk(Moment now) {
    int waiting = 0;
    if (::ioctl(master_, FIONREAD, &waiting) == 0) {
        most_waiting_ = std::max(most_waiting_, static_cast<std::size_t>(std::max(0, waiting)));
    }
    std::array<std::uint8_t, chunk_bytes> bytes{};
    const auto count = ::read(master_, bytes.data(), bytes.size());
    if (count <= 0) {
        rest_waits_ = false;
        for (Seat& seat : seats_) seat.sign->receive({}, sign_time(now));
        return;
    }
    const auto line_time = std::chrono::duration<double>(static_cast<double>(count) * bits_per_byte / (baud_ * speed_));
    // Bytes that were already waiting have followed the ones before without a gap, however late we look.
    const bool begins = !rest_waits_;
    const Moment from = rest_waits_ ? busy_until_ : std::max(now - late_, busy_until_);
    // Asked anew: more may have come between the first look and the read.
    rest_waits_ = ::ioctl(master_, FIONREAD, &waiting) == 0 && waiting > 0;
    busy_until_ = from + std::chrono::duration_cast<Moment::duration>(line_time);
    deliver(std::span(bytes).first(static_cast<std::size_t>(count)), begins, from, now);
}

Moment PtySign::sign_time(Moment real) const {
    return begin_ + std::chrono::duration_cast<Moment::duration>((real - begin_) * speed_);
}

/// Every sign on the line hears everything.
void PtySign::deliver(std::span<const std::uint8_t> bytes, bool begins, Moment from, Moment arrived) {
    const bool wrong = wrong_speed();
    for (Seat& seat : seats_) {
        Bytes heard = seat.faults.arriving(bytes, begins);
        if (wrong) nonsense(heard);
        Bytes reply = seat.faults.answered(seat.sign->receive(heard, sign_time(from)));
        if (wrong) nonsense(reply);
        const auto kept = std::chrono::duration_cast<Moment::duration>(slow_answer / speed_);
        if (reply.empty()) continue;
        if (seat.faults.slow()) {
            answers_.push_back({arrived + kept, std::move(reply)});
        } else {
            write(std::move(reply));
        }
    }
}

void PtySign::answer_due(Moment now) {
    while (!answers_.empty() && answers_.front().at <= now) {
        write(std::move(answers_.front().bytes));
        answers_.pop_front();
    }
}

void PtySign::write(Bytes bytes) {
    if (plugged() && ::write(master_, bytes.data(), bytes.size()) < 0) return;  // nobody listens
}

void PtySign::refuse(int frames, std::size_t place) {
    Seat& seat = seats_.at(place);
    if (!seat.sign->refuse_next(frames)) seat.faults.spoil(frames);
}

void PtySign::garbage() {
    const Bytes noise = seats_.front().faults.noise();
    const Moment now = std::chrono::steady_clock::now();
    for (Seat& seat : seats_) seat.sign->receive(noise, sign_time(now));
    write(noise);
}

bool PtySign::wrong_speed() const {
    termios line{};
    if (!minds_speed_ || ::tcgetattr(master_, &line) != 0) return false;
    const auto* const speed = std::ranges::find(speeds, ::cfgetospeed(&line), &Speed::code);
    return speed != std::end(speeds) && speed->baud != baud_;
}

}  // namespace baytime::signs::sim
