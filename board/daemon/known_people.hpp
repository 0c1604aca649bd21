// Staff whom only imported orders name: the record knows them, the configuration does not.
#pragma once

#include "board/store/journal.hpp"

#include <set>
#include <string>

namespace baytime::daemon {

/// Takes out those whom an imported order names, or a correction of one. Reads the record from its beginning until
/// nobody is left. Throws std::runtime_error.
void leave_out_known(std::set<std::string>& people, store::Journal& journal);

}  // namespace baytime::daemon
