// Who watches which view. What changed of a view is found and written once per turn, however many watch it; a slow
// watcher gets the newest state, never an ever longer queue. Knows no socket.
#pragma once

#include "board/daemon/live_view.hpp"
#include "board/daemon/outbox.hpp"
#include "board/daemon/shop_clock.hpp"
#include "board/daemon/view_json.hpp"
#include "board/daemon/workshop.hpp"

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace baytime::daemon {

/// Most views one connection may watch at a time.
inline constexpr std::size_t max_views_per_watcher = 16;
/// Events pushed to one watcher of `events` in one go; the rest follows when they are written.
inline constexpr std::size_t max_events_per_push = 256;

class Watchers {
public:
    Watchers(Workshop& workshop, ShopClock& clock);

    enum class Start { watching, already, unknown_view, unknown_bay, too_many };
    /// Pushes what the watcher has missed since `since`: a snapshot, or that nothing changed, or the events after it.
    Start watch(const std::shared_ptr<Outbox>& outbox, const std::string& view, std::optional<std::uint64_t> since,
                bool json);
    /// False when it was not watched.
    bool unwatch(const std::shared_ptr<Outbox>& outbox, const std::string& view);
    /// Another device speaks through this connection: it goes on watching only what that one may see.
    void unwatch_unless(const std::shared_ptr<Outbox>& outbox, const std::function<bool(const std::string&)>& may_see);

    /// After a turn, a reload or the passing of time: tells every watcher what changed.
    void refresh();
    /// The outbox of a slow watcher has been written: it gets the newest state.
    void catch_up(const std::shared_ptr<Outbox>& outbox);
    void ping();
    /// The daemon stops: everyone is told.
    void farewell();

    /// When refresh() has to be called although no command came; nothing when nobody watches.
    std::optional<Instant> next_change();
    std::size_t count() const;

private:
    struct Watcher {
        std::weak_ptr<Outbox> outbox;
        bool json = false;
        bool behind = false;
        std::uint64_t seen = 0;  ///< newest event pushed, for `events`
    };
    struct View {
        std::unique_ptr<LiveView> live;  ///< nothing for `events`, and before the first look
        std::uint64_t changed = 0;       ///< seq of the newest change
        bool by_time = true;             ///< that change came from the passing of time, so its seq alone proves nothing
        std::list<Watcher> watchers;
    };
    using Views = std::map<std::string, View, std::less<>>;

    /// Brings the view up to date and tells its watchers.
    void refresh_view(const std::string& name, View& view);
    void fall_behind(Watcher& watcher);
    void snapshot(const std::string& name, const View& view, Watcher& watcher);
    void send_events(Watcher& watcher);
    protocol::Push push_of(const std::string& view, const char* kind, protocol::json::value data);
    bool send(Watcher& watcher, const protocol::Push& push);
    void refresh_events(View& view);
    std::size_t views_of(const std::shared_ptr<Outbox>& outbox) const;
    void tell_all(const std::string& words, const std::string& json);

    Workshop& workshop_;
    ShopClock& clock_;
    Views views_;
};

}  // namespace baytime::daemon
