// What is wrong with a text of TOML, for tests.
#pragma once

#include "config/reader.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace baytime::config {

/// Everything that is wrong with `text` when it is read like this.
inline std::string faults_of(std::string_view text, const std::function<void(const Table&)>& read) {
    try {
        const File file = File::parse(text, "shop.toml");
        read(file.root());
        file.finish();
    } catch (const ConfigError& e) {
        return e.what();
    }
    return {};
}

}  // namespace baytime::config
