// A program that is killed at one of the calls by which it changes files.
#pragma once

#include <functional>

namespace baytime::support {

/// Runs `work` in a child process that is killed as it makes its `n`-th such call (from 0), before the call does
/// anything. False when it ended by itself first. Throws std::runtime_error when processes may not be traced here.
bool cut_off_at(int n, const std::function<void()>& work);

}  // namespace baytime::support
