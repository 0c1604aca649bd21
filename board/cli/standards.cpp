// baytime standards check FILE: the shop's catalogue of standard times, looked at before the daemon reads it.
#include "board/cli/loops.hpp"
#include "board/cli/text.hpp"
#include "board/cli/trouble.hpp"
#include "board/core/catalogue.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

namespace baytime::cli {

int run_standards(const Settings& settings) {
    const auto& words = settings.words;
    if (words.size() != 3 || words[1] != "check") {
        throw Trouble(usage, "bad-value", "usage: baytime standards check FILE");
    }
    std::ifstream file(words[2], std::ios::binary);
    if (!file) throw Trouble(refused, "", words[2] + ": the file cannot be opened");
    const std::string csv{std::istreambuf_iterator<char>(file), {}};
    const auto catalogue = read_catalogue(csv);
    for (const auto& fault : catalogue.faults) {
        std::cerr << harmless(words[2]) << ":" << fault.line << ": " << harmless(fault.what) << "\n";
    }
    std::cout << catalogue.times.size() << " good standard times, " << catalogue.faults.size() << " faulty rows\n";
    return catalogue.faults.empty() ? done : refused;
}

}  // namespace baytime::cli
