#include "board/cli/files.hpp"

#include "board/cli/trouble.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

namespace baytime::cli {

std::string read_whole(const std::string& path) {
    if (path == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
    std::ifstream in(path, std::ios::binary);
    std::string out{std::istreambuf_iterator<char>(in), {}};
    if (!in.is_open() || in.bad()) throw Trouble(usage, "no-file", path + " cannot be read: " + std::strerror(errno));
    return out;
}

void write_whole(const std::string& path, const std::string& bytes) {
    const std::string unfinished = path + ".part";
    std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
    out << bytes;
    out.close();
    if (!out || std::rename(unfinished.c_str(), path.c_str()) != 0)
        throw Trouble(usage, "no-file", path + " cannot be written: " + std::strerror(errno));
}

}  // namespace baytime::cli
