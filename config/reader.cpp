#include "config/reader.hpp"

#include "config/contents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace baytime::config {

struct Table::Node {
    std::shared_ptr<Contents> file;
    const toml::table* table = nullptr;  ///< null when the file does not have it
    std::string heading;                 ///< `[shop]`, `[[bay]]`; empty for the root

    const toml::node* find(std::string_view key) const {
        if (table == nullptr) return nullptr;
        file->know(*table, key);
        return table->get(key);
    }
    toml::source_position place() const { return table == nullptr ? toml::source_position{} : table->source().begin; }
    void wrong(const toml::node& value, std::string what, std::string accepted) const {
        file->add(value.source().begin, std::move(what), std::move(accepted));
    }
};

namespace {

std::string kind_of(const toml::node& value) {
    switch (value.type()) {
        case toml::node_type::string: return "text";
        case toml::node_type::integer: return "a whole number";
        case toml::node_type::floating_point: return "a number with a point";
        case toml::node_type::boolean: return "true or false";
        case toml::node_type::array: return value.is_array_of_tables() ? "a list of tables" : "a list";
        case toml::node_type::table: return "a table";
        default: return "a date or time";
    }
}

std::string must_be(std::string_view key, std::string_view wanted, const toml::node& value) {
    return fmt::format("\"{}\" must be {}, not {}", key, wanted, kind_of(value));
}

/// `[shop]` and `x` make `shop.x`.
std::string inner_name(std::string_view heading, std::string_view key) {
    while (heading.starts_with('[')) heading.remove_prefix(1);
    while (heading.ends_with(']')) heading.remove_suffix(1);
    return heading.empty() ? std::string(key) : fmt::format("{}.{}", heading, key);
}

std::string quoted_hint(const Contents& file, const toml::node& value) {
    const bool simple = !value.is_table() && !value.is_array();
    const std::string written = simple ? file.written(value.source()) : "";
    return written.empty() ? "accepted here: text in quotes" : fmt::format("write it in quotes: \"{}\"", written);
}

}  // namespace

std::string Table::text(std::string_view key, std::string_view otherwise) const {
    const toml::node* value = node_->find(key);
    if (value == nullptr) return std::string(otherwise);
    if (const auto* found = value->as_string()) return found->get();
    node_->wrong(*value, must_be(key, "text", *value), quoted_hint(*node_->file, *value));
    return std::string(otherwise);
}

std::string Table::required_text(std::string_view key) const {
    if (node_->find(key) == nullptr) {
        const std::string where = node_->heading.empty() ? "" : " in " + node_->heading;
        fault(key, fmt::format("\"{}\" is missing{}", key, where), fmt::format("write: {} = \"...\"", key));
        return {};
    }
    const std::string found = text(key, {});
    if (found.empty() && node_->find(key)->is_string()) fault(key, fmt::format("\"{}\" is empty", key), "");
    return found;
}

std::int64_t Table::number(std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most) const {
    const toml::node* value = node_->find(key);
    if (value == nullptr) return otherwise;
    const std::string accepted = fmt::format("accepted here: a whole number from {} to {}", least, most);
    const auto* found = value->as_integer();
    if (found == nullptr) {
        node_->wrong(*value, must_be(key, "a whole number", *value), accepted);
        return otherwise;
    }
    if (found->get() >= least && found->get() <= most) return found->get();
    node_->wrong(*value, fmt::format("\"{}\" is out of range: {}", key, found->get()), accepted);
    return otherwise;
}

double Table::real(std::string_view key, double otherwise, double least, double most) const {
    const toml::node* value = node_->find(key);
    if (value == nullptr) return otherwise;
    const std::string accepted = fmt::format("accepted here: a number from {} to {}", least, most);
    if (!value->is_number()) {
        node_->wrong(*value, must_be(key, "a number", *value), accepted);
        return otherwise;
    }
    const double found = value->value_or(otherwise);
    if (found >= least && found <= most) return found;  // not so for `nan`
    node_->wrong(*value, fmt::format("\"{}\" is out of range: {}", key, found), accepted);
    return otherwise;
}

bool Table::yes(std::string_view key, bool otherwise) const {
    const toml::node* value = node_->find(key);
    if (value == nullptr) return otherwise;
    if (const auto* found = value->as_boolean()) return found->get();
    node_->wrong(*value, must_be(key, "true or false", *value), "accepted here: true, false (without quotes)");
    return otherwise;
}

