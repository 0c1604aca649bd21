// Facts as the journal keeps them: a name and a versioned JSON payload that a person can read with sqlite3,
// e.g. assigned {"v":1,"bay":"3","technician":"101","parked":false}. Knows no database.
#pragma once

#include "board/core/event.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace baytime::store {

/// Written into every payload as "v". A change that a missing member's default cannot bridge raises it.
inline constexpr int payload_version = 1;

/// The payload has a version of a later program: not damage.
class NewerPayload : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

std::string_view fact_name(const Fact& fact);
std::string fact_json(const Fact& fact);

/// True when the payload says that it is of this program's version, and the fact is a known one. Cheap: what was
/// written by this program and whose sum fits then also reads.
bool is_plain(std::string_view name, std::string_view payload);

/// Members that are missing keep their defaults; members that are not known are passed over.
/// Throws NewerPayload, or std::runtime_error when the name is unknown or the payload unreadable.
Fact fact_from_json(std::string_view name, std::string_view payload);

}  // namespace baytime::store
