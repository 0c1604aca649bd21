#include "tests/bench/load.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace baytime::bench {

namespace {

using Clock = std::chrono::steady_clock;

struct Client {
    int socket = -1;
    int sent = 0;
    Clock::time_point since{};
    std::string received{};
};

class Player {
public:
    explicit Player(const Load& load) : load_(load), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
        clients_.resize(static_cast<std::size_t>(load.clients));
        for (std::size_t i = 0; i < clients_.size(); ++i) open(i);
    }
    ~Player() {
        for (const Client& client : clients_) ::close(client.socket);
        ::close(poll_);
    }
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    LoadResult play() {
        const double cpu_before = load_.server != 0 ? cpu_us(load_.server) : 0;
        const auto begin = Clock::now();
        until_ = begin + load_.time;
        for (std::size_t i = 0; i < clients_.size(); ++i) ask(i);
        while (under_way_ > 0) turn();
        result_.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        if (load_.server != 0) result_.server_cpu_us = cpu_us(load_.server) - cpu_before;
        return std::move(result_);
    }

private:
    void open(std::size_t i) {
        Client& client = clients_[i];
        client.socket = connect_to(load_.port);
        if (load_.greets) await_line(client);
        if (!load_.greeting_request.empty()) {
            send(client, load_.greeting_request);
            while (load_.reply_end(client.received) == 0) read(client);
            client.received.clear();
        }
        ::fcntl(client.socket, F_SETFL, O_NONBLOCK);
        epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
        ::epoll_ctl(poll_, EPOLL_CTL_ADD, client.socket, &event);
    }

    static void await_line(Client& client) {
        while (client.received.find('\n') == std::string::npos) read(client);
        client.received.clear();
    }

    static void send(const Client& client, const std::string& text) {
        if (::send(client.socket, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
            throw std::runtime_error("a client was dropped while sending");
    }

    static bool read(Client& client) {
        std::array<char, 65536> chunk{};
        const auto count = ::recv(client.socket, chunk.data(), chunk.size(), 0);
        if (count == 0) throw std::runtime_error("the server closed a connection");
        if (count < 0) return false;
        client.received.append(chunk.data(), static_cast<std::size_t>(count));
        return true;
    }

    void ask(std::size_t i) {
        Client& client = clients_[i];
        const auto text = load_.request(static_cast<int>(i), client.sent++);
        client.since = Clock::now();
        send(client, text);
        ++under_way_;
    }

    void turn() {
        std::array<epoll_event, 256> events{};
        const int count = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 10'000);
        if (count == 0) throw std::runtime_error("no reply for ten seconds");
        for (int k = 0; k < count; ++k) answered(events[static_cast<std::size_t>(k)].data.u64);
    }

    void answered(std::size_t i) {
        Client& client = clients_[i];
        if (!read(client)) return;
        const auto end = load_.reply_end(client.received);
        if (end == 0) return;
        const auto now = Clock::now();
        result_.latencies_us.push_back(std::chrono::duration<double, std::micro>(now - client.since).count());
        if (client.received.starts_with("ERR") || client.received.starts_with("-")) ++result_.refused;
        client.received.erase(0, end);
        --under_way_;
        if (now < until_) ask(i);
    }

    const Load& load_;
    int poll_;
    std::vector<Client> clients_;
    std::size_t under_way_ = 0;
    Clock::time_point until_{};
    LoadResult result_;
};

}  // namespace

std::size_t baytime_reply(std::string_view received) {
    std::size_t begin = 0;
    for (auto end = received.find('\n'); end != std::string_view::npos; end = received.find('\n', begin)) {
        const auto line = received.substr(begin, end - begin);
        begin = end + 1;
        if (line.starts_with("OK") || line.starts_with("ERR ")) return begin;
    }
    return 0;
}

std::size_t redis_reply(std::string_view received) {
    const auto end = received.find("\r\n");
    if (end == std::string_view::npos) return 0;
    if (received[0] != '$') return end + 2;
    const auto size = static_cast<std::size_t>(std::stoul(std::string(received.substr(1, end - 1))));
    return received.size() >= end + 2 + size + 2 ? end + 2 + size + 2 : 0;
}

std::size_t postgres_reply(std::string_view received) {
    std::size_t at = 0;
    while (received.size() >= at + 5) {
        std::uint32_t length = 0;
        std::memcpy(&length, received.data() + at + 1, sizeof length);
        const std::size_t next = at + 1 + ntohl(length);
        if (received.size() < next) return 0;
        if (received[at] == 'Z') return next;
        at = next;
    }
    return 0;
}

LoadResult run(const Load& load) {
    return Player(load).play();
}

double cpu_us(pid_t process) {
    std::ifstream in("/proc/" + std::to_string(process) + "/stat");
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const auto behind_name = text.rfind(')');
    if (behind_name == std::string::npos) return 0;
    std::istringstream fields(text.substr(behind_name + 2));
    std::string skipped;
    constexpr int before_times = 11;  // state to cmajflt (proc(5), /proc/PID/stat)
    for (int i = 0; i < before_times; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) * 1e6 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double resident_kib(pid_t process) {
    std::ifstream in("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6));
    }
    return 0;
}

int connect_to(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0) {
        if (fd >= 0) ::close(fd);
        throw std::runtime_error("cannot connect to 127.0.0.1:" + std::to_string(port));
    }
    const int yes = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return fd;
}

}  // namespace baytime::bench
