#include "board/daemon/watchers.hpp"

#include "board/core/views.hpp"
#include "board/daemon/event_json.hpp"
#include "board/daemon/log.hpp"

#include <algorithm>
#include <set>

namespace baytime::daemon {

namespace json = boost::json;

namespace {

const std::string events_view = "events";

Text shared(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

/// A push in both spellings, each made when the first watcher needs it.
class Spelled {
public:
    explicit Spelled(const protocol::Push& push) : push_(push) {}
    const Text& in(bool json) {
        auto& text = json ? json_ : words_;
        if (!text) text = shared(json ? protocol::json_push(push_) : protocol::words_push(push_));
        return text;
    }

private:
    const protocol::Push& push_;
    Text words_, json_;
};

}  // namespace

Watchers::Watchers(Workshop& workshop, ShopClock& clock) : workshop_(workshop), clock_(clock) {}

protocol::Push Watchers::push_of(const std::string& view, const char* kind, json::value data) {
    return {.view = view, .kind = kind, .seq = workshop_.board().seq, .clock = clock_.json(), .data = std::move(data)};
}

bool Watchers::send(Watcher& watcher, const protocol::Push& push) {
    const auto outbox = watcher.outbox.lock();
    return outbox &&
           outbox->push(push.view, shared(watcher.json ? protocol::json_push(push) : protocol::words_push(push)));
}

std::size_t Watchers::views_of(const std::shared_ptr<Outbox>& outbox) const {
    std::size_t found = 0;
    for (const auto& [name, view] : views_)
        found += static_cast<std::size_t>(std::ranges::count_if(
            view.watchers, [&outbox](const Watcher& one) { return one.outbox.lock() == outbox; }));
    return found;
}

Watchers::Start Watchers::watch(const std::shared_ptr<Outbox>& outbox, const std::string& name,
                                std::optional<std::uint64_t> since, bool json) {
    if (name != events_view && !is_view(workshop_.shop(), name))
        return name.starts_with("bay:") ? Start::unknown_bay : Start::unknown_view;
    const bool again = unwatch(outbox, name);
    if (!again && views_of(outbox) >= max_views_per_watcher) return Start::too_many;
    auto& view = views_[name];
    auto& watcher = view.watchers.emplace_back(Watcher{.outbox = outbox, .json = json});
    const auto seq = workshop_.board().seq;
    if (name == events_view) {
        watcher.seen = std::min(since.value_or(seq), seq);
        send_events(watcher);
        return again ? Start::already : Start::watching;
    }
    watcher.behind = true;  // so that refreshing does not send a change before the snapshot
    refresh_view(name, view);
    watcher.behind = false;
    const bool current = since && *since <= seq && (view.by_time ? *since > view.changed : *since >= view.changed);
    if (current) {
        send(watcher, push_of(name, "current", nullptr));
    } else {
        snapshot(name, view, watcher);
    }
    return again ? Start::already : Start::watching;
}

bool Watchers::unwatch(const std::shared_ptr<Outbox>& outbox, const std::string& name) {
    const auto found = views_.find(name);
    if (found == views_.end()) return false;
    outbox->drop_pushes(name);
    return std::erase_if(found->second.watchers,
                         [&outbox](const Watcher& one) { return one.outbox.lock() == outbox; }) > 0;
}

void Watchers::unwatch_unless(const std::shared_ptr<Outbox>& outbox,
                              const std::function<bool(const std::string&)>& may_see) {
    for (const auto& [name, view] : views_) {
        if (!may_see(name)) unwatch(outbox, name);
    }
}

/// So that the end of every writing need not look through all watchers.
void Watchers::fall_behind(Watcher& watcher) {
    watcher.behind = true;
    if (const auto outbox = watcher.outbox.lock()) outbox->missed();
}

void Watchers::snapshot(const std::string& name, const View& view, Watcher& watcher) {
    watcher.behind = false;
    if (!send(watcher, push_of(name, "snapshot", view.live->whole()))) fall_behind(watcher);
}

void Watchers::refresh_view(const std::string& name, View& view) {
    const bool first = view.live == nullptr;
    if (first) view.live = LiveView::make(name);
    const auto now = clock_.now();
    if (shows_predictions(workshop_.shop(), name)) workshop_.predictions(now);
    auto change = view.live->look({workshop_.board(), workshop_.shop(), workshop_.predictor(), now});
    if (first) change.clear();
    if (change.empty() && !first) return;
    const auto seq = workshop_.board().seq;
    view.by_time = first || view.changed == seq;
    view.changed = seq;
    const auto push = push_of(name, "change", std::move(change));
    Spelled spelled(push);
    for (auto& watcher : view.watchers) {
        if (watcher.behind) continue;
        const auto outbox = watcher.outbox.lock();
        if (outbox && !outbox->push(name, spelled.in(watcher.json))) fall_behind(watcher);
    }
}

void Watchers::refresh() {
    if (!workshop_.sound()) return;
    for (auto& [name, view] : views_) {
        std::erase_if(view.watchers, [](const Watcher& one) { return one.outbox.expired(); });
        if (view.watchers.empty()) continue;
        if (name == events_view) {
            refresh_events(view);
        } else {
            refresh_view(name, view);
        }
    }
}

void Watchers::refresh_events(View& view) {
    for (auto& watcher : view.watchers) {
        if (!watcher.behind) send_events(watcher);
    }
}

void Watchers::send_events(Watcher& watcher) {
    watcher.behind = false;
    if (watcher.seen >= workshop_.board().seq) return;
    std::size_t sent = 0;
    const auto send_one = [&](const Event& event) {
        auto push = push_of(events_view, "event", event_json(event));
        push.seq = event.seq;
        if (sent++ >= max_events_per_push || !send(watcher, push)) {
            fall_behind(watcher);
            return false;
        }
        watcher.seen = event.seq;
        return true;
    };
    try {
        workshop_.journal().read(watcher.seen, send_one);
    } catch (const std::exception& failure) {
        fall_behind(watcher);  // tried again when its outbox has been written next
        log::error("events_unreadable", {{"after", watcher.seen}, {"why", failure.what()}});
    }
}

void Watchers::catch_up(const std::shared_ptr<Outbox>& outbox) {
    if (!workshop_.sound()) return;
    for (auto& [name, view] : views_) {
        for (auto& watcher : view.watchers) {
            if (!watcher.behind || watcher.outbox.lock() != outbox) continue;
            if (name == events_view) {
                send_events(watcher);
            } else {
                refresh_view(name, view);
                snapshot(name, view, watcher);
            }
        }
    }
}

void Watchers::tell_all(const std::string& words, const std::string& json) {
    const auto in_words = shared(words);
    const auto in_json = shared(json);
    std::set<std::shared_ptr<Outbox>> told;
    for (auto& [name, view] : views_) {
        for (auto& watcher : view.watchers) {
            const auto outbox = watcher.outbox.lock();
            if (outbox && told.insert(outbox).second) outbox->push("", watcher.json ? in_json : in_words);
        }
    }
}

void Watchers::ping() {
    const auto seq = workshop_.board().seq;
    const auto clock = clock_.json();
    tell_all(protocol::words_ping(seq, clock), protocol::json_ping(seq, clock));
}

void Watchers::farewell() {
    tell_all("! stopping\n", "{\"jsonrpc\":\"2.0\",\"method\":\"stopping\",\"params\":{}}\n");
}

std::optional<Instant> Watchers::next_change() {
    if (count() == 0) return std::nullopt;
    std::optional<Instant> next;
    const auto sooner = [&next](std::optional<Instant> other) {
        if (other && (!next || *other < *next)) next = other;
    };
    bool moving = false;
    for (const auto& [name, view] : views_) {
        if (view.live == nullptr || view.watchers.empty()) continue;
        sooner(view.live->next());
        moving = moving || shows_predictions(workshop_.shop(), name);
    }
    // A house where only screens listen is not woken every minute for figures that nobody sees.
    if (moving) sooner(next_prediction_change(workshop_.board(), workshop_.shop(), clock_.now()));
    return next;
}

std::size_t Watchers::count() const {
    std::size_t all = 0;
    for (const auto& [name, view] : views_)
        all += static_cast<std::size_t>(
            std::ranges::count_if(view.watchers, [](const Watcher& one) { return !one.outbox.expired(); }));
    return all;
}

}  // namespace baytime::daemon
