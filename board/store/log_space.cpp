#include "board/store/log_space.hpp"

#include "board/store/connection.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <tuple>

namespace baytime::store {

namespace {

/// SQLite's page by default, and the headers in its log (its file format, section 4).
constexpr off_t page_bytes = 4096, frame_header_bytes = 24, log_header_bytes = 32;
constexpr off_t log_bytes = log_header_bytes + checkpoint_pages * (frame_header_bytes + page_bytes);

bool fill(int file, off_t from) {
    static constexpr std::array<char, 64 * 1024> zeros{};
    while (from < log_bytes) {
        const auto piece = std::min(zeros.size(), static_cast<std::size_t>(log_bytes - from));
        const auto written = ::pwrite(file, zeros.data(), piece, from);
        if (written <= 0) return false;
        from += written;
    }
    return ::fdatasync(file) == 0;
}

}  // namespace

void lay_out_log(const std::string& path) {
    // SQLite's locks are on the other two files, so closing this one lets none of them go.
    const int file = ::open((path + "-wal").c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    struct stat now {};
    if (::fstat(file, &now) == 0 && now.st_size < log_bytes && !fill(file, now.st_size))
        std::ignore = ::ftruncate(file, now.st_size);  // what room there is belongs to the events
    ::close(file);
}

bool log_holds_something(const std::string& path) {
    std::ifstream log(path + "-wal", std::ios::binary);
    if (!log.is_open()) return std::filesystem::exists(path + "-wal");  // nobody knows what an unreadable one holds
    std::array<char, log_header_bytes> header{};
    log.read(header.data(), header.size());
    return std::ranges::any_of(header, [](char one) { return one != 0; });
}

}  // namespace baytime::store
