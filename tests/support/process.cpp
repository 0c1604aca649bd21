#include "tests/support/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>
#include <utility>

extern char** environ;

namespace baytime::support {

namespace {

using Clock = std::chrono::steady_clock;

void check(int code, const char* what) {
    if (code != 0) throw std::system_error(code, std::generic_category(), what);
}

int milliseconds_left(Clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    return left > 0 ? static_cast<int>(left) + 1 : 0;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (auto& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

}  // namespace

Process::Process(std::vector<std::string> arguments, std::vector<std::string> environment, const std::string& log) {
    std::array<int, 2> out{};
    std::array<int, 2> in{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(in.data(), O_CLOEXEC) != 0) check(errno, "pipe2");
    posix_spawn_file_actions_t actions{};
    check(::posix_spawn_file_actions_init(&actions), "posix_spawn_file_actions_init");
    ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    if (!log.empty()) {
        ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    }
    for (char** each = environ; *each != nullptr; ++each) environment.emplace_back(*each);
    const int failed = ::posix_spawn(&id_, arguments[0].c_str(), &actions, nullptr, pointers(arguments).data(),
                                     pointers(environment).data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(out[1]);
    ::close(in[0]);
    out_ = out[0];
    in_ = in[1];
    if (failed != 0) id_ = -1;
    check(failed, arguments[0].c_str());
}

Process::Process(Process&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      out_(std::exchange(other.out_, -1)),
      in_(std::exchange(other.in_, -1)),
      pending_(std::move(other.pending_)) {}

Process::~Process() {
    if (id_ > 0) {
        ::kill(id_, SIGKILL);
        int status = 0;
        ::waitpid(id_, &status, 0);
    }
    if (out_ >= 0) ::close(out_);
    if (in_ >= 0) ::close(in_);
}

bool Process::read_more(Clock::time_point until) {
    pollfd ready{.fd = out_, .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, milliseconds_left(until)) <= 0) return false;
    std::array<char, 4096> chunk{};
    const ssize_t count = ::read(out_, chunk.data(), chunk.size());
    if (count <= 0) return false;
    pending_.append(chunk.data(), static_cast<std::size_t>(count));
    return true;
}

std::optional<std::string> Process::line(std::chrono::milliseconds deadline) {
    const auto until = Clock::now() + deadline;
    std::size_t end = pending_.find('\n');
    while (end == std::string::npos) {
        if (!read_more(until)) return std::nullopt;
        end = pending_.find('\n');
    }
    std::string text = pending_.substr(0, end);
    pending_.erase(0, end + 1);
    return text;
}

std::string Process::rest(std::chrono::milliseconds deadline) {
    const auto until = Clock::now() + deadline;
    while (read_more(until)) {
    }
    return std::exchange(pending_, {});
}

void Process::write(std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(in_, text.data(), text.size());
        if (count < 0) check(errno, "write");
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

void Process::signal(int number) const {
    if (id_ > 0) ::kill(id_, number);
}

int Process::wait(std::chrono::milliseconds deadline) {
    // Debian 12's C library has no pidfd_open() in C++ reach everywhere; the system call is there since Linux 5.3.
    const int watched = static_cast<int>(::syscall(SYS_pidfd_open, id_, 0));
    if (watched < 0) check(errno, "pidfd_open");
    pollfd ended{.fd = watched, .events = POLLIN, .revents = 0};
    const int count = ::poll(&ended, 1, static_cast<int>(deadline.count()));
    ::close(watched);
    if (count <= 0) throw std::runtime_error("the process has not ended in time");
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace baytime::support
