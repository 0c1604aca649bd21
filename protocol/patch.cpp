// Changes of views: what watchers get instead of the whole view, and how they apply it.
#include "protocol/replies.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

namespace baytime::protocol {
namespace {

using Index = std::map<std::string_view, const json::value*, std::less<>>;

/// The rows by id, or nothing when this is no array of objects with an id of their own each.
std::optional<Index> rows_of(const json::value& value) {
    const auto* list = value.if_array();
    if (list == nullptr) return std::nullopt;
    Index out;
    for (const json::value& row : *list) {
        const auto* object = row.if_object();
        const auto* id = object == nullptr ? nullptr : object->if_contains("id");
        if (id == nullptr || !id->is_string()) return std::nullopt;
        if (!out.emplace(std::string_view(id->get_string()), &row).second) return std::nullopt;
    }
    return out;
}

json::object change_of_rows(const Index& before, const json::array& after) {
    json::array put;
    json::array ids;
    for (const json::value& row : after) {
        const json::string& id = row.get_object().at("id").get_string();
        ids.push_back(id);
        const auto old = before.find(std::string_view(id));
        if (old == before.end() || *old->second != row) put.push_back(row);
    }
    json::object out;
    out["put"] = std::move(put);
    out["ids"] = std::move(ids);
    return out;
}

json::array patched_rows(const json::value* before, const json::object& change) {
    const std::optional<Index> old = before == nullptr ? Index() : rows_of(*before);
    const std::optional<Index> fresh = rows_of(change.at("put"));
    if (!old || !fresh) throw std::invalid_argument("the change is of rows, but there are none");
    json::array out;
    std::size_t used = 0;
    for (const json::value& one : change.at("ids").as_array()) {
        const std::string_view id = one.as_string();
        const auto put = fresh->find(id);
        const auto kept = old->find(id);
        if (put != fresh->end()) {
            out.push_back(*put->second);
            ++used;
        } else if (kept != old->end()) {
            out.push_back(*kept->second);
        } else {
            throw std::invalid_argument("the change names a row that is not there: " + std::string(id));
        }
    }
    if (used < fresh->size()) throw std::invalid_argument("the change puts a row that it does not list");
    if (!rows_of(out)) throw std::invalid_argument("the change lists a row twice");
    return out;
}

}  // namespace

json::object diff(const json::object& before, const json::object& after) {
    json::object set;
    json::object rows;
    json::array unset;
    for (const auto& member : after) {
        const auto* old = before.if_contains(member.key());
        if (old != nullptr && *old == member.value()) continue;
        const auto old_rows = old == nullptr ? std::nullopt : rows_of(*old);
        if (old_rows && rows_of(member.value())) {
            rows[member.key()] = change_of_rows(*old_rows, member.value().get_array());
        } else {
            set[member.key()] = member.value();
        }
    }
    for (const auto& member : before) {
        if (!after.contains(member.key())) unset.push_back(json::string(member.key()));
    }
    json::object out;
    if (!set.empty()) out["set"] = std::move(set);
    if (!rows.empty()) out["rows"] = std::move(rows);
    if (!unset.empty()) out["unset"] = std::move(unset);
    return out;
}

void patch(json::object& view, const json::object& change) {
    json::object out = view;
    if (const auto* set = change.if_contains("set")) {
        for (const auto& member : set->as_object()) out[member.key()] = member.value();
    }
    if (const auto* rows = change.if_contains("rows")) {
        for (const auto& member : rows->as_object()) {
            out[member.key()] = patched_rows(view.if_contains(member.key()), member.value().as_object());
        }
    }
    if (const auto* unset = change.if_contains("unset")) {
        for (const json::value& name : unset->as_array()) out.erase(name.as_string());
    }
    view = std::move(out);
}

}  // namespace baytime::protocol
