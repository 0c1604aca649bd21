#include "board/daemon/standard_times.hpp"

#include "board/core/catalogue.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace baytime::daemon {

StandardTimes parse_standard_times(std::string_view text, const std::string& name) {
    auto catalogue = read_catalogue(text);
    std::string faults;
    for (const auto& fault : catalogue.faults)
        faults += fmt::format("{}{}:{}: {}", faults.empty() ? "" : "\n", name, fault.line, fault.what);
    if (!faults.empty()) throw std::runtime_error(faults);
    return std::move(catalogue.times);
}

StandardTimes read_standard_times(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(fmt::format("{}: the file cannot be opened", path));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return parse_standard_times(text, path);
}

}  // namespace baytime::daemon
