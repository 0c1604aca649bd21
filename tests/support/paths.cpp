#include "tests/support/paths.hpp"

namespace baytime::support {

std::string source(const std::string& below) {
    return BAYTIME_SOURCE_DIR "/" + below;
}

std::string built(const std::string& below) {
    return BAYTIME_BUILD_DIR "/" + below;
}

}  // namespace baytime::support
