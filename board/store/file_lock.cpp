#include "board/store/file_lock.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace baytime::store {
namespace {

std::string holder(int descriptor) {
    std::array<char, 16> text{};
    const ssize_t count = ::pread(descriptor, text.data(), text.size() - 1, 0);
    auto* end = std::find_if_not(text.begin(), text.begin() + std::max<ssize_t>(count, 0),
                                 [](unsigned char c) { return std::isdigit(c) != 0; });
    if (end == text.begin()) return "another process";
    return "process " + std::string(text.begin(), end);
}

}  // namespace

FileLock::FileLock(const std::string& path) {
    const std::string name = path + ".lock";
    descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor_ < 0)
        throw std::runtime_error(fmt::format("cannot write the lock file {}: {}", name, std::strerror(errno)));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        const std::string who = holder(descriptor_);
        ::close(descriptor_);
        if (reason != EWOULDBLOCK)
            throw std::runtime_error(fmt::format("cannot lock {}: {}", name, std::strerror(reason)));
        throw std::runtime_error(
            fmt::format("{} is in use by {}: stop that one first, or give this one another file", path, who));
    }
    // The id only helps people; the lock itself is the kernel's, so a failed write changes nothing.
    const std::string id = fmt::format("{}\n", ::getpid());
    if (::ftruncate(descriptor_, 0) != 0 || ::pwrite(descriptor_, id.data(), id.size(), 0) < 0) return;
}

FileLock::~FileLock() {
    // The file stays: removing it would let two later processes lock two different files of the same name.
    ::close(descriptor_);
}

}  // namespace baytime::store
