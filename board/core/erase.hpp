// Forgetting people: which members of facts and jobs say who somebody was. Names, plates, phones and what was written
// about a talk go; times, work, money and verdicts stay, so that no figure changes.
#pragma once

#include "board/core/event.hpp"
#include "board/core/job.hpp"

namespace baytime {

/// True when something was there to erase. Erasing twice is erasing once.
bool erase_person(Fact& fact);
bool erase_person(Job& job);
/// True when erase_person() would find something.
bool tells_person(const Job& job);

}  // namespace baytime
