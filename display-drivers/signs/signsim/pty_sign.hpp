// One or more simulated signs on a pseudo-terminal: carries bytes at the line rate, can be unplugged and powered off.
#pragma once

#include "display-drivers/signs/signsim/faults.hpp"

#include <deque>

namespace baytime::signs::sim {

class PtySign {
public:
    /// `link` becomes a symlink to the slave side, atomically. `speed` > 1 makes line and sign that much faster.
    /// Throws std::runtime_error.
    PtySign(const Driver& driver, Setup setup, std::string link, int baud = 9600, double speed = 1.0);
    ~PtySign();
    PtySign(const PtySign&) = delete;
    PtySign& operator=(const PtySign&) = delete;

    /// Another sign on the same line.
    void add(const Driver& driver, Setup setup);
    /// From now on bytes sent at another speed than the line's arrive as nonsense, in both directions.
    void mind_speed() { minds_speed_ = true; }
    /// Somebody sets the signs to another speed.
    void turn_speed(int baud) { baud_ = baud; }

    void plug();
    void unplug();  ///< the link goes, and whoever has it open sees a hang-up; the sign keeps its power
    void power_cycle(std::size_t place = 0) { seats_.at(place).sign->power_cycle(); }
    /// The next frames for this sign are refused; where its protocol has no refusal they arrive with a bit flipped.
    void refuse(int frames, std::size_t place = 0);
    void garbage();  ///< noise on the line, in both directions
    Faults& faults(std::size_t place = 0) { return seats_.at(place).faults; }
    std::size_t signs() const { return seats_.size(); }
    bool plugged() const { return master_ >= 0; }
    int fd() const { return master_; }  ///< for poll(); -1 while unplugged

    /// Takes what the line has carried by `now`. Not to be called again before busy_until().
    void pump(Moment now);
    Moment busy_until() const { return busy_until_; }
    /// When there is something to do although nothing arrives: an answer that was kept back.
    Moment answer_at() const { return answers_.empty() ? Moment::max() : answers_.front().at; }
    const Sign& sign(std::size_t place = 0) const { return *seats_.at(place).sign; }
    const Setup& setup(std::size_t place = 0) const { return seats_.at(place).setup; }
    const std::string& link() const { return link_; }
    /// Most bytes that were found waiting on the line at once.
    std::size_t most_waiting() const { return most_waiting_; }

private:
    struct Seat {
        Setup setup{};
        std::unique_ptr<Sign> sign;
        Faults faults{};
    };
    struct Kept {
        Moment at{};
        Bytes bytes{};
    };
    void take_chunk(Moment now);
    void deliver(std::span<const std::uint8_t> bytes, bool begins, Moment from, Moment arrived);
    void answer_due(Moment now);
    void look(Moment now);
    void write(Bytes bytes);
    bool wrong_speed() const;
    Moment sign_time(Moment real) const;

    std::string link_;
    int baud_;
    double speed_;
    bool minds_speed_ = false;
    std::vector<Seat> seats_;
    std::deque<Kept> answers_;
    int master_ = -1, slave_ = -1;
    Moment begin_{}, busy_until_{}, looked_{};
    Moment::duration waited_{}, late_{};  ///< for a processor: in all, and between the last two looks
    bool rest_waits_ = false;             ///< the last look left bytes on the line
    std::size_t most_waiting_ = 0;
};

}  // namespace baytime::signs::sim
