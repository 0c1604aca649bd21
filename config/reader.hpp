// Reads a TOML file strictly: unknown keys and wrong types are errors that name file, line and column, show the line
// with a caret, and say what would be accepted. Used by the daemon, the lounge and the command line.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::config {

struct Contents;
struct Value;

/// what(): `FILE:LINE:COLUMN: what is wrong`, the line, a caret, and what would be accepted. All faults of one file.
class ConfigError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// One table of the file. Asking for a key marks it as known; File::finish() reports those never asked for.
/// A fault is remembered and the default returned, so that one run reports every fault.
class Table {
public:
    std::string text(std::string_view key, std::string_view otherwise) const;
    std::string required_text(std::string_view key) const;
    std::int64_t number(std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most) const;
    double real(std::string_view key, double otherwise, double least, double most) const;
    bool yes(std::string_view key, bool otherwise) const;
    /// One of a list of words.
    std::string choice(std::string_view key, std::string_view otherwise,
                       const std::vector<std::string>& accepted) const;
    std::vector<std::string> texts(std::string_view key) const;
    bool has(std::string_view key) const;
    bool has_text(std::string_view key) const;              ///< it is there, and a text
    Table table(std::string_view key) const;                ///< empty when absent
    std::vector<Table> tables(std::string_view key) const;  ///< `[[key]]`
    const std::string& file() const;                        ///< the name of the file it stands in
    std::vector<std::string> keys() const;  ///< all that are there; asking for them does not make them known
    /// Adds a fault at this key's value (or at the table when the key is absent). `accepted` may be empty.
    void fault(std::string_view key, std::string_view what, std::string_view accepted) const;

    struct Node;  ///< inside reader.cpp
    explicit Table(std::shared_ptr<const Node> node) : node_(std::move(node)) {}

private:
    Table inner(const Value* value, std::string heading) const;

    std::shared_ptr<const Node> node_;
};

class File {
public:
    /// Throws ConfigError when the file is missing or is no TOML.
    static File read(const std::string& path);
    static File parse(std::string_view text, const std::string& name);
    Table root() const;
    /// Throws ConfigError when there were faults or unknown keys (with the nearest known key as suggestion).
    void finish() const;

private:
    explicit File(std::shared_ptr<Contents> contents) : contents_(std::move(contents)) {}
    std::shared_ptr<Contents> contents_;
};

}  // namespace baytime::config
