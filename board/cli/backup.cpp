// baytime backup and baytime restore: copies of the journal, made by the running daemon and put back without it.
#include "board/cli/connection.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/text.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

namespace baytime::cli {
namespace {

namespace fs = std::filesystem;

/// A million events take seconds; a slow disk may take its time.
constexpr std::chrono::minutes backup_deadline{60};
constexpr std::chrono::milliseconds look_again{200};

std::string text_of(const json::object& result, std::string_view member) {
    const auto* found = result.if_contains(member);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

/// Asks for a copy and waits until it is made and checked.
json::object make(Connection& connection) {
    const auto until = std::chrono::steady_clock::now() + backup_deadline;
    auto state = connection.call("backup", {});
    while (text_of(state, "state") == "running" && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(look_again);
        state = connection.call("backup", {{"status", true}});
    }
    if (text_of(state, "state") == "done") return state;
    throw Trouble(refused, "backup-failed",
                  text_of(state, "state") == "running" ? "the copy is not made yet; look again: baytime backup status"
                                                       : text_of(state, "why"));
}

[[noreturn]] void no_copy(const std::string& to, const std::string& why) {
    throw Trouble(refused, "no-file", "no copy at " + to + ": " + why);
}

using Hash = std::array<unsigned char, crypto_generichash_BYTES>;

/// Of all bytes of the file; each block is handed to `also` on the way.
template <class Also>
Hash hash_of(const fs::path& path, const Also& also) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        no_copy(path.string(),
                "the file cannot be read; it lies on the daemon's computer, and its directory may be "
                "closed to this user");
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, crypto_generichash_BYTES);
    std::array<char, 64 * 1024> block{};
    while (in.read(block.data(), block.size()) || in.gcount() > 0) {
        const auto count = static_cast<std::size_t>(in.gcount());
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(block.data()), count);
        also(block.data(), count);
    }
    Hash out{};
    crypto_generichash_final(&state, out.data(), out.size());
    return out;
}

void flush(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || ::fsync(descriptor) != 0) {
        const std::string why = std::strerror(errno);
        if (descriptor >= 0) ::close(descriptor);
        no_copy(path.string(), why);
    }
    ::close(descriptor);
}

/// An empty file for its owner alone, whatever lay there: it will hold names and phones.
void create_private(const fs::path& path) {
    fs::remove(path);
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) no_copy(path.string(), std::strerror(errno));
    ::close(descriptor);
}

/// Before a copy is made that could not be put there.
void look_where(const fs::path& to) {
    if (fs::is_directory(to)) return;
    if (fs::exists(to)) no_copy(to.string(), "something is there already; a copy never takes its place");
    const auto directory = to.has_parent_path() ? to.parent_path() : fs::path(".");
    if (!fs::is_directory(directory)) no_copy(to.string(), directory.string() + " is no directory");
}

/// The daemon has verified `from`; this copy holds the same bytes, or there is none.
void copy_verified(const fs::path& from, const fs::path& to) {
    if (fs::exists(to)) no_copy(to.string(), "something is there already; a copy never takes its place");
    const fs::path unfinished = to.string() + ".part";
    create_private(unfinished);
    std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
    const auto write = [&out](const char* bytes, std::size_t count) {
        out.write(bytes, static_cast<std::streamsize>(count));
    };
    const auto ours = hash_of(from, write);
    out.close();
    if (!out) {
        fs::remove(unfinished);
        no_copy(to.string(), std::strerror(errno));
    }
    flush(unfinished);
    if (hash_of(unfinished, [](const char*, std::size_t) {}) != ours) {
        fs::remove(unfinished);
        no_copy(to.string(), "the disk gave back other bytes than were written");
    }
    fs::rename(unfinished, to);
    flush(to.has_parent_path() ? to.parent_path() : fs::path("."));
}

/// The daemon's program: beside this one, else wherever programs are found.
std::string daemon_program() {
    std::error_code unknown;
    const auto here = fs::read_symlink("/proc/self/exe", unknown);
    const auto beside = here.parent_path() / "baytimed";
    return !unknown && fs::exists(beside) ? beside.string() : "baytimed";
}

}  // namespace

int run_backup(const Settings& settings) {
    const auto& words = settings.words;
    if (words.size() > 2) throw Trouble(usage, "unknown-parameter", "usage: baytime backup [FILE|DIRECTORY|status]");
    Connection connection = Connection::open(settings);
    if (words.size() == 2 && words[1] == "status") {
        std::cout << harmless_json(json::serialize(connection.call("backup", {{"status", true}}))) << "\n";
        return done;
    }
    if (words.size() == 2) look_where(words[1]);
    auto made = make(connection);
    if (words.size() == 2) {
        const fs::path from = text_of(made, "path");
        const fs::path to = fs::is_directory(words[1]) ? fs::path(words[1]) / from.filename() : fs::path(words[1]);
        copy_verified(from, to);
        made["copy"] = to.string();
    }
    if (settings.json) {
        std::cout << harmless_json(json::serialize(made)) << "\n";
        return done;
    }
    std::cout << harmless(text_of(made, "path")) << ": " << made["events"] << " events, " << made["bytes"]
              << " bytes, checked and replayed\n";
    if (made.contains("copy")) std::cout << harmless(text_of(made, "copy")) << ": the same bytes\n";
    if (made.contains("damaged"))
        std::cerr << "an older copy is damaged or holds names that should be gone: "
                  << harmless(text_of(made, "damaged")) << "\n";
    return done;
}

int run_restore(const Settings& settings) {
    if (settings.words.size() != 2)
        throw Trouble(usage, "missing-parameter", "usage: baytime restore FILE [--config FILE]");
    std::vector<std::string> call{daemon_program(), "--restore", settings.words[1]};
    if (!settings.config.empty()) call.insert(call.end(), {"--config", settings.config});
    std::vector<char*> arguments;
    for (auto& one : call) arguments.push_back(one.data());
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    throw Trouble(refused, "no-daemon",
                  "the program baytimed is not found (" + std::string(std::strerror(errno)) +
                      "); a copy is put back where the daemon is installed");
}

}  // namespace baytime::cli
