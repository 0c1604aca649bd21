#include "tests/soak/faults.hpp"

#include "tests/support/sign_faults.hpp"

#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

namespace baytime::soak {

namespace {

/// So many watchers that never read are kept at once.
constexpr std::size_t most_deaf = 6;

void pass(int milliseconds) {
    ::poll(nullptr, 0, milliseconds);
}

void say(int socket, const std::string& text) {
    ::send(socket, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

}  // namespace

Faults::~Faults() {
    for (const int socket : deaf_) ::close(socket);
}

void Faults::next(bool gently) {
    struct Fault {
        const char* name;
        int weight;
        bool gentle;
        void (Faults::*happen)();
    };
    static constexpr std::array faults = {
        Fault{"daemon killed", 3, false, &Faults::kill_daemon},
        Fault{"lounge killed", 2, false, &Faults::kill_lounge},
        Fault{"both killed", 1, false, &Faults::kill_both},
        Fault{"daemon restarted", 1, false, &Faults::restart_daemon},
        Fault{"sign line disturbed", 4, true, &Faults::pull_sign},
        Fault{"watcher that never reads", 3, true, &Faults::deaf_watcher},
        Fault{"client vanished", 4, true, &Faults::vanish},
        Fault{"full disk", 2, true, &Faults::full_disk},
        Fault{"no descriptors", 1, true, &Faults::no_descriptors},
        Fault{"daemon frozen", 1, true, &Faults::freeze_daemon},
        Fault{"backup", 3, true, &Faults::back_up},
        Fault{"reload", 1, true, &Faults::reload},
    };
    std::vector<double> weights;
    for (const auto& fault : faults) weights.push_back(gently && !fault.gentle ? 0 : fault.weight);
    const auto& chosen = faults[std::discrete_distribution<std::size_t>(weights.begin(), weights.end())(random_)];
    ++done_[chosen.name];
    (this->*chosen.happen)();
    pass(between(200, 1500));
}

void Faults::end() {
    for (const auto& sign : shop_.signs()) {
        for (const auto* calm : {"plug NAME", "silence NAME off", "bit-errors NAME 0", "slow NAME off"})
            shop_.control(support::control_of(calm, sign));
    }
    for (const int socket : deaf_) ::close(socket);
    deaf_.clear();
}

void Faults::limit(int resource, std::uint64_t most) const {
    rlimit now{};
    const auto which = static_cast<__rlimit_resource>(resource);
    if (::prlimit(shop_.daemon_id(), which, nullptr, &now) != 0) return;
    now.rlim_cur = std::min<rlim_t>(most, now.rlim_max);
    ::prlimit(shop_.daemon_id(), which, &now, nullptr);
}

void Faults::kill_daemon() {
    shop_.kill_daemon();
    pass(between(0, 500));
    shop_.start_daemon();
}

void Faults::kill_lounge() {
    shop_.kill_lounge();
    shop_.start_lounge();
}

void Faults::kill_both() {
    shop_.kill_daemon();
    shop_.kill_lounge();
    shop_.start_lounge();
    shop_.start_daemon();
}

void Faults::restart_daemon() {
    if (between(0, 1) == 1) shop_.ask("backup");  // it must not wait for the copy
    shop_.stop_daemon();
    shop_.start_daemon();
}

void Faults::pull_sign() {
    const auto& sign = shop_.signs()[static_cast<std::size_t>(between(0, static_cast<int>(shop_.signs().size()) - 1))];
    const auto& fault =
        support::line_faults[static_cast<std::size_t>(between(0, static_cast<int>(support::line_faults.size()) - 1))];
    shop_.control(support::control_of(fault.begin, sign));
    pass(between(500, 3000));
    if (!fault.end.empty()) shop_.control(support::control_of(fault.end, sign));
}

void Faults::deaf_watcher() {
    const int socket = bare_connection(shop_.port());
    if (socket < 0) return;
    say(socket, between(0, 1) == 0 ? "watch workshop\nwatch lounge\n" : "watch events since=0\nwatch workshop\n");
    deaf_.push_back(socket);
    if (deaf_.size() <= most_deaf) return;
    ::close(deaf_.front());
    deaf_.erase(deaf_.begin());
}

/// In the middle of a line, of an answer, or of nothing; with a reset or without.
void Faults::vanish() {
    const int socket = bare_connection(shop_.port());
    if (socket < 0) return;
    static constexpr std::array lines = {"",
                                         "receive K",
                                         "jobs\njobs\njobs\njobs\n",
                                         "{\"jsonrpc\":\"2.0\",\"id\":",
                                         "watch workshop\n",
                                         "history K1-1\nsupp"};
    say(socket, lines[static_cast<std::size_t>(between(0, static_cast<int>(lines.size()) - 1))]);
    const linger reset{.l_onoff = between(0, 1), .l_linger = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    ::close(socket);
}

/// No file may grow beyond a size that the journal has long passed.
void Faults::full_disk() {
    limit(RLIMIT_FSIZE, static_cast<std::uint64_t>(between(1, 64)) * 1024);
    pass(between(500, 2000));
    limit(RLIMIT_FSIZE, RLIM_INFINITY);
}

void Faults::no_descriptors() {
    limit(RLIMIT_NOFILE, static_cast<std::uint64_t>(between(8, 40)));
    if (between(0, 1) == 1) shop_.ask("backup");
    pass(between(500, 2000));
    constexpr std::uint64_t enough = 4096;
    limit(RLIMIT_NOFILE, enough);
}

void Faults::freeze_daemon() {
    ::kill(shop_.daemon_id(), SIGSTOP);
    pass(between(500, 3000));
    ::kill(shop_.daemon_id(), SIGCONT);
}

void Faults::back_up() {
    shop_.ask("backup");
}

void Faults::reload() {
    ::kill(shop_.daemon_id(), SIGHUP);
}

}  // namespace baytime::soak
