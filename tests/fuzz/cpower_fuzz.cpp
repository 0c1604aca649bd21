// Any bytes for the cpower driver: decoded, judged, shown as a page, and played to its simulator.
#include "tests/fuzz/driver_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::driver_bears("cpower", {data, size});
    return 0;
}
