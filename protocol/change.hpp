// What changed between two states of a view, as the object that watchers get (PROTOCOL.md, Views). Compares the values
// themselves, so that only what differs is ever spelled out: of a thousand rows mostly one.
#pragma once

#include "protocol/json.hpp"

#include <string_view>
#include <unordered_map>

namespace baytime::protocol {

namespace detail {

/// Rows carry an `id` that stays with them.
template <class T>
concept Row = requires(const T& row) {
    {std::string_view(row.id)};
};

template <class T>
struct is_rows : std::false_type {};
template <Row T>
struct is_rows<std::vector<T>> : std::true_type {};

/// Finds the old row of an id. Rows mostly stay where they are, so the same place is tried first.
template <Row T>
class OldRows {
public:
    explicit OldRows(const std::vector<T>& rows) : rows_(rows) {}
    const T* find(std::size_t place, std::string_view id) {
        if (place < rows_.size() && rows_[place].id == id) return &rows_[place];
        if (by_id_.empty()) {
            for (const T& row : rows_) by_id_.emplace(row.id, &row);
        }
        const auto found = by_id_.find(id);
        return found == by_id_.end() ? nullptr : found->second;
    }

private:
    const std::vector<T>& rows_;
    std::unordered_map<std::string_view, const T*> by_id_;
};

template <Row T>
json::object rows_change(const std::vector<T>& before, const std::vector<T>& after) {
    json::array put, ids;
    OldRows<T> old(before);
    bool same_ids = before.size() == after.size();
    for (std::size_t i = 0; i < after.size(); ++i) {
        same_ids = same_ids && before[i].id == after[i].id;
        const T* was = old.find(i, after[i].id);
        if (was == nullptr || !(*was == after[i])) put.push_back(to_json(after[i]));
    }
    json::object out{{"put", std::move(put)}};
    if (same_ids) return out;
    for (const T& row : after) ids.push_back(json::string(row.id));
    out["ids"] = std::move(ids);
    return out;
}

}  // namespace detail

/// Empty when nothing differs. patch(before, change_between(before, after)) is after.
template <class View>
json::object change_between(const View& before, const View& after) {
    json::object set, rows, out;
    using Members = boost::describe::describe_members<View, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        const auto& old = before.*member.pointer;
        const auto& now = after.*member.pointer;
        if (old == now) return;
        if constexpr (detail::is_rows<std::remove_cvref_t<decltype(now)>>::value) {
            rows[member.name] = detail::rows_change(old, now);
        } else {
            set[member.name] = to_json(now);
        }
    });
    if (!set.empty()) out["set"] = std::move(set);
    if (!rows.empty()) out["rows"] = std::move(rows);
    return out;
}

}  // namespace baytime::protocol