std::string Table::choice(std::string_view key, std::string_view otherwise,
                          const std::vector<std::string>& accepted) const {
    const toml::node* value = node_->find(key);
    if (value == nullptr) return std::string(otherwise);
    const auto* found = value->as_string();
    if (found == nullptr) {
        node_->wrong(*value, must_be(key, "text", *value), suggestion("", accepted));
        return std::string(otherwise);
    }
    if (std::ranges::find(accepted, found->get()) != accepted.end()) return found->get();
    node_->wrong(*value, fmt::format("\"{}\" cannot be \"{}\"", key, found->get()), suggestion(found->get(), accepted));
    return std::string(otherwise);
}

std::vector<std::string> Table::texts(std::string_view key) const {
    std::vector<std::string> out;
    const toml::node* value = node_->find(key);
    if (value == nullptr) return out;
    const auto* list = value->as_array();
    if (list == nullptr) {
        node_->wrong(*value, must_be(key, "a list of texts", *value),
                     fmt::format("accepted here: {} = [\"...\", \"...\"]", key));
        return out;
    }
    for (const toml::node& one : *list) {
        if (const auto* found = one.as_string()) {
            out.push_back(found->get());
        } else {
            node_->wrong(one, must_be(key, "a list of texts", one), quoted_hint(*node_->file, one));
        }
    }
    return out;
}

bool Table::has(std::string_view key) const {
    return node_->find(key) != nullptr;
}

Table Table::table(std::string_view key) const {
    const std::string heading = fmt::format("[{}]", inner_name(node_->heading, key));
    const toml::node* value = node_->find(key);
    const toml::table* inner = value == nullptr ? nullptr : value->as_table();
    if (value != nullptr && inner == nullptr)
        node_->wrong(*value, must_be(key, "a table", *value), fmt::format("write it once, as {}", heading));
    if (inner != nullptr) node_->file->known[inner];  // a table without keys of its own is checked as well
    return Table(std::make_shared<const Node>(Node{.file = node_->file, .table = inner, .heading = heading}));
}

std::vector<Table> Table::tables(std::string_view key) const {
    std::vector<Table> out;
    const std::string heading = fmt::format("[[{}]]", inner_name(node_->heading, key));
    const toml::node* value = node_->find(key);
    if (value == nullptr) return out;
    const toml::array* list = value->as_array();
    if (list == nullptr || !std::ranges::all_of(*list, [](const toml::node& one) { return one.is_table(); })) {
        node_->wrong(*value, must_be(key, "a list of tables", *value),
                     fmt::format("write {} above each of them", heading));
        return out;
    }
    for (const toml::node& one : *list) {
        node_->file->known[one.as_table()];
        out.push_back(Table(
            std::make_shared<const Node>(Node{.file = node_->file, .table = one.as_table(), .heading = heading})));
    }
    return out;
}

std::vector<std::string> Table::keys() const {
    std::vector<std::string> out;
    if (node_->table == nullptr) return out;
    for (const auto& [key, value] : *node_->table) out.emplace_back(key.str());
    return out;
}

void Table::fault(std::string_view key, std::string_view what, std::string_view accepted) const {
    const toml::node* value = node_->find(key);
    // A key that the root lacks has no place in the file.
    const bool nowhere = value == nullptr && node_->heading.empty();
    const toml::source_position at = value != nullptr ? value->source().begin : node_->place();
    node_->file->add(nowhere ? toml::source_position{} : at, std::string(what), std::string(accepted));
}

File File::read(const std::string& path) {
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in.is_open() || in.bad() || (text.fail() && errno != 0))  // an empty file fails as well, without errno
        throw ConfigError(fmt::format("{}: cannot be read: {}", path, std::strerror(errno != 0 ? errno : EIO)));
    return parse(text.str(), path);
}

File File::parse(std::string_view text, const std::string& name) {
    auto contents = std::make_shared<Contents>();
    contents->name = name;
    contents->lines = lines_of(text);
    contents->root = parse_toml(text, name, contents->lines);
    return File(std::move(contents));
}

Table File::root() const {
    return Table(
        std::make_shared<const Table::Node>(Table::Node{.file = contents_, .table = &contents_->root, .heading = {}}));
}

void File::finish() const {
    contents_->add_unknown(contents_->root);
    if (contents_->faults.empty()) return;
    std::ranges::stable_sort(contents_->faults, {}, [](const Fault& one) { return std::pair(one.line, one.column); });
    std::string all;
    for (const Fault& fault : contents_->faults)
        all += (all.empty() ? "" : "\n") + message(contents_->name, contents_->lines, fault);
    throw ConfigError(all);
}

}  // namespace baytime::config
