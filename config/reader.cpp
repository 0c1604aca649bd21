#include "config/reader.hpp"

#include "board/core/letters.hpp"
#include "config/contents.hpp"
#include "config/names.hpp"
#include "config/source.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace baytime::config {

struct Table::Node {
    std::shared_ptr<Contents> file;
    const Value* table = nullptr;  ///< null when the file does not have it
    std::string heading{};         ///< `[shop]`, `[[bay]]`; empty for the root

    const Value* find(std::string_view key) const {
        if (table == nullptr) return nullptr;
        file->know(*table, key);
        return table->find(key);
    }
    void wrong(const Value& value, std::string what, std::string accepted) const {
        file->add(value.place, std::move(what), std::move(accepted));
    }
    /// Whether the value is a text as it may stand here; remembers the fault when it is none.
    bool is_text(std::string_view key, const Value& value) const;
};

namespace {

std::string kind_of(const Value& value) {
    switch (value.kind) {
        case Value::Kind::text: return "text";
        case Value::Kind::integer: return "a whole number";
        case Value::Kind::real: return "a number with a point";
        case Value::Kind::boolean: return value.text;
        case Value::Kind::time: return "a date or time";
        case Value::Kind::list: return value.is_list_of_tables() ? "a list of tables" : "a list";
        case Value::Kind::table: return "a table";
    }
    return "something else";
}

std::string must_be(std::string_view key, std::string_view wanted, const Value& value) {
    return fmt::format("\"{}\" must be {}, not {}", key, wanted, kind_of(value));
}

/// `[shop]` and `x` make `shop.x`.
std::string inner_name(std::string_view heading, std::string_view key) {
    while (heading.starts_with('[')) heading.remove_prefix(1);
    while (heading.ends_with(']')) heading.remove_suffix(1);
    return heading.empty() ? std::string(key) : fmt::format("{}.{}", heading, key);
}

std::string quoted_hint(const Value& value) {
    return value.text.empty() ? "accepted here: text in quotes" : fmt::format("write it in quotes: \"{}\"", value.text);
}

/// What no text of a client may hold, no text of a file may hold either, but for line breaks: signs have rows.
bool holds_control(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return has_control(text);
}

}  // namespace

bool Table::Node::is_text(std::string_view key, const Value& value) const {
    if (value.kind != Value::Kind::text) {
        wrong(value, must_be(key, "text", value), quoted_hint(value));
    } else if (value.text.size() > max_text_bytes) {
        wrong(value, fmt::format("\"{}\" has {} bytes [too-long]", key, value.text.size()),
              fmt::format("accepted here: text of at most {} bytes", max_text_bytes));
    } else if (holds_control(value.text)) {
        wrong(value, fmt::format("\"{}\" holds a character that no text may hold [bad-text]", key),
              "accepted here: text without control characters and marks of direction");
    } else {
        return true;
    }
    return false;
}

std::string Table::text(std::string_view key, std::string_view otherwise) const {
    const Value* value = node_->find(key);
    return value != nullptr && node_->is_text(key, *value) ? value->text : std::string(otherwise);
}

std::string Table::required_text(std::string_view key) const {
    const Value* value = node_->find(key);
    if (value == nullptr) {
        const std::string where = node_->heading.empty() ? "" : " in " + node_->heading;
        fault(key, fmt::format("\"{}\" is missing{}", key, where), fmt::format("write: {} = \"...\"", key));
        return {};
    }
    if (value->kind == Value::Kind::text && value->text.empty()) fault(key, fmt::format("\"{}\" is empty", key), "");
    return text(key, {});
}

std::int64_t Table::number(std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most) const {
    const Value* value = node_->find(key);
    if (value == nullptr) return otherwise;
    const std::string accepted = fmt::format("accepted here: a whole number from {} to {}", least, most);
    if (value->kind != Value::Kind::integer) {
        node_->wrong(*value, must_be(key, "a whole number", *value), accepted);
        return otherwise;
    }
    if (value->integer >= least && value->integer <= most) return value->integer;
    node_->wrong(*value, fmt::format("\"{}\" is out of range: {}", key, value->integer), accepted);
    return otherwise;
}

double Table::real(std::string_view key, double otherwise, double least, double most) const {
    const Value* value = node_->find(key);
    if (value == nullptr) return otherwise;
    const std::string accepted = fmt::format("accepted here: a number from {} to {}", least, most);
    if (value->kind != Value::Kind::integer && value->kind != Value::Kind::real) {
        node_->wrong(*value, must_be(key, "a number", *value), accepted);
        return otherwise;
    }
    if (value->real >= least && value->real <= most) return value->real;  // not so for `nan`
    node_->wrong(*value, fmt::format("\"{}\" is out of range: {}", key, value->text), accepted);
    return otherwise;
}

