// baytime standards check FILE: the shop's catalogue of standard times, looked at before the daemon reads it.
#include "board/cli/files.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/text.hpp"
#include "board/cli/trouble.hpp"
#include "board/reports/catalogue.hpp"
#include "board/reports/file_texts.hpp"

#include <iostream>

namespace baytime::cli {

int run_standards(const Settings& settings) {
    const auto& words = settings.words;
    if (words.size() != 3 || words[1] != "check") {
        throw Trouble(usage, "bad-value", "usage: baytime standards check FILE");
    }
    const auto csv = read_whole(words[2]);
    reports::Catalogue catalogue;
    try {
        catalogue = reports::read_catalogue(reports::as_utf8(csv));
    } catch (const reports::BadFile& bad) {
        catalogue.faults = {bad.fault};
    }
    for (const auto& fault : catalogue.faults) {
        std::cerr << harmless(words[2]) << ":" << fault.line << ": "
                  << harmless(reports::where_and_why(fault, settings.chinese)) << "\n";
    }
    const std::vector counts{std::to_string(catalogue.times.size()), std::to_string(catalogue.bad_rows)};
    std::cout << reports::file_text("standards", counts, settings.chinese) << "\n";
    return catalogue.faults.empty() ? done : refused;
}

}  // namespace baytime::cli
