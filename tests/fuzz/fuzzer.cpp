// One fuzzer a target: BAYTIME_FUZZ_TARGET names it.
#include "tests/fuzz/targets.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto& target = *baytime::fuzz::find_target(BAYTIME_FUZZ_TARGET);
    try {
        target.bear({reinterpret_cast<const char*>(data), size});
    } catch (const baytime::fuzz::Broken& broken) {
        std::fprintf(stderr, "broken promise: %s\n", broken.promise.c_str());
        std::abort();
    }
    return 0;
}
