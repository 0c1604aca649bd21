// Rows of a view that are changed one by one, and what changed since the last time anybody asked: the same as
// protocol::change_between() of both states, without looking at rows that nobody touched.
#pragma once

#include "protocol/json.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace baytime::daemon {

/// `Key`: the place of a row in the view; no two are alike. A row is known by its `id`.
template <class Key, class Row>
class LiveRows {
public:
    void put(const Key& key, Row row) {
        remember(row.id);
        const auto [known, fresh] = keys_.try_emplace(row.id, key);
        if (!fresh && known->second != key) rows_.erase(known->second);
        moved_ = moved_ || fresh || known->second != key;
        known->second = key;
        rows_.insert_or_assign(key, std::move(row));
    }
    void erase(const std::string& id) {
        const auto known = keys_.find(id);
        if (known == keys_.end()) return;
        remember(id);
        rows_.erase(known->second);
        keys_.erase(known);
        moved_ = true;
    }
    const Row* find(const std::string& id) const {
        const auto known = keys_.find(id);
        return known == keys_.end() ? nullptr : &rows_.at(known->second);
    }
    /// Puts another row in the place of the one with this id, which must be there.
    void replace(Row row) {
        const Key key = keys_.at(row.id);
        put(key, std::move(row));
    }
    const std::map<Key, Row>& all() const { return rows_; }
    std::vector<Row> list() const {
        std::vector<Row> out;
        out.reserve(rows_.size());
        for (const auto& [key, row] : rows_) out.push_back(row);
        return out;
    }

    /// What changed since the last call, as PROTOCOL.md says it of rows; nothing when nothing did.
    std::optional<protocol::json::object> change() {
        std::map<Key, const Row*> changed;
        for (const auto& [id, was] : before_) {
            const Row* now = find(id);
            if (now != nullptr && !(was && *was == *now)) changed.emplace(keys_.at(id), now);
        }
        protocol::json::array put;
        for (const auto& [key, row] : changed) put.push_back(protocol::to_json(*row));
        before_.clear();
        protocol::json::object out{{"put", std::move(put)}};
        const bool other_ids = std::exchange(moved_, false) && renew_ids();
        if (other_ids) {
            protocol::json::array ids;
            for (const auto& id : ids_) ids.push_back(protocol::json::string(id));
            out["ids"] = std::move(ids);
        }
        if (changed.empty() && !other_ids) return std::nullopt;
        return out;
    }

private:
    void remember(const std::string& id) {
        if (before_.contains(id)) return;
        const Row* row = find(id);
        before_.emplace(id, row == nullptr ? std::nullopt : std::optional<Row>(*row));
    }
    /// True when rows came, went or changed their order.
    bool renew_ids() {
        std::vector<std::string> ids;
        ids.reserve(rows_.size());
        for (const auto& [key, row] : rows_) ids.push_back(row.id);
        return std::exchange(ids_, std::move(ids)) != ids_;
    }

    std::map<Key, Row> rows_{};
    std::map<std::string, Key, std::less<>> keys_{};
    std::map<std::string, std::optional<Row>, std::less<>> before_{};  ///< touched rows as they were
    std::vector<std::string> ids_{};
    bool moved_ = false;
};

}  // namespace baytime::daemon
