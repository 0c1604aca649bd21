// A hundred thousand random commands against what must hold whatever people say.
#include "board/core/erase.hpp"
#include "board/core/verdict.hpp"
#include "tests/core/random_commands.hpp"
#include "tests/support/effort.hpp"

#include <catch2/catch.hpp>

#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <tuple>

using namespace baytime;
using namespace baytime::support;

namespace {

constexpr int commands_per_seed = effort(28000);
constexpr int replay_every = effort(2500);

/// Twelve bays and five teams.
Shop large_shop() {
    Shop shop = small_shop();
    shop.default_inspection_level = 3;
    for (int i = 4; i <= 12; ++i) shop.bays.push_back({.id = std::to_string(i), .label = std::to_string(i) + "号工位"});
    for (int i = 201; i <= 215; ++i) {
        shop.people.push_back({.id = std::to_string(i), .name = "P", .role = i % 5 ? Role::technician : Role::lead});
    }
    return shop;
}

/// What the board keeps beside its jobs so that nobody has to search.
std::string index_fault_of(const Board& board) {
    decltype(board.waiting) waiting;
    decltype(board.queues) queues;
    decltype(board.alerts_of) alerts_of;
    for (const auto& order : board.open) {
        const Job& job = board.jobs.at(order);
        if (job.state == JobState::waiting) waiting.emplace(dispatch_key(job), order);
        if (job.state == JobState::assigned && !job.parked) queues[job.bay].emplace(job.queue_place, order);
    }
    for (const auto& id : board.open_alerts) alerts_of[board.alerts.at(id).order].insert(id);
    if (waiting != board.waiting) return "waiting does not agree with the jobs";
    if (queues != board.queues) return "queues do not agree with the jobs";
    return alerts_of == board.alerts_of ? "" : "alerts_of does not agree with the alerts";
}

/// Why the board is wrong, or empty. Asks the jobs alone, so that the board's own indexes are checked too.
std::string fault_of(const Board& board, Instant now) {
    std::map<std::string, std::string, std::less<>> in_bay;
    std::map<std::string, std::string, std::less<>> clocked_on;
    for (const auto& order : board.open) {
        const Job& job = board.jobs.at(order);
        if (is_closed(job.state)) return order + " is closed but listed as open";
        if (holds_bay(job) && !in_bay.emplace(job.bay, order).second) return "two jobs in bay " + job.bay;
        if (clocked_minutes(job, now).count() < 0) return "negative minutes on " + order;
        bool anybody = false;
        for (const auto& stretch : job.clockings) {
            if (stretch.to && *stretch.to < stretch.from) return "a negative stretch on " + order;
            if (stretch.to) continue;
            anybody = true;
            if (!clocked_on.emplace(stretch.technician, order).second) return stretch.technician + " is on two jobs";
        }
        if (anybody != (job.state == JobState::in_progress)) return order + ": clocked on and state disagree";
        if (job.paused_for.has_value() != (job.state == JobState::paused)) return order + ": pause without reason";
        if (job.arrived_at && (!job.promise || !job.original_promise)) return order + " has no promise";
    }
    if (in_bay != board.in_bay) return "in_bay does not agree with the jobs";
    if (clocked_on != board.clocked_on) return "clocked_on does not agree with the jobs";
    return index_fault_of(board);
}

/// Rule §4, asked of every job on record: the stamp is of its moment, the ruling follows from what is on record now.
std::string verdict_fault_of(const Job& job) {
    if (job.settlement.has_value() != (job.state == JobState::delivered))
        return job.order + ": settled and not, at once";
    const auto ruling = ruling_of(job);
    if (!ruling) return {};
    const bool said_late = job.call_back && job.call_back->late;
    if (said_late && ruling->verdict != Verdict::late) return job.order + " was called late and is not";
    if (ruling->pending && ruling->verdict != Verdict::excused) return job.order + " is pending and not excused";
    const bool kept = keeps(job.settlement->settled_at, *job.settlement->promise);
    if (kept != (job.settlement->verdict == Verdict::on_time)) return job.order + " has a wrong stamp";
    if (!said_late && kept != (ruling->verdict == Verdict::on_time)) return job.order + " is ruled wrongly";
    return {};
}

/// What each command changed, as it was before: a second opinion on undo.
using Earlier = std::map<std::string, std::optional<Job>>;

class Model {
public:
    Model(std::uint64_t seed, Shop shop) : commands_(seed) { workshop_.shop = std::move(shop); }

    void step() {
        workshop_.now += commands_.pass();
        mind_alerts();
        const auto said = commands_.next(workshop_);
        const Request request{.command = said.command,
                              .who = said.who,
                              .at = said.at,
                              .received = workshop_.now,
                              .cause = std::to_string(++workshop_.commands)};
        const Decision decision = decide(workshop_.board, workshop_.shop, request);
        if (const auto* refused = std::get_if<Rejection>(&decision)) {
            ++refusals[token(refused->refusal)];
            REQUIRE_FALSE(refused->sentence.empty());
            return;
        }
        const auto& events = std::get<std::vector<Event>>(decision);
        if (events.empty()) return;
        ++successes[said.command.index()];
        take(events);
        const std::string fault = fault_of(workshop_.board, workshop_.now);
        if (!fault.empty()) FAIL(fault);
    }

