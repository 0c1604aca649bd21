#include "tests/bench/raw_disk.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>

namespace baytime::bench {

namespace {

constexpr std::int64_t blocks = 256, block_bytes = 4096;

}  // namespace

RawDisk::RawDisk(const std::string& path)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)), block_(block_bytes, 'x') {
    if (file_ < 0) throw std::runtime_error("cannot write " + path);
    for (std::int64_t i = 0; i < blocks; ++i) {
        if (::pwrite(file_, block_.data(), block_.size(), i * block_bytes) != block_bytes)
            throw std::runtime_error("cannot write " + path);
    }
    ::fsync(file_);
}

RawDisk::~RawDisk() {
    ::close(file_);
}

double RawDisk::overwrite() {
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    if (::pwrite(file_, block_.data(), block_.size(), (turn_++ % blocks) * block_bytes) != block_bytes)
        throw std::runtime_error("the disk takes nothing");
    ::fdatasync(file_);
    return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

}  // namespace baytime::bench
