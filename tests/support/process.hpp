// A real program under test: started with its output on a pipe, signalled and awaited by its own process id only.
#pragma once

#include <sys/types.h>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace baytime::support {

class Process {
public:
    /// Starts `arguments[0]`. `environment` entries (`NAME=value`) are added to this process's own.
    /// Standard error goes to `log` when given. Throws std::system_error.
    explicit Process(std::vector<std::string> arguments, std::vector<std::string> environment = {},
                     const std::string& log = {});
    ~Process();  ///< kills it when it still runs
    Process(Process&& other) noexcept;
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t id() const { return id_; }
    /// The next line of its standard output, without the newline; nothing at its end or after the deadline.
    std::optional<std::string> line(std::chrono::milliseconds deadline = std::chrono::seconds(30));
    /// Everything up to the end of its standard output.
    std::string rest(std::chrono::milliseconds deadline = std::chrono::seconds(30));
    void write(std::string_view text);  ///< to its standard input
    void signal(int number) const;
    /// Waits for its end: the exit status, or 128 + the signal that ended it. Throws std::runtime_error on the
    /// deadline.
    int wait(std::chrono::milliseconds deadline = std::chrono::seconds(30));

private:
    bool read_more(std::chrono::steady_clock::time_point until);

    pid_t id_ = -1;
    int out_ = -1;
    int in_ = -1;
    std::string pending_;
};

}  // namespace baytime::support
