#include "tests/bench/signs/one_sign.hpp"

#include "tests/bench/load.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace baytime::bench {

using namespace std::chrono_literals;

namespace {

/// How precisely what play() does besides comes in time.
constexpr auto look_again = 1ms;

std::string sign_toml(const support::HungSign& sign, const std::string& path, int baud) {
    return "[[sign]]\nname = \"" + sign.name + "\"\ndriver = \"" + sign.driver + "\"\nport = \"pty:" + path +
           "\"\nbaud = " + std::to_string(baud) + "\nbay = \"" + sign.bay + "\"\n" + sign.place + "[sign.text]\n" +
           sign.texts + (sign.options.empty() ? "" : "[sign.options]\n" + sign.options);
}

}  // namespace

OneSign::OneSign(support::HungSign sign, int baud)
    : settings_(settings_of(sign)),
      pty_(*signs::find_driver(settings_.driver), settings_.setup, (dir_.path() / "sign").string(), baud) {
    const auto path = (dir_.path() / "sign").string();
    daemon_.emplace(support::write_shop(dir_.path(), sign_toml(sign, path, baud), "port = 0",
                                        "port = 0\nrequests_per_second = 100000"));
    socket_ = connect_to(static_cast<std::uint16_t>(std::stoi(daemon_->port())));
    for (const char* line : {"receive 1 plate=沪A00001 model=M0 type=repair promise=+600 as=301",
                             "assign 1 bay=1 as=201", "start 1 as=101"})
        say(line);
    const auto end = Clock::now() + support::daemon_deadline;
    while (text_of(glass().page).empty() || text_of(glass().page) == "0") {
        if (Clock::now() > end) throw std::runtime_error("the sign " + sign.driver + " shows nothing");
        turn(Clock::now() + 10ms);
    }
}

OneSign::~OneSign() {
    if (socket_ >= 0) ::close(socket_);
}

OneSign::Turn OneSign::turn(Clock::time_point until) {
    const auto now = Clock::now();
    const bool busy = pty_.busy_until() > now;
    if (busy) until = std::min(until, pty_.busy_until());
    until = std::min(until, pty_.answer_at());
    const auto left = std::max(until - now, Clock::duration::zero());
    const timespec wait{.tv_sec = 0, .tv_nsec = std::min<long>(std::chrono::nanoseconds(left).count(), 999'999'999)};
    std::array<pollfd, 2> polled{pollfd{socket_, POLLIN, 0}, pollfd{busy ? -1 : pty_.fd(), POLLIN, 0}};
    ::ppoll(polled.data(), polled.size(), &wait, nullptr);
    Turn out{.bytes = (polled[1].revents & POLLIN) != 0};
    if ((polled[0].revents & POLLIN) != 0) {
        std::array<char, 65536> chunk{};
        const auto count = ::recv(socket_, chunk.data(), chunk.size(), 0);
        if (count <= 0) throw std::runtime_error("the daemon has hung up");
        replies_.append(chunk.data(), static_cast<std::size_t>(count));
        if (replies_.find("ERR ") != replies_.npos) throw std::runtime_error("refused: " + replies_);
        out.reply = replies_.find("OK") != replies_.npos;
    }
    pty_.pump(Clock::now());
    return out;
}

void OneSign::say(const std::string& line) {
    const auto text = line + "\n";
    replies_.clear();
    if (::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) < 0) throw std::runtime_error("the daemon has hung up");
}

OneSign::Moments OneSign::change(const std::string& line, const std::function<bool(const signs::Glass&)>& shown) {
    Moments out{.sent = Clock::now()};
    say(line);
    const auto end = out.sent + 10s;
    while (out.last_byte == Clock::time_point{} || out.acknowledged == Clock::time_point{}) {
        const auto seen = turn(end);
        const auto now = Clock::now();
        if (now > end) throw std::runtime_error(line + ": the glass has not changed: " + text_of(glass().page));
        if (seen.bytes && out.first_byte == Clock::time_point{}) out.first_byte = now;
        if (seen.reply && out.acknowledged == Clock::time_point{}) out.acknowledged = now;
        if (out.last_byte == Clock::time_point{} && shown(glass())) out.last_byte = pty_.busy_until();
    }
    return out;
}

void OneSign::play(Clock::duration time, const std::function<void()>& look) {
    for (const auto end = Clock::now() + time; Clock::now() < end;) {
        turn(std::min(end, Clock::now() + look_again));
        look();
    }
}

void OneSign::until_quiet(Clock::duration quiet) {
    auto since = Clock::now();
    while (Clock::now() - since < quiet) {
        if (turn(since + quiet).bytes || pty_.busy_until() > Clock::now()) since = Clock::now();
    }
}

}  // namespace baytime::bench
