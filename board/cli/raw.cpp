// baytime raw: nc with manners. Lines of standard input go out as they are, answers come back harmless.
#include "board/cli/connection.hpp"
#include "board/cli/loops.hpp"
#include "board/cli/signals.hpp"
#include "board/cli/text.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace baytime::cli {
namespace {

/// Answers waited for at once; the daemon refuses more than 128.
constexpr int most_outstanding = 64;

class Raw {
public:
    explicit Raw(client::Client client) : client_(std::move(client)) {}

    int run() {
        using Steady = std::chrono::steady_clock;
        auto last_word = Steady::now();
        while (!asked_to_stop()) {
            send_lines();
            if (drain()) last_word = Steady::now();
            if (ended_ && pending_.empty() && outstanding_ <= 0) break;
            if (ended_ && Steady::now() - last_word > answer_deadline) {
                throw Trouble(no_connection, "no-connection", "the daemon does not answer");
            }
            wait();
        }
        return refused_ ? refused : done;
    }

private:
    void wait() {
        const bool hungry = !ended_ && outstanding_ < most_outstanding;
        std::array<pollfd, 2> ends{pollfd{hungry ? STDIN_FILENO : -1, POLLIN, 0},
                                   pollfd{client_.descriptor(), POLLIN, 0}};
        if (poll(ends.data(), ends.size(), 1000) <= 0) return;
        if ((ends[0].revents & (POLLIN | POLLHUP)) == 0) return;
        std::array<char, 4096> chunk{};
        const auto count = ::read(STDIN_FILENO, chunk.data(), chunk.size());
        if (count > 0) {
            pending_.append(chunk.data(), static_cast<std::size_t>(count));
        } else {
            ended_ = true;
            if (!pending_.empty() && !pending_.ends_with('\n')) pending_ += '\n';
        }
    }

    void send_lines() {
        for (auto end = pending_.find('\n'); end != std::string::npos && outstanding_ < most_outstanding;
             end = pending_.find('\n')) {
            const std::string line = pending_.substr(0, end);
            pending_.erase(0, end + 1);
            if (line.find_first_not_of(" \r\t") == std::string::npos) continue;
            client_.send(line);
            if (wants_answer(line)) ++outstanding_;
        }
    }

    // A JSON-RPC notification has no id and gets no answer.
    static bool wants_answer(const std::string& line) {
        if (!line.starts_with('{')) return true;
        try {
            const auto value = json::parse(line);
            return !value.is_object() || value.get_object().contains("id");
        } catch (const std::exception&) {
            return true;
        }
    }

    bool drain() {
        bool any = false;
        while (const auto line = client_.take_line()) {
            any = true;
            std::printf("%s\n", harmless(*line).c_str());
            std::fflush(stdout);
            if (line->starts_with("OK") || line->starts_with("ERR") || line->starts_with('[')) --outstanding_;
            if (line->starts_with("ERR")) refused_ = true;
            if (line->starts_with('{')) count_object(*line);
        }
        return any;
    }

    void count_object(const std::string& line) {
        try {
            const auto object = json::parse(line).as_object();
            if (object.contains("method")) return;
            --outstanding_;
            if (object.contains("error")) refused_ = true;
        } catch (const std::exception&) {
            refused_ = true;
        }
    }

    client::Client client_;
    std::string pending_;
    int outstanding_ = 0;
    bool ended_ = false;
    bool refused_ = false;
};

}  // namespace

int run_raw(const Settings& settings) {
    catch_signals();
    try {
        auto client = reach(settings);
        std::printf("%s\n", harmless(client.greeting()).c_str());
        return Raw(std::move(client)).run();
    } catch (const Trouble&) {
        throw;
    } catch (const std::runtime_error& error) {
        throw Trouble(no_connection, "no-connection", error.what());
    }
}

}  // namespace baytime::cli
