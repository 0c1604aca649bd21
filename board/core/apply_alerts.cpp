// What facts do that change no step of a job: alerts, who has read the daily table, and forgetting names.
#include "board/core/apply_facts.hpp"
#include "board/core/erase.hpp"

namespace baytime {

namespace {

struct Beside {
    Board& board;
    const Event& event;

    void operator()(const DayConfirmed& fact) const { board.days_read[fact.day].insert_or_assign(event.who, event.at); }

    void operator()(const AlertRaised& fact) const {
        board.alerts.insert_or_assign(fact.alert, RaisedAlert{.id = fact.alert,
                                                              .order = event.order,
                                                              .kind = fact.kind,
                                                              .about = fact.about,
                                                              .since = fact.since,
                                                              .whom = fact.whom,
                                                              .person = fact.person,
                                                              .asked_at = event.at});
        board.open_alerts.insert(fact.alert);
        board.alerts_of[event.order].insert(fact.alert);
    }

    void operator()(const AlertEscalated& fact) const {
        const auto found = board.alerts.find(fact.alert);
        if (found == board.alerts.end()) return;
        found->second.whom = fact.whom;
        found->second.person = fact.person;
        found->second.asked_at = event.at;
        ++found->second.step;
    }

    void operator()(const AlertAcknowledged& fact) const {
        const auto found = board.alerts.find(fact.alert);
        if (found == board.alerts.end()) return;
        found->second.acknowledged_at = event.at;
        found->second.acknowledged_by = event.who;
        found->second.answer = fact.answer;
    }

    void operator()(const AlertClosed& fact) const {
        const auto found = board.alerts.find(fact.alert);
        if (found == board.alerts.end()) return;
        found->second.closed_at = event.at;
        board.open_alerts.erase(fact.alert);
        const auto standing = board.alerts_of.find(found->second.order);
        if (standing == board.alerts_of.end()) return;
        standing->second.erase(fact.alert);
        if (standing->second.empty()) board.alerts_of.erase(standing);
    }

    /// A closed order of another system: part of the record and of the reports, nothing that the board shows.
    void operator()(const Imported&) const {}

    /// Also from what an undo would bring back.
    void operator()(const Erased&) const {
        if (const auto found = board.jobs.find(event.order); found != board.jobs.end()) erase_person(found->second);
        for (auto& [first, before] : board.before) {
            const auto saved = before.jobs.find(event.order);
            if (saved != before.jobs.end() && saved->second) erase_person(*saved->second);
        }
    }

    template <class F>
    void operator()(const F&) const {
        static_assert(!beside_jobs<F>, "a fact beside the jobs needs its own overload");
    }
};

}  // namespace

bool about_job(const Fact& fact) {
    return std::visit([]<class F>(const F&) { return !beside_jobs<F>; }, fact);
}

void put_beside(Board& board, const Event& event) {
    std::visit(Beside{board, event}, event.fact);
}

}  // namespace baytime
