#include "board/cli/files.hpp"

#include "board/cli/trouble.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>

namespace baytime::cli {

namespace {

std::string read_all(std::istream& in, const std::string& path) {
    std::string out, piece(64 * 1024, '\0');
    errno = 0;
    do {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        out.append(piece, 0, static_cast<std::size_t>(in.gcount()));
        if (out.size() > max_whole_bytes)
            throw Trouble(usage, "too-large",
                          path + " is larger than " + std::to_string(max_whole_bytes / 1024 / 1024) + " MiB");
    } while (in);
    if (in.bad()) throw Trouble(usage, "no-file", path + " cannot be read: " + std::strerror(errno));
    return out;
}

}  // namespace

std::string read_whole(const std::string& path) {
    if (path == "-") return read_all(std::cin, "standard input");
    std::ifstream in(path, std::ios::binary);
    if (!in.is_open()) throw Trouble(usage, "no-file", path + " cannot be read: " + std::strerror(errno));
    return read_all(in, path);
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
