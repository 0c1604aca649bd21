// Kept up event by event or made from nothing: the same predictions, the same things due.
#include "board/core/due_watch.hpp"
#include "board/core/quote.hpp"
#include "tests/core/random_day.hpp"
#include "tests/support/effort.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::support;
using namespace std::chrono_literals;

namespace {

constexpr int commands_per_seed = support::effort(4000);

/// A random day, with what follows its board.
struct Following : RandomDay {
    explicit Following(std::uint64_t seed, std::size_t prompt = prompt_jobs) : RandomDay(seed), predictor(prompt) {
        OpeningHours hours;
        for (std::size_t day = 1; day < 7; ++day) hours.weekdays[day] = {{8h, 12h}, {13h, 17h + 30min}};
        workshop.shop.calendar = Calendar(Zone{.offsets = {{.from = Instant{}, .east = 8h}}}, hours);
        workshop.shop.prediction.learn_after = 3;
    }

    Predictor predictor;
    DueWatch watch{};
};

/// Facts as lines, to compare them.
std::vector<std::string> lines_of(const Due& what) {
    std::vector<std::string> out;
    const auto time = [](Instant at) { return std::to_string(at.time_since_epoch().count()); };
    for (const auto& [order, fact] : what.facts) {
        std::string line = order;
        if (const auto* raised = std::get_if<AlertRaised>(&fact))
            line += " raise " + raised->alert + " " + name(raised->kind) + " " + time(raised->about) + " " +
                    time(raised->since) + " " + name(raised->whom) + " " + raised->person;
        if (const auto* on = std::get_if<AlertEscalated>(&fact))
            line += " pass on " + on->alert + " " + name(on->whom) + " " + on->person;
        if (const auto* closed = std::get_if<AlertClosed>(&fact)) line += " close " + closed->alert;
        out.push_back(std::move(line));
    }
    return out;
}

}  // namespace

TEST_CASE("§5 what is due is the same, followed event by event or asked of the whole board", "[due][model]") {
    for (const std::uint64_t seed : {5u, 13u, 34u}) {
        Following day(seed);
        auto& [shop, board, journal, now, commands, doubt, sentence] = day.workshop;
        std::size_t facts = 0, looked = 0, open = 0;
        for (int i = 0; i < commands_per_seed; ++i) {
            CAPTURE(seed, i);
            day.step();
            const auto& predictions = day.predictor.update(board, shop, now);
            const Due all = due(board, shop, finishes_of(predictions), now);
            const Due kept = day.watch.update(board, shop, day.predictor, now);
            REQUIRE(lines_of(kept) == lines_of(all));
            REQUIRE(kept.next == all.next);
            day.apply_all(kept);
            facts += kept.facts.size();
            looked += day.watch.looked_at();
            open += board.open.size();
        }
        CHECK(std::cmp_greater(facts, support::effort(500)));
        CHECK(looked < open);
    }
}

TEST_CASE("§5 on a board of more cars than are followed at once, every full minute sets predictions right",
          "[prediction][model]") {
    constexpr std::size_t few = 4;
    for (const std::uint64_t seed : {2u, 9u}) {
        Following day(seed, few);
        auto& [shop, board, journal, now, commands, doubt, sentence] = day.workshop;
        Instant before{};
        std::size_t minutes_seen = 0, between = 0;
        for (int i = 0; i < commands_per_seed; ++i) {
            CAPTURE(seed, i);
            day.step();
            const auto& kept = day.predictor.update(board, shop, now);
            const auto whole = predict(board, shop, now);
            const bool new_minute = minute_of(now) != before;
            before = minute_of(now);
            if (new_minute) {
                REQUIRE(kept == whole);
                ++minutes_seen;
                continue;
            }
            ++between;
            REQUIRE(kept.jobs.size() == whole.jobs.size());
            for (const auto& [order, one] : whole.jobs) {
                const auto* found = kept.find(order);
                REQUIRE(found != nullptr);
                CHECK(found->work.standard == one.work.standard);
                CHECK(found->ready >= kept.at);
            }
        }
        CHECK(std::cmp_greater(minutes_seen, support::effort(100)));
        CHECK(std::cmp_greater(between, support::effort(100)));
    }
}

TEST_CASE("§3 on a board of more cars than are followed at once a quote goes with the car before it", "[quote]") {
    Following day(6, 4);
    auto& [shop, board, journal, now, commands, doubt, sentence] = day.workshop;
    for (int i = 0; i < 9; ++i) day.workshop.receive("R" + std::to_string(100 + i));
    const Job guest{.order = "NEW", .type = RepairType::maintenance};
    CHECK(quote(board, shop, guest, now, &day.predictor).honest == quote(board, shop, guest, now).honest);
    day.predictor.update(board, shop, now);
    const auto kept = day.predictor.predictions();
    const auto whole = quote(board, shop, guest, now).prediction;
    const auto quick = quote(board, shop, guest, now, &day.predictor).prediction;
    CHECK(quick.work == whole.work);
    CHECK(quick.ready >= kept.at + 60min);
    CHECK(quick.ready <= whole.ready);
    CHECK(day.predictor.predictions() == kept);
    CHECK(day.predictor.recomputed() == 0);
    day.workshop.receive("R200");
    CHECK(quote(board, shop, guest, now, &day.predictor).prediction.ready >= kept.at + 60min);
    CHECK(day.predictor.predictions().jobs.size() == 10);
}

TEST_CASE("who comes too late for the trail of names looks at everything", "[trail]") {
    Trail trail;
    trail.add("first");
    const auto here = trail.end();
    std::vector<std::string> heard;
    const auto hear = [&heard](const std::string& name) { heard.push_back(name); };
    CHECK(trail.each_since(here, hear));
    CHECK(heard.empty());
    for (std::size_t i = 0; i < Trail::length; ++i) trail.add("R" + std::to_string(i));
    CHECK(trail.each_since(here, hear));
    REQUIRE(heard.size() == Trail::length);
    CHECK(heard.front() == "R0");
    trail.add("one too many");
    CHECK_FALSE(trail.each_since(here, hear));
    const auto now = trail.end();
    trail.lose();
    CHECK_FALSE(trail.each_since(now, hear));
    CHECK(trail.each_since(trail.end(), hear));
    CHECK_FALSE(trail.each_since(trail.end() + 1, hear));
    CHECK(heard.size() == Trail::length);
}
