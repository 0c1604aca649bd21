// How a watcher applies a change to the view it has.
#include "protocol/replies.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

namespace baytime::protocol {
namespace {

using Index = std::map<std::string_view, const json::value*, std::less<>>;

/// The rows by id, or nothing when these are no objects with an id of their own each.
std::optional<Index> rows_of(const json::array& list) {
    Index out;
    for (const json::value& row : list) {
        const auto* object = row.if_object();
        const auto* id = object == nullptr ? nullptr : object->if_contains("id");
        if (id == nullptr || !id->is_string()) return std::nullopt;
        if (!out.emplace(std::string_view(id->get_string()), &row).second) return std::nullopt;
    }
    return out;
}

/// Rows in their old order, with those of `fresh` in the place of the old ones.
json::array replaced_rows(const json::array& before, const Index& fresh) {
    json::array out = before;
    std::size_t used = 0;
    for (json::value& row : out) {
        const auto put = fresh.find(std::string_view(row.get_object().at("id").get_string()));
        if (put == fresh.end()) continue;
        row = *put->second;
        ++used;
    }
    if (used < fresh.size()) throw std::invalid_argument("the change puts a row that is not there");
    return out;
}

json::array patched_rows(const json::value* before, const json::object& change) {
    const json::array none;
    const json::array& rows = before == nullptr ? none : before->as_array();
    const std::optional<Index> old = rows_of(rows);
    const std::optional<Index> fresh = rows_of(change.at("put").as_array());
    if (!old || !fresh) throw std::invalid_argument("the change is of rows, but there are none");
    const auto* ids = change.if_contains("ids");
    if (ids == nullptr) return replaced_rows(rows, *fresh);
    json::array out;
    std::size_t used = 0;
    for (const json::value& one : ids->as_array()) {
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
    view = std::move(out);
}

}  // namespace baytime::protocol
