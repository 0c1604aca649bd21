// The lounge view, row by row. How much of a plate is shown depends on the plates that look alike, so these are kept in
// groups, and a car that comes or goes makes the masks of its own group again.
#include "board/core/plate.hpp"
#include "board/core/view_rows.hpp"
#include "board/daemon/live_rows.hpp"
#include "board/daemon/live_view.hpp"

#include <set>

namespace baytime::daemon {

namespace json = protocol::json;

namespace {

class LiveLounge final : public LiveView {
public:
    json::object look(const Sight& sight) override;
    json::object whole() const override {
        return protocol::to_json(LoungeView{.shop = shop_, .rows = rows_.list(), .welcomes = guests_.list()})
            .as_object();
    }
    std::optional<Instant> next() const override { return follower_.next(); }

private:
    struct Car {
        std::string id{}, plate{}, group{};
    };

    std::set<std::string> all_orders(const Sight& sight) const;
    void look_at(const std::string& order, const Sight& sight);
    void look_at_car(const std::string& order, const Job* job, const Sight& sight);
    void look_at_guest(const std::string& order, const std::optional<Welcome>& welcome);
    void take_away(const std::string& order);
    void mask_again();

    Follower follower_;
    std::string shop_;
    LiveRows<views::LoungePlace, LoungeRow> rows_;
    LiveRows<std::pair<Instant, std::string>, Welcome> guests_;
    std::map<std::string, Car> cars_;              ///< by order
    std::map<std::string, std::string> guest_of_;  ///< order -> id
    /// By what a stranger may see at most: plate -> ids of its rows.
    std::map<std::string, std::map<std::string, std::set<std::string>>> groups_;
    std::set<std::string> touched_groups_;
};

json::object LiveLounge::look(const Sight& sight) {
    const bool predicted = sight.shop.reveal_delay == Reveal::at_once;
    const auto touched = follower_.touched(sight.board, predicted ? &sight.predictor : nullptr, sight.now);
    for (const auto& order : touched ? *touched : all_orders(sight)) look_at(order, sight);
    mask_again();
    json::object set, rows, out;
    if (shop_ != sight.shop.name) set["shop"] = shop_ = sight.shop.name;
    if (auto change = rows_.change()) rows["rows"] = std::move(*change);
    if (auto change = guests_.change()) rows["welcomes"] = std::move(*change);
    if (!set.empty()) out["set"] = std::move(set);
    if (!rows.empty()) out["rows"] = std::move(rows);
    return out;
}

std::set<std::string> LiveLounge::all_orders(const Sight& sight) const {
    std::set<std::string> out(sight.board.open.begin(), sight.board.open.end());
    for (const auto& [order, car] : cars_) out.insert(order);
    for (const auto& [order, id] : guest_of_) out.insert(order);
    const auto since = sight.board.delivered.lower_bound({sight.now - sight.shop.delivered_row_stays, {}});
    for (auto each = since; each != sight.board.delivered.end(); ++each) out.insert(each->second);
    return out;
}

void LiveLounge::look_at(const std::string& order, const Sight& sight) {
    const Job* job = sight.board.find(order);
    follower_.remember(order, job ? views::next_lounge_moment(*job, sight.shop, sight.now) : std::nullopt);
    look_at_guest(order, job ? views::welcome_of(*job, sight.now) : std::nullopt);
    look_at_car(order, job && views::in_lounge(*job, sight.shop, sight.now) ? job : nullptr, sight);
}

void LiveLounge::look_at_guest(const std::string& order, const std::optional<Welcome>& welcome) {
    const auto known = guest_of_.find(order);
    if (known != guest_of_.end() && (!welcome || known->second != welcome->id)) {
        guests_.erase(known->second);
        guest_of_.erase(known);
    }
    if (!welcome) return;
    guest_of_[order] = welcome->id;
    guests_.put({welcome->at, welcome->id}, *welcome);
}

void LiveLounge::look_at_car(const std::string& order, const Job* job, const Sight& sight) {
    const auto known = cars_.find(order);
    const bool same_car = known != cars_.end() && job && known->second.plate == job->plate &&
                          known->second.id == std::to_string(job->first_seq);
    if (known != cars_.end() && !same_car) take_away(order);
    if (!job) return;
    auto row = views::lounge_row(sight.board, *job, sight.shop, sight.predictor.predictions(), sight.now);
    if (same_car) {
        row.plate = rows_.find(row.id)->plate;
    } else {
        const auto group = masked_plates({job->plate}).front();
        cars_[order] = {.id = row.id, .plate = job->plate, .group = group};
        groups_[group][job->plate].insert(row.id);
        touched_groups_.insert(group);
    }
    rows_.put(views::lounge_place(*job), std::move(row));
}

void LiveLounge::take_away(const std::string& order) {
    const Car car = std::move(cars_.extract(order).mapped());
    rows_.erase(car.id);
    auto& group = groups_.at(car.group);
    auto& ids = group.at(car.plate);
    ids.erase(car.id);
    if (ids.empty()) group.erase(car.plate);
    if (group.empty()) groups_.erase(car.group);
    touched_groups_.insert(car.group);
}

void LiveLounge::mask_again() {
    for (const auto& name : std::exchange(touched_groups_, {})) {
        const auto group = groups_.find(name);
        if (group == groups_.end()) continue;
        std::vector<std::string> plates;
        for (const auto& [plate, ids] : group->second) plates.push_back(plate);
        const auto masks = masked_plates(plates);
        auto mask = masks.begin();
        for (const auto& [plate, ids] : group->second) {
            for (const auto& id : ids) {
                LoungeRow row = *rows_.find(id);
                if (row.plate == *mask) continue;
                row.plate = *mask;
                rows_.replace(std::move(row));
            }
            ++mask;
        }
    }
}

}  // namespace

std::unique_ptr<LiveView> live_lounge() {
    return std::make_unique<LiveLounge>();
}

}  // namespace baytime::daemon
