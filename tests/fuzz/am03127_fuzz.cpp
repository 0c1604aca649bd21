// Any bytes for the am03127 driver: decoded, judged, shown as a page, and played to its simulator, low and tall.
#include "tests/fuzz/driver_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::driver_bears("am03127", {data, size});
    const fuzz::Driver& driver = *fuzz::find_driver("am03127");
    fuzz::Setup tall = fuzz::usual_setup(driver);
    tall.shape = {.columns = 96, .rows = 16};
    tall.chinese = true;
    fuzz::play(driver, {data, size}, tall);
    driver.show(fuzz::page_of(std::string(data, data + size)), tall);
    return 0;
}
