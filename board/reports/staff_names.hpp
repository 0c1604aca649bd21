// Who is meant by a text of another system: an id of the shop's staff, a name that one of them has, or a stranger.
// Pure.
#pragma once

#include "board/core/shop.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::reports {

/// A name as it is kept: full-width letters and blanks as half-width ones, none around, one between words, none beside
/// Chinese characters. So one person is one, however the name was typed.
std::string plain_name(std::string_view text);

class StaffNames {
public:
    /// The shop must outlive it.
    explicit StaffNames(const Shop& shop);

    /// `text` as plain_name() writes it: the id of the one it means, else the text itself. Ids come before names.
    const std::string& id_of(const std::string& text) const;
    /// The ids of all who have this name, when they are several and it is nobody's id; else nothing.
    std::vector<std::string> namesakes(const std::string& text) const;
    bool knows(const std::string& id) const { return shop_.person(id) != nullptr; }

private:
    const Shop& shop_;
    std::map<std::string, std::vector<std::string>, std::less<>> ids_;  ///< by plain name
};

}  // namespace baytime::reports
