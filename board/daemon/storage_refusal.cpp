// What is said when the disk or the system refused: the true cause, as far as it is known, and no path.
#include "board/daemon/workshop.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

namespace baytime::daemon {

namespace {

/// Libraries tell this in many ways, so it is tried.
bool no_descriptor_left() {
    const int one = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (one < 0) return errno == EMFILE || errno == ENFILE;
    ::close(one);
    return false;
}

bool disk_full(const std::exception& failure) {
    constexpr std::array full{ENOSPC, EDQUOT, EFBIG};
    if (const auto* system = dynamic_cast<const std::system_error*>(&failure))
        return system->code().category() == std::generic_category() &&
               std::ranges::find(full, system->code().value()) != full.end();
    // The words of the store, whose exceptions carry no code.
    return std::string_view(failure.what()).find("the disk is full") != std::string_view::npos;
}

}  // namespace

Refused storage_refusal() {
    return {"storage", "it could not be stored, nothing has changed; please try again", storage_code};
}

Refused storage_refusal(const std::exception& failure) {
    auto refused = storage_refusal();
    if (disk_full(failure))
        refused.sentence =
            "the disk is full, so it could not be stored and nothing has changed; call whoever runs the computer of "
            "the board";
    else if (no_descriptor_left())
        refused.sentence =
            "the daemon has too many files and connections open, so it could not be done; try again in a minute, and "
            "when it stays so call whoever runs the computer of the board";
    return refused;
}

}  // namespace baytime::daemon
