// Everyone who speaks in the demo shop, each through an own connection; counts what was answered.
#pragma once

#include "board/core/time.hpp"
#include "deploy/workday/doors.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace baytime::workday {

/// Who speaks through which connection.
enum class Way { dispatch_desk, front_desk, office, words_terminal, crew_tablet, station_3, station_7 };

struct Tally {
    int acknowledged = 0;
    int refused = 0;  ///< refusals that belong to the play
    int errors = 0;   ///< refusals that do not
    std::string last_error;
};

class Speaker {
public:
    Speaker(const cli::Settings& settings, bool verbose, GiveUp give_up);

    /// `at`: when it happened, if that was earlier. `awaited`: a refusal with this token is part of the play.
    Answer say(Way way, Order order, std::optional<Instant> at, const std::string& awaited = "");
    const Tally& tally() const { return tally_; }
    int reconnects() const;

private:
    void count(const Order& order, const Answer& answer, const std::string& awaited);

    std::map<Way, std::unique_ptr<Door>> doors_;
    std::string run_;  ///< makes the keys of this run its own
    int spoken_ = 0;
    bool verbose_ = false;
    GiveUp give_up_;
    Tally tally_;
};

}  // namespace baytime::workday