    void check_replay() const {
        REQUIRE(workshop_.replayed() == workshop_.board);
        for (const auto& [order, job] : workshop_.board.jobs) {
            const std::string fault = verdict_fault_of(job);
            if (!fault.empty()) FAIL(fault);
        }
    }

    std::map<std::size_t, int> successes{};
    std::map<std::string, int> refusals{};
    std::map<std::string, int> alerts{};

private:
    /// What the daemon does by itself. The same alert is never raised twice, and what is due leaves nothing due.
    void mind_alerts() {
        const auto finishes = finishes_now();
        const auto before = workshop_.journal.size();
        workshop_.mind_alerts(finishes);
        for (auto i = before; i < workshop_.journal.size(); ++i) {
            const Event& event = workshop_.journal[i];
            const auto* raised = std::get_if<AlertRaised>(&event.fact);
            if (!raised) continue;
            ++alerts[name(raised->kind)];
            REQUIRE(raised_.insert(raised->alert).second);
            if (is_once(raised->kind)) REQUIRE(asked_.emplace(raised->kind, event.order, raised->about).second);
        }
        const auto again = due(workshop_.board, workshop_.shop, finishes, workshop_.now);
        REQUIRE(again.facts.empty());
        if (again.next) REQUIRE(*again.next > workshop_.now);
        REQUIRE(alerts_are_true());
    }

    bool alerts_are_true() const {
        return std::ranges::all_of(workshop_.board.open_alerts, [this](const std::string& id) {
            const auto& alert = workshop_.board.alerts.at(id);
            return workshop_.board.open.contains(alert.order) && !alert.closed_at;
        });
    }

    /// Some jobs are predicted late, some in time, some not at all.
    Finishes finishes_now() const {
        Finishes out;
        for (const auto& order : workshop_.board.open) {
            const Job& job = workshop_.board.jobs.at(order);
            if (job.first_seq % 3 == 0 || !job.promise) continue;
            out.ready.emplace(order, *job.promise + minutes(job.paused_for || job.first_seq % 3 == 1 ? 10 : -10));
        }
        return out;
    }

    void take(const std::vector<Event>& events) {
        Earlier& earlier = earlier_[events.front().seq];
        for (const Event& event : events) {
            const Job* job = workshop_.board.find(event.order);
            earlier.try_emplace(event.order, job ? std::optional<Job>(*job) : std::nullopt);
        }
        for (const Event& event : events) {
            apply(workshop_.board, event);
            workshop_.journal.push_back(event);
        }
        if (const auto* undone = std::get_if<Undone>(&events.front().fact)) check_undone(earlier_.at(undone->first));
        while (earlier_.size() > 500) earlier_.erase(earlier_.begin());
    }

    void check_undone(const Earlier& earlier) const {
        for (const auto& [order, before] : earlier) {
            const Job* now = workshop_.board.find(order);
            REQUIRE((now != nullptr) == before.has_value());
            if (!now) continue;
            Job restored = *now;
            restored.last_seq = before->last_seq;
            Job expected = *before;
            if (!tells_person(restored)) erase_person(expected);  // forgotten in between: an undo brings no name back
            REQUIRE(restored == expected);
        }
    }

    Workshop workshop_{};
    RandomCommands commands_;
    std::map<std::uint64_t, Earlier> earlier_{};
    std::set<std::string> raised_{};
    std::set<std::tuple<AlertKind, std::string, Instant>> asked_{};
};

}  // namespace

TEST_CASE("whatever people say, the board stays true", "[model]") {
    std::map<std::size_t, int> successes;
    std::map<std::string, int> refusals, alerts;
    for (const std::uint64_t seed : {1u, 2u, 3u, 20261121u, 77u}) {
        CAPTURE(seed);
        Model model(seed, seed % 2 ? small_shop() : large_shop());
        for (int i = 1; i <= commands_per_seed; ++i) {
            CAPTURE(i);
            model.step();
            if (i % replay_every == 0) model.check_replay();
        }
        for (const auto& [verb, count] : model.successes) successes[verb] += count;
        for (const auto& [refusal, count] : model.refusals) refusals[refusal] += count;
        for (const auto& [kind, count] : model.alerts) alerts[kind] += count;
    }
    // A test that never got anywhere would prove nothing: every verb must have worked, every refusal been met.
    for (std::size_t verb = 0; verb < std::variant_size_v<Command>; ++verb) {
        CAPTURE(verb);
        CHECK(successes[verb] >= effort(100));
    }
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Refusal>>([&](auto refusal) {
        CAPTURE(refusal.name);
        CHECK(refusals[token(refusal.value)] >= 1);
    });
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<AlertKind>>([&](auto kind) {
        CAPTURE(kind.name);
        CHECK(alerts[kind.name] >= effort(100));
    });
    if (std::getenv("BAYTIME_COUNTS") != nullptr) {
        for (const auto& [verb, count] : successes) std::cout << "verb " << verb << ": " << count << "\n";
        for (const auto& [kind, count] : alerts) std::cout << kind << ": " << count << "\n";
        for (const auto& [refusal, count] : refusals) std::cout << refusal << ": " << count << "\n";
    }
}
