// A simulated sign on a pseudo-terminal: carries bytes at the line rate, can be unplugged and powered off.
#pragma once

#include "display-drivers/signs/driver.hpp"

namespace baytime::signs::sim {

class PtySign {
public:
    /// `link` becomes a symlink to the slave side, atomically. `speed` > 1 makes line and sign that much faster.
    /// Throws std::runtime_error.
    PtySign(const Driver& driver, Setup setup, std::string link, int baud = 9600, double speed = 1.0);
    ~PtySign();
    PtySign(const PtySign&) = delete;
    PtySign& operator=(const PtySign&) = delete;

    void plug();
    void unplug();  ///< the link goes, and whoever has it open sees a hang-up; the sign keeps its power
    void power_cycle() { sign_->power_cycle(); }
    bool plugged() const { return master_ >= 0; }
    int fd() const { return master_; }  ///< for poll(); -1 while unplugged

    /// Takes what the line has carried by `now`. Not to be called again before busy_until().
    void pump(Moment now);
    Moment busy_until() const { return busy_until_; }
    const Sign& sign() const { return *sign_; }
    const Setup& setup() const { return setup_; }
    const std::string& link() const { return link_; }
    /// Most bytes that were found waiting on the line at once.
    std::size_t most_waiting() const { return most_waiting_; }

private:
    void take_chunk(Moment now);

    Setup setup_;
    std::string link_;
    int baud_;
    double speed_;
    std::unique_ptr<Sign> sign_;
    int master_ = -1, slave_ = -1;
    Moment begin_{}, busy_until_{};
    bool rest_waits_ = false;  ///< the last look left bytes on the line
    std::size_t most_waiting_ = 0;
};

}  // namespace baytime::signs::sim
