#include "board/client/known_hosts.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>

namespace baytime::client {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t fingerprint_digits = 64;

Untrusted no_entry(std::size_t line) {
    return {"bad-known-hosts", "line " + std::to_string(line) +
                                   " of the file of known servers is no entry "
                                   "\"HOST:PORT FINGERPRINT\"; mend it or "
                                   "delete it"};
}

struct Entry {
    std::string_view server, fingerprint, whole;
};

bool is_blank(char one) {
    return one == ' ' || one == '\t' || one == '\r';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// `HOST:PORT`, in the letters of the names and addresses of computers. A mark
/// of an editor before it, or a letter that only looks like the right one,
/// would make a server that is known a new one.
bool is_server(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return false;
    const auto port = text.substr(colon + 1);
    return std::ranges::all_of(port, [](char one) { return one >= '0' && one <= '9'; }) &&
           std::ranges::all_of(text, [](char one) { return one > ' ' && one < 0x7f; });
}

/// Calls `each` for every line, with empty names for remarks and blank lines.
void each_line(std::string_view text, const std::function<void(const Entry&)>& each) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";  // some editors put it in front
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const auto end = std::min(text.find('\n'), text.size());
        const auto whole = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto line = trimmed(whole);
        if (line.empty() || line.front() == '#') {
            each({.server = {}, .fingerprint = {}, .whole = whole});
            continue;
        }
        const auto blank = std::ranges::find_if(line, is_blank);
        const auto length = static_cast<std::size_t>(blank - line.begin());
        const auto fingerprint = trimmed(line.substr(length));
        if (plain_fingerprint(fingerprint).empty() || !is_server(line.substr(0, length))) throw no_entry(number);
        each({.server = line.substr(0, length), .fingerprint = fingerprint, .whole = whole});
    }
}

/// Empty when there is no such file. One that is there and cannot be read is no
/// first visit.
std::string read_file(const std::string& file) {
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in.is_open() && (errno == ENOENT || errno == ENOTDIR)) return {};
    std::string text(max_known_hosts_bytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!in.is_open() || in.bad())
        throw Untrusted("bad-known-hosts", "the file of known servers " + file + " cannot be read (" +
                                               std::strerror(errno) + "); mend that, or name another file");
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > max_known_hosts_bytes)
        throw Untrusted("bad-known-hosts", file + " is too large for a file of known servers");
    return text;
}

[[noreturn]] void cannot_write(const std::string& file) {
    const std::string why = std::strerror(errno);  // NOLINT: one thread
    throw Untrusted("fingerprint-unknown", "this server is new, and " + file + " cannot be written (" + why +
                                               "); give its fingerprint: baytime tls on its computer shows it");
}

/// Behind what is there, in one write, so that two programs at once do not mix
/// their lines.
void append(const std::string& file, const std::string& line) {
    std::error_code ignored;
    fs::create_directories(fs::path(file).parent_path(), ignored);
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) cannot_write(file);
    const bool done =
        ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(descriptor) == 0;
    const int reason = errno;
    ::close(descriptor);
    errno = reason;
    if (!done) cannot_write(file);
}

}  // namespace

std::string host_name(const std::string& host, const std::string& port) {
    return host.find(':') == std::string::npos ? host + ":" + port : "[" + host + "]:" + port;
}

std::string plain_fingerprint(std::string_view text) {
    for (const std::string_view name : {"SHA256:", "sha256:"}) {
        if (text.starts_with(name)) text.remove_prefix(name.size());
    }
    std::string out;
    for (const char one : text) {
        if (one == ':' || is_blank(one)) continue;
        const auto letter = static_cast<unsigned char>(one);
        if (std::isxdigit(letter) == 0 || out.size() == fingerprint_digits) return {};
        out += static_cast<char>(std::tolower(letter));
    }
    return out.size() == fingerprint_digits ? out : std::string{};
}

std::optional<std::string> known_fingerprint(std::string_view text, std::string_view server) {
    std::optional<std::string> found;
    each_line(text, [&](const Entry& entry) {
        if (entry.server != server || server.empty()) return;
        const auto one = plain_fingerprint(entry.fingerprint);
        if (found && *found != one)
            throw Untrusted("bad-known-hosts", "the file of known servers has two fingerprints for " +
                                                   std::string(server) + "; delete the wrong one");
        found = one;
    });
    return found;
}

std::string without_server(std::string_view text, std::string_view server) {
    std::string out;
    each_line(text, [&](const Entry& entry) {
        if (entry.server != server || server.empty()) out.append(entry.whole).append("\n");
    });
    return out;
}

bool visit(const std::string& file, const std::string& server, const std::string& fingerprint) {
    if (file.empty())
        throw Untrusted("fingerprint-unknown",
                        "nothing says which certificate is right; give the "
                        "server's fingerprint, which baytime tls on "
                        "its computer shows, or a file of known servers");
    if (!is_server(server))
        throw Untrusted("fingerprint-unknown",
                        "a server of this name cannot be written down; give its fingerprint: "
                        "baytime tls on its computer shows it");
    const auto text = read_file(file);
    if (const auto known = known_fingerprint(text, server)) {
        if (*known != fingerprint) throw fingerprint_changed(server, *known, fingerprint, file);
        return false;
    }
    append(file, (text.empty() || text.ends_with('\n') ? "" : "\n") + server + " " + fingerprint + "\n");
    return true;
}

bool forget_server(const std::string& file, const std::string& server) {
    const auto text = read_file(file);
    const auto rest = without_server(text, server);
    if (!known_fingerprint(text, server)) return false;
    const auto unfinished = file + ".new";
    std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
    out << rest;
    out.close();
    if (!out || std::rename(unfinished.c_str(), file.c_str()) != 0) cannot_write(file);
    return true;
}

Untrusted fingerprint_changed(const std::string& server, const std::string& known, const std::string& seen,
                              const std::string& place) {
    return {"fingerprint-changed", server + " shows another certificate than before: " + seen + " instead of " + known +
                                       " in " + place +
                                       ". Somebody may be in between: send nothing until `baytime tls` "
                                       "on the server's own computer shows the "
                                       "new fingerprint. If it does (the daemon was installed anew), "
                                       "then: baytime tls forget " +
                                       server + ", or put the new fingerprint into the settings"};
}

std::string usual_known_hosts() {
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value == nullptr ? "" : value);
    };
    if (const auto base = variable("XDG_CONFIG_HOME"); !base.empty()) return base + "/baytime-known-hosts";
    if (const auto home = variable("HOME"); !home.empty()) return home + "/.config/baytime-known-hosts";
    return {};
}

}  // namespace baytime::client
