// The file that says how another system calls our columns.
#include "board/reports/table_file.hpp"
#include "protocol/text.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace baytime::reports {

namespace {

/// Without the quotes that TOML and people write.
std::string bare(std::string_view text) {
    text = trimmed(text);
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
        text = text.substr(1, text.size() - 2);
    return lower(text);
}

using Columns = std::vector<std::string>;

bool is_ours(const Columns& columns, const std::string& name) {
    return std::ranges::find(columns, name) != columns.end();
}

BadFile bad(int line, Wrong what, std::vector<std::string> with = {}) {
    return BadFile(fault_at(line, "", "", "", {what, std::move(with)}));
}

/// Either side may be ours. When both are, the left one is the name in the file.
void add(Mapping& mapping, const Columns& columns, const std::string& left, const std::string& right, int line) {
    const bool turned = is_ours(columns, left) && !is_ours(columns, right);
    const std::string& theirs = turned ? right : left;
    const std::string& ours = turned ? left : right;
    if (!is_ours(columns, ours)) {
        std::vector<std::string> with{protocol::shown(left), protocol::shown(right)};
        with.insert(with.end(), columns.begin(), columns.end());
        throw bad(line, Wrong::mapping_unknown, std::move(with));
    }
    if (theirs.empty()) throw bad(line, Wrong::mapping_empty);
    mapping[theirs] = ours;
}

Mapping mapping_of_json(std::string_view text, const Columns& columns) {
    namespace json = boost::json;
    boost::system::error_code failed;
    const auto value = json::parse(json::string_view(text.data(), text.size()), failed);
    if (failed || !value.is_object()) throw bad(1, Wrong::mapping_json);
    Mapping mapping;
    for (const auto& pair : value.get_object()) {
        if (!pair.value().is_string()) throw bad(1, Wrong::mapping_text);
        add(mapping, columns, bare(pair.key()), bare(std::string_view(pair.value().get_string())), 1);
    }
    return mapping;
}

}  // namespace

Mapping read_mapping(std::string_view text, const Columns& columns) {
    if (trimmed(text).starts_with('{')) return mapping_of_json(trimmed(text), columns);
    Mapping mapping;
    for (int line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const auto row = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (row.empty() || row.starts_with('#') || row.starts_with('[')) continue;
        std::size_t middle = row.find('=');
        if (middle == std::string_view::npos) middle = row.find_first_of(",:\t");
        if (middle == std::string_view::npos) throw bad(line, Wrong::mapping_form);
        add(mapping, columns, bare(row.substr(0, middle)), bare(row.substr(middle + 1)), line);
    }
    return mapping;
}

}  // namespace baytime::reports
