// The file that says how another system calls our columns.
#include "board/reports/csv.hpp"
#include "board/reports/order_file.hpp"
#include "board/reports/order_values.hpp"
#include "protocol/text.hpp"

#include <boost/json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace baytime::reports {

namespace {

/// Without the quotes that TOML and people write.
std::string bare(std::string_view text) {
    text = trimmed(text);
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
        text = text.substr(1, text.size() - 2);
    std::string out(trimmed(text));
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool is_ours(const std::string& name) {
    return std::ranges::find(order_columns, name) != order_columns.end();
}

/// Either side may be ours. When both are, the left one is the name in the file.
void add(Mapping& mapping, const std::string& left, const std::string& right, int line) {
    const bool turned = is_ours(left) && !is_ours(right);
    const std::string& theirs = turned ? right : left;
    const std::string& ours = turned ? left : right;
    if (!is_ours(ours))
        throw std::runtime_error(fmt::format("line {}: neither {} nor {} is a column of ours; they are {}", line,
                                             protocol::shown(left), protocol::shown(right),
                                             protocol::one_of(order_columns)));
    if (theirs.empty()) throw std::runtime_error(fmt::format("line {}: a name is empty", line));
    mapping[theirs] = ours;
}

Mapping mapping_of_json(std::string_view text) {
    namespace json = boost::json;
    boost::system::error_code failed;
    const auto value = json::parse(json::string_view(text.data(), text.size()), failed);
    if (failed || !value.is_object()) throw std::runtime_error("line 1: this is no JSON object");
    Mapping mapping;
    for (const auto& pair : value.get_object()) {
        if (!pair.value().is_string()) throw std::runtime_error("line 1: a name must be a text");
        add(mapping, bare(pair.key()), bare(std::string_view(pair.value().get_string())), 1);
    }
    return mapping;
}

}  // namespace

Mapping read_mapping(std::string_view text) {
    if (trimmed(text).starts_with('{')) return mapping_of_json(trimmed(text));
    Mapping mapping;
    for (int line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const auto row = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (row.empty() || row.starts_with('#') || row.starts_with('[')) continue;
        std::size_t middle = row.find('=');
        if (middle == std::string_view::npos) middle = row.find_first_of(",:\t");
        if (middle == std::string_view::npos)
            throw std::runtime_error(fmt::format("line {}: write it as: their name = our name", line));
        add(mapping, bare(row.substr(0, middle)), bare(row.substr(middle + 1)), line);
    }
    return mapping;
}

}  // namespace baytime::reports
