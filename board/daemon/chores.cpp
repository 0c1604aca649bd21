#include "board/daemon/chores.hpp"

#include "board/core/words.hpp"
#include "board/daemon/log.hpp"
#include "board/daemon/notify.hpp"

namespace baytime::daemon {

void Chores::mind_clock() {
    house_.clock.now();
    const auto doubt = house_.clock.trusted() ? ClockDoubt::none : house_.clock.guard().doubt();
    if (const auto ended = house_.clock.take_ended())
        house_.workshop.correct_time({.from = ended->from, .by = ended->correction});
    house_.workshop.doubt_time(doubt != ClockDoubt::none);
    if (doubt == doubt_) return;
    doubt_ = doubt;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(house_.clock.guard().difference()).count();
    if (doubt == ClockDoubt::none) {
        log::warn("clock_trusted");
        house_.work_waiting();  // hand-overs wait for their verdict
    } else {
        log::error("clock_untrusted", {{"why", name(doubt)},
                                       {"difference_seconds", seconds},
                                       {"meaning", "the shop's time goes on by itself; check the computer's clock"}});
    }
    house_.watchers.ping();
}

void Chores::arm_ping() {
    if (ping_armed_ || house_.watchers.count() == 0) return;
    ping_armed_ = true;
    house_.later(ping_every, [this] {
        ping_armed_ = false;
        mind_clock();
        house_.watchers.ping();
        arm_ping();
    });
}

void Chores::arm_watchdog() {
    const auto every = notify::watchdog_every();
    if (!every) return;
    notify::alive();
    house_.later(*every, [this] { arm_watchdog(); });
}

void Chores::begin_forgetting() {
    arm_forgetting();
    forget_old_names();
}

void Chores::forget_old_names() {
    if (house_.stopping) return;
    const bool more = house_.workshop.forget_old_names(house_.settings->erase_after);
    house_.work_waiting();
    if (more) house_.later(Steady::duration::zero(), [this] { forget_old_names(); });
}

void Chores::arm_forgetting() {
    house_.later(forget_check_every, [this] {
        if (house_.journal_gone) house_.journal_gone();
        forget_old_names();
        arm_forgetting();
    });
}

}  // namespace baytime::daemon
