// Plays the day: at every step each car's next action, when it is due, by whoever would do it.
#pragma once

#include "board/cli/feed.hpp"
#include "deploy/workday/floor.hpp"
#include "deploy/workday/speaker.hpp"

#include <functional>
#include <set>
#include <string>

namespace baytime::workday {

struct Options {
    cli::Settings settings{};
    unsigned seed = 20261121;
    bool from_now = false;  ///< go on with the day that is on the board
    bool loop = false;
    bool verbose = false;
};

class Player {
public:
    /// Throws Trouble{no_connection} when there is no daemon.
    Player(Options options, GiveUp stop);

    /// Until the day is done (with `loop`: until told to stop). Calls `tick` a few times a second.
    void play(const std::function<void()>& tick);
    const Tally& tally() const { return speaker_.tally(); }
    int reconnects() const { return speaker_.reconnects(); }
    int delivered() const;
    int day() const { return day_; }

private:
    using Minutes = std::chrono::minutes;

    // player.cpp: the day
    void first_day();
    void begin_day(int number, Instant opening);
    void find_running_day();
    bool knows(const std::string& order);
    void resume(CarState& car);
    void catch_up();
    void look();
    bool day_is_over() const;
    void step(Instant now);
    void act(CarState& car);
    Instant arrival(const Visit& visit) const { return opening_ + Minutes(visit.arrives); }
    /// On a busy computer a fast day may have passed a promised time before the command arrives; these are the refusals
    /// of one that came too late. It is said again a little later.
    static constexpr const char* promise_overtaken = "promise-past";
    static constexpr const char* time_overtaken = "value-bad";
    bool say(CarState& car, Way way, Order order, const std::string& awaited = "");
    void wait(CarState& car, int least, int most);

    // desk.cpp: the customer's side
    void not_here_yet(CarState& car);
    void book(CarState& car);
    void receive(CarState& car);
    void waiting(CarState& car);
    void hand_over(CarState& car);
    void excuse(CarState& car);
    void call_back(CarState& car);
    void chores(CarState& car);
    void answer_added_work(CarState& car);
    bool repromise(CarState& car, int minutes, const std::string& reason);

    // questions.cpp: alerts
    void answer_questions();
    void answer(CarState& car, const Alert& alert);

    // hall.cpp: the workshop
    void dispatch();
    const BayRow* bay_for(const CarState& car) const;
    bool assign(CarState& car, const BayRow& bay, bool parked);
    void assigned(CarState& car);
    void start(CarState& car, const std::string& technician);
    void in_progress(CarState& car);
    bool trouble(CarState& car, int percent);
    void finish(CarState& car);
    void paused(CarState& car);
    void inspection(CarState& car);
    void washing(CarState& car);
    int minutes_done(const CarState& car) const;
    Way way_of(const std::string& bay) const;

    Options options_;
    GiveUp stop_;
    Speaker speaker_;
    cli::Feed feed_;
    std::uint64_t view_seq_ = 0;
    bool view_is_new_ = false;
    Floor floor_;
    std::vector<Visit> visits_;
    Instant opening_{};
    Instant now_{};  ///< the moment being played; before the real one while catching up
    bool catching_up_ = false;
    Instant foreman_due_{};
    std::set<std::string> answered_{};  ///< alerts
    int day_ = 0;
    int delivered_before_ = 0;  ///< on earlier days
};

}  // namespace baytime::workday
