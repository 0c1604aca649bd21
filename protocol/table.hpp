// The rows behind verbs(): a verb with the function that reads its values; and the step both spellings share.
#pragma once

#include "protocol/values.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baytime::protocol {

using Reader = std::optional<Problem> (*)(const Values&, const Clockwork&, std::variant<Query, Command>&);

/// The reader of a verb of verbs().
Reader reader_of(const Verb& verb);

/// One call as its spelling gave it.
struct Written {
    std::vector<std::pair<std::string, Given>> named;
    std::vector<Given> bare;  ///< positional values
};

/// The parameter of that name, own or common, or null.
const Parameter* parameter_of(const Verb& verb, std::string_view name);
/// Places, checks and reads what was written into `call.what` and the common parameters.
std::optional<Problem> understand(const Verb& verb, const Written& written, const Clockwork& clock, Call& call);
/// `unknown-verb`, with the nearest one.
Problem unknown_verb(std::string_view name);

}  // namespace baytime::protocol
