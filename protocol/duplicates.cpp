// A handler for Boost.JSON's event parser that remembers the member names of every open object.
#include "protocol/duplicates.hpp"

#include "protocol/verbs.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <limits>
#include <set>
#include <vector>

namespace baytime::protocol {
namespace {

struct Names {
    using error_code = boost::system::error_code;
    using view = json::string_view;
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

    std::vector<std::set<std::string>> open;
    std::string name;
    std::optional<std::string> doubled;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) {
        open.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, error_code&) {
        open.pop_back();
        return true;
    }
    bool on_key_part(view part, std::size_t, error_code&) {
        name.append(part.data(), part.size());
        return true;
    }
    bool on_key(view part, std::size_t, error_code&) {
        name.append(part.data(), part.size());
        if (!open.back().insert(name).second && !doubled) doubled = name;
        name.clear();
        return true;
    }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t, error_code&) { return true; }
    bool on_string_part(view, std::size_t, error_code&) { return true; }
    bool on_string(view, std::size_t, error_code&) { return true; }
    bool on_number_part(view, error_code&) { return true; }
    bool on_int64(std::int64_t, view, error_code&) { return true; }
    bool on_uint64(std::uint64_t, view, error_code&) { return true; }
    bool on_double(double, view, error_code&) { return true; }
    bool on_bool(bool, error_code&) { return true; }
    bool on_null(error_code&) { return true; }
    bool on_comment_part(view, error_code&) { return true; }
    bool on_comment(view, error_code&) { return true; }
};

}  // namespace

std::optional<std::string> doubled_member(std::string_view text) {
    json::parse_options options;
    options.max_depth = max_json_depth;
    json::basic_parser<Names> parser(options);
    boost::system::error_code failed;
    parser.write_some(false, text.data(), text.size(), failed);
    return parser.handler().doubled;
}

}  // namespace baytime::protocol
