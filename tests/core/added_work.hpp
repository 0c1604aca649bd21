// Added work that the customer agreed to: what a promise is moved for (rule §3).
#pragma once

#include "tests/core/workshop.hpp"

#include <catch2/catch.hpp>

namespace baytime::support {

/// Half an hour more, and the customer has said yes.
inline void add_work(Workshop& w, const std::string& order) {
    REQUIRE(w.say("101",
                  AddWork{.order = order, .name = "added " + std::to_string(w.commands), .minutes = MinuteCount{30}}) ==
            "ok");
    const auto item = static_cast<int>(w.job(order).items.size());
    REQUIRE(w.say("130", GiveConsent{.order = order, .item = item, .who = "王先生"}) == "ok");
}

}  // namespace baytime::support
