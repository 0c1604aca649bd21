#include "board/daemon/live_view.hpp"

#include "board/core/view_rows.hpp"
#include "board/daemon/live_rows.hpp"
#include "protocol/change.hpp"

#include <set>

namespace baytime::daemon {

namespace json = protocol::json;

namespace {

constexpr std::string_view bay_prefix = "bay:";

class LiveWorkshop final : public LiveView {
public:
    json::object look(const Sight& sight) override {
        const auto touched = follower_.touched(sight.board, &sight.predictor, sight.now);
        std::set<std::string> bays;
        bool dispatch = !touched;
        for (const auto& order : touched ? *touched : all_orders(sight.board))
            dispatch = look_at(order, sight, bays) || dispatch;
        if (!touched) look_at_all_bays(sight.shop, bays);
        for (const auto& id : bays) {
            if (const Bay* bay = sight.shop.bay(id))
                bays_.put(place_of(sight.shop, *bay), views::bay_row(sight.board, *bay));
        }
        return change(sight, dispatch);
    }

    json::object whole() const override {
        return protocol::to_json(
                   WorkshopView{.shop = shop_, .bays = bays_.list(), .jobs = jobs_.list(), .dispatch = dispatch_})
            .as_object();
    }
    std::optional<Instant> next() const override { return follower_.next(); }

private:
    std::set<std::string> all_orders(const Board& board) const {
        std::set<std::string> out(board.open.begin(), board.open.end());
        for (const auto& [order, row] : jobs_.all()) out.insert(order);
        return out;
    }

    /// True when the order of dispatch has changed. `bays`: those whose rows this may concern.
    bool look_at(const std::string& order, const Sight& sight, std::set<std::string>& bays) {
        const Job* job = sight.board.find(order);
        if (job && is_closed(job->state)) job = nullptr;
        follower_.remember(order, job ? views::next_job_moment(*job, sight.shop, sight.now) : std::nullopt);
        if (const JobRow* old = jobs_.find(order)) bays.insert(old->bay);
        if (!job) {
            jobs_.erase(order);
            return waiting_.erase(order) > 0;
        }
        bays.insert(job->bay);
        jobs_.put(order, views::job_row(sight.board, *job, sight.shop, sight.predictor.predictions(), sight.now));
        if (job->state != JobState::waiting) return waiting_.erase(order) > 0;
        const auto key = dispatch_key(*job);
        const auto [known, fresh] = waiting_.try_emplace(order, key);
        return fresh || std::exchange(known->second, key) != key;
    }

    static std::size_t place_of(const Shop& shop, const Bay& bay) {
        return static_cast<std::size_t>(&bay - shop.bays.data());
    }

    /// After another configuration bays may be gone or stand elsewhere.
    void look_at_all_bays(const Shop& shop, std::set<std::string>& bays) {
        const auto before = bays_.all();
        for (const auto& [place, row] : before) {
            const Bay* bay = shop.bay(row.id);
            if (!bay || place_of(shop, *bay) != place) bays_.erase(row.id);
        }
        for (const auto& bay : shop.bays) bays.insert(bay.id);
    }

    json::object change(const Sight& sight, bool dispatch) {
        json::object set, rows, out;
        if (shop_ != sight.shop.name) set["shop"] = shop_ = sight.shop.name;
        if (auto some = bays_.change()) rows["bays"] = std::move(*some);
        if (auto some = jobs_.change()) rows["jobs"] = std::move(*some);
        if (dispatch) {
            auto fresh = views::dispatch_order(sight.board);
            if (fresh != dispatch_) set["dispatch"] = protocol::to_json(fresh);
            dispatch_ = std::move(fresh);
        }
        if (!set.empty()) out["set"] = std::move(set);
        if (!rows.empty()) out["rows"] = std::move(rows);
        return out;
    }

    Follower follower_;
    std::string shop_;
    LiveRows<std::size_t, BayRow> bays_;
    LiveRows<std::string, JobRow> jobs_;
    std::map<std::string, DispatchKey> waiting_;
    std::vector<std::string> dispatch_;
};

class LiveAlerts final : public LiveView {
public:
    json::object look(const Sight& sight) override {
        const auto touched = follower_.touched(sight.board, nullptr, sight.now);
        for (const auto& order : touched ? *touched : all_orders(sight.board)) look_at(order, sight.board);
        json::object out;
        if (auto change = alerts_.change()) out["rows"] = json::object{{"alerts", std::move(*change)}};
        return out;
    }
    json::object whole() const override { return protocol::to_json(AlertsView{.alerts = alerts_.list()}).as_object(); }
    std::optional<Instant> next() const override { return std::nullopt; }

private:
    std::set<std::string> all_orders(const Board& board) const {
        std::set<std::string> out;
        for (const auto& [order, ids] : ids_of_) out.insert(order);
        for (const auto& [order, ids] : board.alerts_of) out.insert(order);
        return out;
    }

    void look_at(const std::string& order, const Board& board) {
        const auto standing = board.alerts_of.find(order);
        const auto ids = standing == board.alerts_of.end() ? std::set<std::string>{} : standing->second;
        auto& known = ids_of_[order];
        for (const auto& id : known) {
            if (!ids.contains(id)) alerts_.erase(id);
        }
        for (const auto& id : ids) {
            auto row = views::alert_row(board, board.alerts.at(id));
            const auto place = views::alert_place(row);
            alerts_.put(place, std::move(row));
        }
        known = ids;
        if (known.empty()) ids_of_.erase(order);
    }

    Follower follower_;
    LiveRows<views::AlertPlace, Alert> alerts_;
    std::map<std::string, std::set<std::string>> ids_of_;  ///< by order
};

/// One bay has few jobs: made from nothing.
class LiveBay final : public LiveView {
public:
    explicit LiveBay(std::string_view bay) : bay_(bay) {}
    json::object look(const Sight& sight) override {
        auto fresh = bay_view(sight.board, sight.shop, sight.predictor.predictions(), bay_, sight.now);
        auto change = protocol::change_between(view_, fresh);
        view_ = std::move(fresh);
        next_.reset();
        for (const auto& row : view_.jobs) {
            const auto moment = views::next_job_moment(sight.board.jobs.at(row.id), sight.shop, sight.now);
            if (moment && (!next_ || *moment < *next_)) next_ = moment;
        }
        return change;
    }
    json::object whole() const override { return protocol::to_json(view_).as_object(); }
    std::optional<Instant> next() const override { return next_; }

private:
    std::string bay_;
    BayView view_;
    std::optional<Instant> next_;
};

}  // namespace

std::unique_ptr<LiveView> LiveView::make(std::string_view name) {
    if (name == "lounge") return live_lounge();
    if (name == "workshop") return std::make_unique<LiveWorkshop>();
    if (name == "alerts") return std::make_unique<LiveAlerts>();
    return std::make_unique<LiveBay>(name.substr(bay_prefix.size()));
}

}  // namespace baytime::daemon
