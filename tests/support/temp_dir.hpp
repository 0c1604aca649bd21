// A directory of its own for one test, gone with everything in it when the test ends.
#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace baytime::support {

class TempDir {
public:
    /// Throws std::system_error when no directory can be made.
    TempDir() {
        std::string pattern = (std::filesystem::temp_directory_path() / "baytime-test-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::system_error(errno, std::generic_category(), pattern);
        path_ = pattern;
    }
    ~TempDir() {
        std::error_code ignored;  // a test that failed half-way must not fail again here
        std::filesystem::remove_all(path_, ignored);
    }
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace baytime::support
