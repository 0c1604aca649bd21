// What the workshop forgets: see board/core/erase.hpp.
#include "board/core/plate.hpp"
#include "board/daemon/erasing.hpp"
#include "board/daemon/log.hpp"
#include "board/daemon/workshop.hpp"

namespace baytime::daemon {

void Workshop::add_imported(const Submission& ask, Decision& decision) {
    const auto* forget = std::get_if<Forget>(&ask.command);
    auto* events = std::get_if<std::vector<Event>>(&decision);
    if (forget == nullptr || events == nullptr) return;
    const auto orders = journal_.imported_plates(normal_plate(forget->plate), Instant::max(), max_erased_at_once);
    const auto now = std::max(clock_(), board_.newest);
    for (auto& event : erased_events(orders, board_.seq + events->size() + 1, ask.who, now))
        events->push_back(std::move(event));
}

void Workshop::forget_old_names(std::chrono::days after) {
    if (!sound_) return;
    const auto now = std::max(clock_(), board_.newest);
    Batch batch;
    try {
        batch.events = erased_events(orders_to_erase(board_, journal_, now, after), board_.seq + 1, system_person, now);
    } catch (const std::exception& failure) {
        log::error("names_kept", {{"why", failure.what()}});
        return;
    }
    for (const auto& event : batch.events) apply(board_, event);
    if (commit(batch) && !batch.events.empty()) log::info("names_erased", {{"orders", batch.events.size()}});
    scrub();
}

void Workshop::scrub() {
    if (!scrub_wanted_ || !sound_) return;
    try {
        journal_.scrub();
        scrub_wanted_ = false;
    } catch (const std::exception& failure) {
        log::warn("erased_names_still_in_file", {{"why", failure.what()}, {"meaning", "it is tried again"}});
    }
}

}  // namespace baytime::daemon
