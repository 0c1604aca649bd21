#include "config/names.hpp"

#include "config/reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace baytime::config {
namespace {

std::string checked(const Table& table, std::string_view key, std::string text) {
    const auto begins = [](char one) { return (static_cast<unsigned char>(one) & 0xC0U) != 0x80U; };
    const auto letters = static_cast<std::size_t>(std::ranges::count_if(text, begins));
    if (letters > max_name_letters)
        table.fault(key, fmt::format("\"{}\" has {} letters [too-long]", key, letters),
                    fmt::format("accepted here: a name of at most {} letters", max_name_letters));
    if (text.find('\n') != std::string::npos)
        table.fault(key, fmt::format("\"{}\" has a line break [bad-text]", key), "accepted here: a name on one line");
    return text;
}

}  // namespace

std::string name(const Table& table, std::string_view key, std::string_view otherwise) {
    return checked(table, key, table.text(key, otherwise));
}

std::string required_name(const Table& table, std::string_view key) {
    return checked(table, key, table.required_text(key));
}

}  // namespace baytime::config
