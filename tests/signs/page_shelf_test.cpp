// Which page is shown, and whose turn it is, on a clock of the test's own.
#include "display-drivers/signs/line_turns.hpp"

#include <catch2/catch.hpp>

using namespace baytime::signs;
using namespace std::chrono_literals;

namespace {

const Moment begin{1h};

TimedPage timed(const char* text, Urgency urgency, std::chrono::seconds hold, std::chrono::seconds life) {
    return {.page = page_of(text), .urgency = urgency, .held_until = begin + hold, .expires = begin + life};
}

std::string shown(const PageShelf& shelf, std::chrono::seconds after) {
    const auto* top = shelf.top(begin + after);
    return top == nullptr ? "" : text_of(top->page);
}

}  // namespace

TEST_CASE("a more urgent page shows for its hold time, then yields; an expired one is never shown", "[signs][shelf]") {
    PageShelf shelf;
    CHECK(shown(shelf, 0s).empty());
    shelf.put(timed("idle", Urgency::idle, 0s, 100s));
    shelf.put(timed("state", Urgency::state, 0s, 60s));
    shelf.put(timed("ready", Urgency::ready, 30s, 40s));
    shelf.put(timed("alert", Urgency::alert, 10s, 80s));
    struct Case {
        std::chrono::seconds after;
        std::string text;
        std::chrono::seconds next;
    };
    for (const Case& c : {Case{0s, "alert", 10s}, Case{9s, "alert", 10s}, Case{10s, "ready", 30s},
                          Case{30s, "state", 40s}, Case{60s, "idle", 80s}, Case{99s, "idle", 100s}}) {
        CAPTURE(c.after.count());
        CHECK(shown(shelf, c.after) == c.text);
        CHECK(shelf.next_change(begin + c.after) == begin + c.next);
    }
    CHECK(shown(shelf, 100s).empty());
    CHECK_FALSE(shelf.next_change(begin + 100s).has_value());
}

TEST_CASE("past its hold an urgent page is shown only when nothing else may be believed", "[signs][shelf]") {
    PageShelf shelf;
    shelf.put(timed("alert", Urgency::alert, 10s, 80s));
    CHECK(shown(shelf, 20s) == "alert");
    shelf.put(timed("state", Urgency::state, 0s, 60s));
    CHECK(shown(shelf, 20s) == "state");
    CHECK(shown(shelf, 60s) == "alert");
    shelf.clear(Urgency::alert);
    CHECK(shown(shelf, 60s).empty());
}

TEST_CASE("signs on a line take turns, alerts go first but cannot keep the line", "[signs][turns]") {
    LineTurns turns;
    const std::vector<Waiting> calm{{1, Urgency::state}, {2, Urgency::ready}, {3, Urgency::idle}};
    std::vector<std::uint64_t> order;
    for (int i = 0; i < 6; ++i) order.push_back(turns.take(calm));
    CHECK(order == std::vector<std::uint64_t>{1, 2, 3, 1, 2, 3});
    const std::vector<Waiting> urgent{{1, Urgency::state}, {2, Urgency::alert}};
    order.clear();
    for (int i = 0; i < 8; ++i) order.push_back(turns.take(urgent));
    CHECK(order == std::vector<std::uint64_t>{2, 2, 2, 1, 2, 2, 2, 1});
}
