// How many files and connections this process may have open.
#pragma once

namespace baytime::daemon {

/// Asks for room for every connection, the store, signs, and some in reserve; less is no fault, and stays as it is.
void raise_descriptor_limit();

}  // namespace baytime::daemon
