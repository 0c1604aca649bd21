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
    const auto orders = journal_.imported_plates(normal_plate(forget->plate), Instant::max(), max_erased_of_plate);
    const auto now = std::max(clock_(), board_.newest);
    for (auto& event : erased_events(orders, board_.seq + events->size() + 1, ask.who, now))
        events->push_back(std::move(event));
}

bool Workshop::forget_old_names(std::chrono::days after) {
    if (!sound_) return false;
    const auto now = std::max(clock_(), board_.newest);
    Batch batch;
    try {
        if (to_erase_.empty()) to_erase_ = orders_to_erase(board_, journal_, now, after);
        const auto count = std::min(to_erase_.size(), max_erased_at_once);
        batch.events = erased_events(std::span(to_erase_).last(count), board_.seq + 1, system_person, now);
        to_erase_.resize(to_erase_.size() - count);
    } catch (const std::exception& failure) {
        log::error("names_kept", {{"why", failure.what()}});
        return false;
    }
    for (const auto& event : batch.events) apply(board_, event);
    const bool erased = commit(batch) && !batch.events.empty();
    if (erased) log::info("names_erased", {{"orders", batch.events.size()}});
    if (!erased) to_erase_.clear();  // looked up anew by the next call
    // The file is written anew once, when all of them are gone.
    const bool more = erased && (!to_erase_.empty() || batch.events.size() == max_erased_at_once);
    if (!more) scrub();
    return more;
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