bool Table::yes(std::string_view key, bool otherwise) const {
    const Value* value = node_->find(key);
    if (value == nullptr) return otherwise;
    if (value->kind == Value::Kind::boolean) return value->yes;
    node_->wrong(*value, must_be(key, "true or false", *value), "accepted here: true, false (without quotes)");
    return otherwise;
}

std::string Table::choice(std::string_view key, std::string_view otherwise,
                          const std::vector<std::string>& accepted) const {
    const Value* value = node_->find(key);
    if (value == nullptr) return std::string(otherwise);
    if (value->kind != Value::Kind::text) {
        node_->wrong(*value, must_be(key, "text", *value), suggestion("", accepted));
    } else if (std::ranges::find(accepted, value->text) != accepted.end()) {
        return value->text;
    } else if (node_->is_text(key, *value)) {
        node_->wrong(*value, fmt::format("\"{}\" cannot be \"{}\"", key, value->text),
                     suggestion(value->text, accepted));
    }
    return std::string(otherwise);
}

std::vector<std::string> Table::texts(std::string_view key) const {
    std::vector<std::string> out;
    const Value* value = node_->find(key);
    if (value == nullptr) return out;
    if (value->kind != Value::Kind::list) {
        node_->wrong(*value, must_be(key, "a list of texts", *value),
                     fmt::format("accepted here: {} = [\"...\", \"...\"]", key));
        return out;
    }
    for (const Value& one : value->list) {
        if (one.kind != Value::Kind::text) {
            node_->wrong(one, fmt::format("\"{}\" must hold texts, not {}", key, kind_of(one)), quoted_hint(one));
        } else if (node_->is_text(key, one)) {
            out.push_back(one.text);
        }
    }
    return out;
}

bool Table::has(std::string_view key) const {
    return node_->find(key) != nullptr;
}

bool Table::has_text(std::string_view key) const {
    const Value* value = node_->find(key);
    return value != nullptr && value->kind == Value::Kind::text;
}

Table Table::inner(const Value* value, std::string heading) const {
    if (value != nullptr) node_->file->known[value];  // so that one without known keys is checked as well
    return Table(
        std::make_shared<const Node>(Node{.file = node_->file, .table = value, .heading = std::move(heading)}));
}

Table Table::table(std::string_view key) const {
    const std::string heading = fmt::format("[{}]", inner_name(node_->heading, key));
    const Value* value = node_->find(key);
    if (value != nullptr && value->kind != Value::Kind::table) {
        node_->wrong(*value, must_be(key, "a table", *value), fmt::format("write it once, as {}", heading));
        value = nullptr;
    }
    return inner(value, heading);
}

std::vector<Table> Table::tables(std::string_view key) const {
    std::vector<Table> out;
    const std::string heading = fmt::format("[[{}]]", inner_name(node_->heading, key));
    const Value* value = node_->find(key);
    if (value == nullptr || (value->kind == Value::Kind::list && value->list.empty())) return out;
    if (!value->is_list_of_tables()) {
        node_->wrong(*value, must_be(key, "a list of tables", *value),
                     fmt::format("write {} above each of them", heading));
        return out;
    }
    for (const Value& one : value->list) out.push_back(inner(&one, heading));
    return out;
}

const std::string& Table::file() const {
    return node_->file->name;
}

std::vector<std::string> Table::keys() const {
    std::vector<std::string> out;
    if (node_->table == nullptr) return out;
    for (const Member& member : node_->table->members) out.push_back(member.key);
    return out;
}

void Table::fault(std::string_view key, std::string_view what, std::string_view accepted) const {
    const Value* value = node_->find(key);
    Place at;  // a key that the root lacks, or that lacks its table, has no place in the file
    if (value != nullptr) {
        at = value->place;
    } else if (node_->table != nullptr && !node_->heading.empty()) {
        at = node_->table->place;
    }
    node_->file->add(at, std::string(what), std::string(accepted));
}

File File::read(const std::string& path) {
    return parse(read_source(path), path);
}

File File::parse(std::string_view text, const std::string& name) {
    const std::vector<std::string> lines = lines_of(text);
    return File(
        std::make_shared<Contents>(Contents{.name = name, .lines = lines, .root = parse_toml(text, name, lines)}));
}

Table File::root() const {
    return Table(std::make_shared<const Table::Node>(Table::Node{.file = contents_, .table = &contents_->root}));
}

void File::finish() const {
    contents_->known[&contents_->root];
    contents_->add_unknown(contents_->root);
    std::vector<Fault>& faults = contents_->faults;
    if (faults.empty()) return;
    std::ranges::stable_sort(faults, {}, [](const Fault& one) { return std::pair(one.line, one.column); });
    std::string all;
    for (const Fault& fault : faults)
        all += (all.empty() ? "" : "\n") + message(contents_->name, contents_->lines, fault);
    throw ConfigError(all);
}

}  // namespace baytime::config
