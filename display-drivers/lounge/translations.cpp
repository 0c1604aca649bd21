// Reads the embedded texts once.
#include "display-drivers/lounge/translations.hpp"

#include "display-drivers/lounge/embedded.hpp"

#include <boost/json.hpp>

#include <cassert>
#include <stdexcept>

namespace baytime::lounge {

Translation::Translation(std::string_view json) {
    const auto value = boost::json::parse(json);
    if (!value.is_object()) throw std::runtime_error("a translation must be one JSON object of texts");
    for (const auto& item : value.as_object()) {
        if (!item.value().is_string()) throw std::runtime_error("not a text: " + std::string(item.key()));
        texts_.emplace(std::string(item.key()), std::string(item.value().as_string()));
    }
}

const std::string& Translation::operator[](std::string_view key) const {
    const auto found = texts_.find(key);
    assert(found != texts_.end());
    return found->second;
}

std::string Translation::fill(std::string_view key,
                              std::initializer_list<std::pair<std::string_view, std::string_view>> values) const {
    std::string text = (*this)[key];
    for (const auto& [name, value] : values) {
        const std::string mark = "{" + std::string(name) + "}";
        const auto at = text.find(mark);
        if (at != std::string::npos) text.replace(at, mark.size(), value);
    }
    return text;
}

std::vector<std::string> Translation::keys() const {
    std::vector<std::string> all;
    for (const auto& item : texts_) all.push_back(item.first);
    return all;
}

const Translation& translation(Language language) {
    static const Translation chinese(embedded::chinese());
    static const Translation english(embedded::english());
    return language == Language::chinese ? chinese : english;
}

}  // namespace baytime::lounge
