// Any bytes for the modbus driver: decoded, judged, shown as a page, and played to its simulator, as digits and as a
// panel whose text can be read back.
#include "tests/fuzz/driver_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::driver_bears("modbus", {data, size});
    const fuzz::Driver& driver = *fuzz::find_driver("modbus");
    fuzz::Setup panel = fuzz::usual_setup(driver);
    panel.options["profile"] = "text-panel";
    fuzz::play(driver, {data, size}, panel);
    return 0;
}
