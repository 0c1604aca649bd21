// Every text a guest reads, in both languages; the texts themselves live in assets/lang.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baytime::lounge {

enum class Language { chinese, english };

/// One language. A `|` in a text marks where it may break into two lines.
class Translation {
public:
    /// Reads a JSON object of texts. Throws std::runtime_error when it is something else.
    explicit Translation(std::string_view json);
    /// Asserts that the text exists.
    const std::string& operator[](std::string_view key) const;
    /// The text with `{name}` replaced.
    std::string fill(std::string_view key,
                     std::initializer_list<std::pair<std::string_view, std::string_view>> values) const;
    std::vector<std::string> keys() const;

private:
    std::map<std::string, std::string, std::less<>> texts_;
};

/// The embedded translation of this language.
const Translation& translation(Language language);

}  // namespace baytime::lounge
