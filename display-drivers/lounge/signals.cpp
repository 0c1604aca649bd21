// Signals through signalfd: nothing runs inside a handler.
#include "display-drivers/lounge/signals.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace baytime::lounge {

Signals::Signals() {
    sigset_t mask;
    sigemptyset(&mask);
    for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) sigaddset(&mask, signal);
    if (sigprocmask(SIG_BLOCK, &mask, nullptr) != 0) throw std::runtime_error("cannot block signals");
    descriptor_ = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC);
    if (descriptor_ < 0) throw std::runtime_error("cannot watch signals");
}

Signals::~Signals() {
    close(descriptor_);
}

SignalNews Signals::take() {
    SignalNews news;
    signalfd_siginfo info{};
    while (read(descriptor_, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        if (info.ssi_signo == SIGUSR1) {
            news.picture = true;
        } else {
            news.stop = true;
        }
    }
    return news;
}

}  // namespace baytime::lounge
