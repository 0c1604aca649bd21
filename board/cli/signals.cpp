#include "board/cli/signals.hpp"

#include <csignal>
#include <initializer_list>

namespace baytime::cli {
namespace {

volatile std::sig_atomic_t stop = 0;
volatile std::sig_atomic_t resized = 0;

void on_signal(int number) {
    if (number == SIGWINCH) {
        resized = 1;
    } else {
        stop = 1;
    }
}

}  // namespace

void catch_signals() {
    struct sigaction action {};
    action.sa_handler = on_signal;  // no SA_RESTART: poll() must wake up
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGWINCH}) sigaction(number, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

bool asked_to_stop() {
    return stop != 0;
}

bool take_resized() {
    const bool was = resized != 0;
    resized = 0;
    return was;
}

}  // namespace baytime::cli
