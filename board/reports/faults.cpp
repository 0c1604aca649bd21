#include "board/reports/faults.hpp"

#include "board/reports/file_texts.hpp"

#include <cstddef>
#include <iterator>
#include <span>

namespace baytime::reports {

namespace {

std::string text(std::string_view key, std::string value, bool chinese) {
    const std::vector with{std::move(value)};
    return file_text(key, with, chinese);
}

/// The words of a list come last; where it begins among the values of a sentence, or -1.
std::ptrdiff_t list_of(Wrong fault) {
    if (fault == Wrong::bad_word) return 0;
    return fault == Wrong::mapping_unknown ? 2 : -1;
}

std::string joined(std::span<const std::string> words, bool chinese) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0 && i + 1 == words.size()) out += chinese ? " 或 " : " or ";
        if (i > 0 && i + 1 < words.size()) out += chinese ? "、" : ", ";
        out += words[i];
    }
    return out;
}

}  // namespace

std::string cut(std::string_view value) {
    if (value.size() <= max_shown_bytes) return std::string(value);
    std::size_t end = max_shown_bytes;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
    return std::string(value.substr(0, end)) + "…";
}

std::string sentence(const Why& why, bool chinese) {
    const auto list = list_of(why.fault);
    if (list < 0 || std::ssize(why.with) <= list) return file_text(name(why.fault), why.with, chinese);
    std::vector<std::string> with(why.with.begin(), why.with.begin() + list);
    with.push_back(joined(std::span(why.with).subspan(with.size()), chinese));
    return file_text(name(why.fault), with, chinese);
}

Fault fault_at(int line, std::string_view order, std::string_view column, std::string_view value, Why why) {
    Fault out{.line = line,
              .order = cut(order),
              .column = std::string(column),
              .value = cut(value),
              .why = sentence(why, false),
              .fault = why.fault,
              .with = {}};
    out.with = std::move(why.with);
    return out;
}

std::string where_and_why(const Fault& fault, bool chinese) {
    std::string out = fault.column;
    if (!fault.value.empty()) out += chinese ? "“" + fault.value + "”" : " \"" + fault.value + "\"";
    const auto why = sentence({fault.fault, fault.with}, chinese);
    return out.empty() ? why : out + text("why", why, chinese);
}

std::string fault_line(const Fault& fault, bool chinese) {
    std::string place;
    if (fault.line > 0) place += text("at_line", std::to_string(fault.line), chinese);
    if (!fault.order.empty()) place += text("at_order", fault.order, chinese);
    const auto rest = where_and_why(fault, chinese);
    if (place.empty()) return rest;
    return fault.column.empty() && fault.value.empty() ? place + text("why", rest, chinese)
                                                       : place + (chinese ? "，" : ", ") + rest;
}

}  // namespace baytime::reports
