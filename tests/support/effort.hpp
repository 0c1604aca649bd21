// How long a test searches for faults. The g++ build searches in full; the instrumented build, many times slower, looks
// for what only its sanitizers see, and a part of the search shows that.
#pragma once

#include <cstddef>

namespace baytime::support {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool instrumented = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool instrumented = true;
#else
inline constexpr bool instrumented = false;
#endif
#else
inline constexpr bool instrumented = false;
#endif

/// `full` rounds, or an eighth of them (at least one) under sanitizers.
constexpr int effort(int full) {
    return instrumented && full > 8 ? full / 8 : full;
}

/// Whether this one of many like moments is tried: each, or each eighth under sanitizers.
constexpr bool sampled(std::size_t index) {
    return !instrumented || index % 8 == 0;
}

}  // namespace baytime::support
