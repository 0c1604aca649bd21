#include "board/daemon/descriptor_limit.hpp"

#include <sys/resource.h>

#include <algorithm>

namespace baytime::daemon {

namespace {

constexpr rlim_t wanted = 4096;

}  // namespace

void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = std::min(limit.rlim_max, wanted);
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace baytime::daemon
