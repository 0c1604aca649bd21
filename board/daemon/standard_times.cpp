#include "board/daemon/standard_times.hpp"

#include "board/reports/catalogue.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace baytime::daemon {

StandardTimes parse_standard_times(std::string_view text, const std::string& name) {
    std::string faults;
    const auto note = [&](const reports::Fault& fault) {
        faults += fmt::format("{}{}:{}: {}", faults.empty() ? "" : "\n", name, fault.line,
                              reports::where_and_why(fault, false));
    };
    reports::Catalogue catalogue;
    try {
        catalogue = reports::read_catalogue(reports::as_utf8(text));
    } catch (const reports::BadFile& bad) {
        note(bad.fault);
    }
    for (const auto& fault : catalogue.faults) note(fault);
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
