// Reads the embedded texts once.
#include "board/reports/texts.hpp"

#include "board/reports/embedded.hpp"
namespace baytime::reports {

namespace {

std::map<std::string, std::string, std::less<>> read(std::string_view json) {
    std::map<std::string, std::string, std::less<>> out;
    const auto value = protocol::json::parse(json);
    for (const auto& item : value.as_object())
        out.emplace(std::string(item.key()), std::string(item.value().as_string()));
    return out;
}

}  // namespace

const std::map<std::string, std::string, std::less<>>& texts(bool chinese) {
    static const auto in_chinese = read(embedded::chinese()), in_english = read(embedded::english());
    return chinese ? in_chinese : in_english;
}

std::string_view text(std::string_view group, std::string_view kind, std::string_view name, bool chinese) {
    const auto& all = texts(chinese);
    const std::string start(group);
    auto found = all.find(start + "." + std::string(kind) + "." + std::string(name));
    if (found == all.end()) found = all.find(start + "." + std::string(name));
    return found == all.end() ? std::string_view{} : std::string_view(found->second);
}

std::string filled(std::string_view text, const protocol::json::object& numbers) {
    std::string out(text);
    for (const auto& number : numbers) {
        const std::string mark = "{" + std::string(number.key()) + "}";
        if (const auto at = out.find(mark); at != std::string::npos)
            out.replace(at, mark.size(), protocol::json::serialize(number.value()));
    }
    return out;
}

}  // namespace baytime::reports
