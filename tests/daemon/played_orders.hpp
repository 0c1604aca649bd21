// Random orders played from the desk to the call-back, and each as the row that a dealer system would write of it.
#pragma once

#include "board/reports/order_values.hpp"
#include "tests/daemon/filed_house.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace baytime::support {

using std::chrono::minutes;

/// Plays orders from the desk to the call-back, one after the other, at instants close to what decides.
class Player {
public:
    Player(FiledHouse& house, std::uint32_t seed) : house_(house), random_(seed) {}

    void play(int number) {
        order_ = "R" + std::to_string(1000 + number);
        pass(5, 300);
        come();
        work();
        on_the_way();
        finish();
        hand_over();
        afterwards();
        orders_.push_back(order_);
    }
    const std::vector<std::string>& orders() const { return orders_; }

private:
    int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint32_t>(limit)); }
    bool one_in(int chance) { return below(chance) == 0; }
    template <class T>
    T of(std::initializer_list<T> list) {
        return *(list.begin() + below(static_cast<int>(list.size())));
    }
    void pass(int least, int most) {
        house_.now += minutes{least + below(most - least + 1)} + std::chrono::milliseconds{below(60'000)};
    }
    const Job& job() const { return house_.job(order_); }
    Instant promise() const { return *job().promise; }

    void come() {
        const Instant due = minute_of(house_.now) + minutes{20 + below(200)};
        Receive car{.order = order_, .waiting = one_in(4)};
        if (one_in(8)) {
            house_.must("301", Book{.order = order_,
                                    .plate = "沪A1" + std::to_string(1000 + below(9000)),
                                    .model = "朗逸",
                                    .type = RepairType::maintenance,
                                    .appointment = house_.now + minutes{10},
                                    .promise = due});
            pass(1, 12);
        } else {
            car.plate = "沪A1" + std::to_string(1000 + below(9000));
            car.model = "朗逸";
            car.type = of({RepairType::maintenance, RepairType::repair, RepairType::accident, RepairType::warranty});
            car.promise = due;
            if (!orders_.empty() && one_in(9))
                car.return_of = orders_[static_cast<std::size_t>(below(static_cast<int>(orders_.size())))];
        }
        house_.must(of({"301", "302"}), car);
        // A flag on a promise that is mended in its first ten minutes.
        if (one_in(10)) flag();
        if (one_in(6)) house_.say("301", Correct{.order = order_, .promise = due + minutes{below(90) - 30}});
    }

    void work() {
        pass(0, 3);
        house_.must("201", Assign{.order = order_, .bay = "1", .technician = "101"});
        house_.must("101", Start{.order = order_});
        for (const char* other : {"102", "103"}) {
            if (one_in(3)) house_.must(other, Start{.order = order_});
        }
    }

    void flag() {
        FlagDelay delay{.order = order_,
                        .reason = of({DelayReason::parts, DelayReason::added_work, DelayReason::diagnosis,
                                      DelayReason::labour, DelayReason::rework, DelayReason::customer})};
        if (one_in(2)) {
            delay.minutes = MinuteCount{1 + below(90)};
        } else {
            delay.to = std::max(house_.now, promise()) + minutes{1 + below(120)};
        }
        house_.say("101", delay);
    }

    /// Now and then to the very second at which a notice or a promise turns.
    void wait() {
        const auto notice = house_.settings->shop.delay_notice;
        const Instant edge = minute_of(promise()) - (one_in(2) ? notice : minutes{0}) + minutes{below(3) - 1};
        if (one_in(2) && edge > house_.now) {
            house_.now = edge + std::chrono::seconds{below(60)};
        } else {
            pass(1, 60);
        }
    }

    void more_work() {
        house_.must("101", AddWork{.order = order_, .name = "增项" + std::to_string(below(1000)), .minutes = {30}});
        const auto item = static_cast<int>(job().items.size());
        house_.must("301", GiveConsent{.order = order_, .item = item, .declined = one_in(5), .who = "王先生"});
    }

    /// Too late for the promise in force, and in time for the one that comes of it.
    void flag_and_move() {
        const Instant late = promise() - minutes{2 + below(25)};
        if (late <= house_.now) return;
        house_.now = late;
        flag();
        house_.now += minutes{1};
        more_work();
        house_.say("301", Repromise{.order = order_,
                                    .to = promise() + minutes{20 + below(90)},
                                    .reason = DelayReason::added_work,
                                    .who = "王先生"});
    }

    void on_the_way() {
        if (one_in(3)) flag_and_move();
        for (int n = below(6); n > 0; --n) {
            wait();
            const auto to = std::max(house_.now, promise()) + minutes{1 + below(120)};
            switch (below(6)) {
                case 0:
                case 1: flag(); break;
                case 2:
                case 3:
                    more_work();
                    if (one_in(3)) pass(0, 40);
                    house_.say("301", Repromise{.order = order_,
                                                .to = one_in(8) ? house_.now + minutes{5} : to,
                                                .reason = DelayReason::added_work,
                                                .who = "王先生"});
                    break;
                case 4:
                    // One that may not count.
                    house_.say("301", Repromise{.order = order_,
                                                .to = to,
                                                .reason = of({DelayReason::parts, DelayReason::added_work}),
                                                .who = "王先生"});
                    break;
                default: house_.say("101", Estimate{.order = order_, .to = to});
            }
        }
    }

    void finish() {
        // The hand-over is close to the promise, where the minute decides, or anywhere.
        const Instant wanted =
            minute_of(promise()) + (one_in(2) ? minutes{below(3) - 1} : minutes{below(200) - 100}) - minutes{1};
        house_.now = std::max(house_.now + minutes{2}, wanted) + std::chrono::milliseconds{below(59'999)};
        house_.must("101", Finish{.order = order_});
        if (one_in(5)) {
            house_.must("402", Inspect{.order = order_, .failed = true, .reason = "漏油"});
            house_.must("102", Start{.order = order_});
            house_.must("102", Finish{.order = order_});
        }
        for (int level = 2; job().state == JobState::inspection; ++level) {
            REQUIRE(level <= 3);
            house_.must("402", Inspect{.order = order_, .passed = true});
            house_.now += minutes{2};  // the same verdict within a minute is a double press
        }
        if (one_in(6)) flag();
        house_.must("301", Ready{.order = order_});
        house_.now += minutes{1};
    }

    void hand_over() {
        if (one_in(7)) excuse();
        const auto amount = one_in(5) ? std::nullopt : std::optional(Amount{below(500'000)});
        house_.must("301", Deliver{.order = order_, .amount = amount});
        if (!one_in(15)) return;
        house_.now += std::chrono::seconds{20};
        house_.must("301", Undo{.order = order_});
        pass(1, 90);
        house_.must("301", Deliver{.order = order_, .amount = amount});
    }

    void excuse() { house_.say("301", GiveExcuse{.order = order_, .cause = "客户来晚", .signature = "S-" + order_}); }

    void afterwards() {
        pass(1, 60);
        if (one_in(7) && !job().excuse) excuse();
        if (one_in(2))
            house_.say("501", DecideExcuse{.order = order_,
                                           .decision = of({ExcuseDecision::accepted, ExcuseDecision::rejected})});
        if (one_in(3)) {
            pass(1, 20);
            house_.must("301", LogCallBack{.order = order_, .late = one_in(3)});
        }
        if (one_in(10)) house_.must("501", Correct{.order = order_, .amount = Amount{below(500'000)}});
        if (one_in(12)) house_.say("501", Correct{.order = order_, .advisor = "302", .type = RepairType::warranty});
    }

    FiledHouse& house_;
    std::mt19937 random_;
    std::string order_;
    std::vector<std::string> orders_;
};

inline const NewTime* first_that_counts(const Job& job) {
    const auto found = std::ranges::find_if(job.new_times, &NewTime::counts);
    return found == job.new_times.end() ? nullptr : &*found;
}

/// Columns in which a dealer system would tell this order; what has no column is left out.
inline std::string row_of(const Job& job) {
    const auto second = [](Instant at) { return protocol::iso_utc(std::chrono::floor<std::chrono::seconds>(at)); };
    std::set<std::string> people;
    for (const auto& one : job.clockings) people.insert(one.technician);
    std::string technicians;
    for (const auto& one : people) technicians += (technicians.empty() ? "" : "|") + one;
    std::string repromised, confirmed, reason;
    if (const auto* counts = first_that_counts(job)) {
        // Of several the first confirmation and the last time.
        repromised = second(*job.settlement->promise), confirmed = second(counts->at), reason = "added_work";
    } else if (!job.new_times.empty()) {
        repromised = second(job.new_times.back().to), confirmed = second(job.new_times.back().at), reason = "estimate";
    }
    std::string flagged, more, why;
    if (!job.delays.empty()) {
        const Delay& first = job.delays.front();
        Instant then = *job.original_promise;
        for (const auto& one : job.new_times) then = one.counts && one.at <= first.at ? one.to : then;
        const auto beyond = std::chrono::duration_cast<minutes>(minute_of(first.estimate) - minute_of(then)).count();
        flagged = second(first.at), why = name(first.reason);
        more = std::to_string(first.minutes > 0 ? first.minutes : std::max<std::int64_t>(0, beyond));
    }
    const bool called = job.call_back.has_value();
    const auto decision = job.excuse && job.excuse->decision ? name(*job.excuse->decision) : std::string{};
    const bool failed = std::ranges::any_of(job.inspections, [](const Inspection& one) { return !one.passed; });
    const std::vector<std::string> cells{job.order,
                                         job.plate,
                                         name(job.type),
                                         job.advisor,
                                         technicians,
                                         second(*job.arrived_at),
                                         second(*job.original_promise),
                                         repromised,
                                         confirmed,
                                         reason,
                                         second(job.settlement->settled_at),
                                         job.excuse ? job.excuse->signature : "",
                                         decision,
                                         !called               ? ""
                                         : job.call_back->late ? "late"
                                                               : "on_time",
                                         failed ? "1" : "0",
                                         job.return_of,
                                         job.settlement->amount ? reports::yuan(*job.settlement->amount) : "",
                                         flagged,
                                         more,
                                         why};
    std::string out;
    for (const auto& cell : cells) out += (out.empty() ? "" : ",") + cell;
    return out + "\n";
}

inline const std::string order_header =
    "order_no,plate,repair_type,advisor,technicians,received_at,promised_at,repromised_at,repromise_confirmed_at,"
    "repromise_reason,settled_at,customer_cause,excuse_decision,callback,inspection_failed,return_of,amount,"
    "delay_flagged_at,delay_minutes,delay_reason\n";

}  // namespace baytime::support
