#include "board/cli/feed.hpp"

#include "protocol/replies.hpp"

#include <poll.h>

#include <algorithm>
#include <array>

namespace baytime::cli {
namespace {

using Steady = std::chrono::steady_clock;

const json::object* object_in(const json::object& from, std::string_view key) {
    const auto* found = from.if_contains(key);
    return found != nullptr && found->is_object() ? &found->get_object() : nullptr;
}

std::string text_in(const json::object& from, std::string_view key) {
    const auto* found = from.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

}  // namespace

Feed::Feed(Settings settings, std::vector<std::string> views, Seen seen)
    : settings_(std::move(settings)), names_(std::move(views)), seen_(std::move(seen)) {
    connection_ = Connection::open(settings_);
}

void Feed::connect() {
    if (!connection_) connection_ = Connection::open(settings_);
    for (const auto& name : names_) {
        json::object ask{{"view", name}};
        if (const auto known = seq_.find(name); known != seq_.end()) ask["since"] = known->second;
        connection_->call("watch", ask);
    }
    watching_ = true;
    trouble_.clear();
}

void Feed::lost(const std::string& sentence) {
    connection_.reset();
    watching_ = false;
    trouble_ = sentence;
    next_try_ = Steady::now() + back_off_.next();
}

bool Feed::turn(std::chrono::milliseconds wait, int other) {
    try {
        if (!watching_ && Steady::now() >= next_try_) connect();
        take_all();
    } catch (const Trouble& trouble) {
        if (trouble.code != no_connection) throw;
        lost(trouble.what());
    }
    std::array<pollfd, 2> ends{pollfd{other, POLLIN, 0},
                               pollfd{connection_ ? connection_->descriptor() : -1, POLLIN, 0}};
    const auto until_try = std::chrono::ceil<std::chrono::milliseconds>(next_try_ - Steady::now());
    if (!connection_) wait = std::clamp(until_try, std::chrono::milliseconds(1), wait);
    if (poll(ends.data(), ends.size(), static_cast<int>(wait.count())) < 0) return false;
    try {
        take_all();
        if (connection_ && Steady::now() - connection_->heard() > silence_limit) lost("the daemon is silent");
    } catch (const Trouble& trouble) {
        if (trouble.code != no_connection) throw;
        lost(trouble.what());
    }
    return (ends[0].revents & (POLLIN | POLLHUP)) != 0;
}

void Feed::take_all() {
    while (connection_) {
        const auto push = connection_->take_push();
        if (!push) return;
        take(*push);
    }
}

void Feed::take(const json::object& push) {
    const auto* params = object_in(push, "params");
    if (params == nullptr) return;
    back_off_.reset();
    read_clock(*params);
    if (text_in(push, "method") == "view") read_view(*params);
}

void Feed::read_clock(const json::object& params) {
    const auto* clock = object_in(params, "clock");
    if (clock == nullptr) return;
    const auto now = protocol::from_iso(text_in(*clock, "now"));
    if (!now) return;
    clock_known_ = true;
    told_ = *now;
    told_when_ = Steady::now();
    if (const auto* speed = clock->if_contains("speed"); speed != nullptr && speed->is_number()) {
        speed_ = speed->to_number<double>();
    }
    if (const auto* offset = clock->if_contains("offset_minutes"); offset != nullptr && offset->is_number()) {
        offset_ = Offset(offset->to_number<int>());
    }
}

void Feed::read_view(const json::object& params) {
    const std::string name = text_in(params, "view");
    const std::string kind = text_in(params, "kind");
    if (const auto* data = object_in(params, "data"); data != nullptr && kind == "snapshot") {
        views_[name] = *data;
    } else if (data != nullptr && kind == "change") {
        try {
            protocol::patch(views_[name], *data);
        } catch (const std::exception&) {
            seq_.erase(name);  // out of step: begin again with a snapshot
            return lost("a change did not fit");
        }
    }
    if (const auto* seq = params.if_contains("seq"); seq != nullptr && seq->is_number()) {
        seq_[name] = seq->to_number<std::uint64_t>();
    }
    seen_(params);
}

const json::object* Feed::view(const std::string& name) const {
    const auto found = views_.find(name);
    return found == views_.end() ? nullptr : &found->second;
}

std::optional<Instant> Feed::now() const {
    if (!clock_known_) return std::nullopt;
    const std::chrono::duration<double, std::milli> passed = Steady::now() - told_when_;
    return told_ + std::chrono::milliseconds(static_cast<std::int64_t>(passed.count() * speed_));
}

}  // namespace baytime::cli
