#include "tests/store/cut_off.hpp"

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>

namespace baytime::support {

namespace {

constexpr std::array changing = {SYS_renameat2, SYS_unlinkat,        SYS_fsync,    SYS_fdatasync, SYS_write,
                                 SYS_pwrite64,  SYS_copy_file_range, SYS_sendfile, SYS_ftruncate,
#ifdef SYS_rename
                                 SYS_rename,    SYS_unlink,
#endif
                                 SYS_renameat};
constexpr int stopped_at_call = SIGTRAP | 0x80;  // ptrace(2), PTRACE_O_TRACESYSGOOD

[[noreturn]] void be_traced(const std::function<void()>& work) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(1);
    ::raise(SIGSTOP);
    try {
        work();
    } catch (const std::exception&) {
        ::_exit(2);
    }
    ::_exit(0);
}

bool begins_change(pid_t child) {
    __ptrace_syscall_info info{};
    const auto size = sizeof info;
    if (::ptrace(PTRACE_GET_SYSCALL_INFO, child, reinterpret_cast<void*>(size), &info) <= 0) return false;
    return info.op == PTRACE_SYSCALL_INFO_ENTRY &&
           std::ranges::find(changing, static_cast<long>(info.entry.nr)) != changing.end();
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) throw std::runtime_error("a child cannot be waited for");
    }
    return status;
}

}  // namespace

bool cut_off_at(int n, const std::function<void()>& work) {
    const pid_t child = ::fork();
    if (child == 0) be_traced(work);
    int status = wait_for(child);
    if (!WIFSTOPPED(status)) throw std::runtime_error("processes may not be traced here");
    ::ptrace(PTRACE_SETOPTIONS, child, nullptr,
             reinterpret_cast<void*>(std::uintptr_t{PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL}));
    for (int seen = 0;;) {
        ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
        status = wait_for(child);
        if (WIFEXITED(status)) {
            if (WEXITSTATUS(status) != 0) throw std::runtime_error("the work failed");
            return false;
        }
        if (!WIFSTOPPED(status)) throw std::runtime_error("the work ended by a signal");
        if (WSTOPSIG(status) != stopped_at_call || !begins_change(child) || seen++ < n) continue;
        ::kill(child, SIGKILL);
        wait_for(child);
        return true;
    }
}

}  // namespace baytime::support
