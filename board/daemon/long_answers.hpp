// The queue for answers that take long: one at a time, by turns of the devices that ask, and between two of them
// everybody else is heard.
#pragma once

#include "board/daemon/pace.hpp"
#include "protocol/verbs.hpp"

#include <deque>
#include <functional>
#include <map>
#include <string>

namespace baytime::daemon {

struct House;

bool takes_long(const protocol::Verb& verb);

/// Everything happens by House::later; where nobody can call back, nobody waits either.
class LongAnswers {
public:
    using Go = std::function<void()>;
    /// Whether one may be made now, without a place in the queue.
    bool free(const House& house) const;
    /// `go` is called once, when the turn has come; then it may make one. `asker`: those of the same name share their
    /// turns. A connection waits in one place at a time.
    void wait_turn(House& house, const std::string& asker, Go go);
    /// One was made, begun at `begin`.
    void made(House& house, Steady::time_point begin);

private:
    void look_later(House& house, Steady::duration wait);
    void look(House& house);
    void next();

    Pace pace_;
    std::map<std::string, std::deque<Go>> waiting_;  ///< by asker: no more than there are connections
    std::string last_;                               ///< whose turn it was last
    bool looks_ = false;                             ///< look() is going to be called
    bool gave_way_ = false;                          ///< to the commands that waited when the turn had come
};

}  // namespace baytime::daemon
