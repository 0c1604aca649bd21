// An order of another system as it stands now: what its row said, and what was said about it here since. The board
// holds none of them; who needs one reads its events. Pure.
#pragma once

#include "board/core/event.hpp"

namespace baytime {

/// Facts that are said of an imported order: the call-back, an excuse, the manager's word on it, a correction.
bool follows_import(const Fact& fact);

struct ImportedOrder {
    Imported row{};         ///< as it was imported
    Instant imported_at{};  ///< when
    Job job{};              ///< a delivered job, by the rules of live ones

    /// The row with what was said since.
    Imported now() const;
    /// What was said since names somebody, or may: a free text.
    bool has_words() const;
};

/// Rule §3: the promise that counts when the row's second one was agreed in time, for added work.
Instant effective_promise(Instant promise, const Imported& order);

/// The order of this event, which must hold `Imported`.
ImportedOrder imported(const Event& event);
/// Takes in an event about it; passes over those that do not follow an import.
void follow(ImportedOrder& order, const Event& event);

}  // namespace baytime
