// Watches views and keeps them up to date over broken connections: what `watch`, `top` and the workday player look at.
#pragma once

#include "board/cli/connection.hpp"
#include "board/cli/show.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace baytime::cli {

class Feed {
public:
    /// Called with the params of every `view` push, after it was put into the view.
    using Seen = std::function<void(const json::object& params)>;

    /// Connects at once; throws Trouble when nobody is there or the watch is refused.
    Feed(Settings settings, std::vector<std::string> views, Seen seen);

    /// From which sequence number on to begin a view; call before the first turn().
    void begin_since(const std::string& view, std::uint64_t seq) { seq_[view] = seq; }
    /// Waits at most `wait` for something on the connection or on `other` (a descriptor, or -1), and takes all there
    /// is. Reconnects with growing pauses. Throws Trouble when the daemon refuses for good.
    /// True when `other` can be read.
    bool turn(std::chrono::milliseconds wait, int other);

    bool connected() const { return connection_.has_value(); }
    /// Why there is no connection.
    const std::string& trouble() const { return trouble_; }
    /// The view as it stands; null before its first snapshot.
    const json::object* view(const std::string& name) const;
    /// The shop's time, told by the daemon and counted on at its speed. Nothing before the daemon told it.
    std::optional<Instant> now() const;
    /// The shop's time when the daemon was last heard of.
    Instant told_at() const { return told_; }
    double speed() const { return speed_; }
    Offset offset() const { return offset_; }

private:
    void connect();
    void lost(const std::string& sentence);
    void take_all();
    void take(const json::object& push);
    void read_clock(const json::object& params);
    void read_view(const json::object& params);

    Settings settings_;
    std::vector<std::string> names_;
    Seen seen_;
    std::optional<Connection> connection_;
    bool watching_ = false;
    std::string trouble_;
    BackOff back_off_;
    std::chrono::steady_clock::time_point next_try_{};
    std::map<std::string, json::object> views_;
    std::map<std::string, std::uint64_t> seq_;
    bool clock_known_ = false;
    Instant told_{};
    std::chrono::steady_clock::time_point told_when_{};
    double speed_ = 1;
    Offset offset_{};
};

}  // namespace baytime::cli
