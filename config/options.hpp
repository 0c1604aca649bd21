// What all command lines have in common.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace baytime::config {

/// From now on an option of `app` that takes a value takes no empty one: behind `--restore "$COPY"` or `--fingerprint
/// "$PIN"` it is a variable of a script that was never set, and without the option the program does something else.
/// Call it when all options are there.
inline void refuse_empty_values(CLI::App& app) {
    const CLI::Validator filled([](std::string& word) { return std::string(word.empty() ? "its value is empty" : ""); },
                                "");
    for (CLI::Option* option : app.get_options([](CLI::Option* one) { return one->nonpositional(); })) {
        if (option->get_items_expected_min() > 0) option->check(filled);
    }
}

}  // namespace baytime::config
