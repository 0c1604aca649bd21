// One change to 1, 100 and 1,000 watchers: from the request to the last watcher that has the whole news. Beside
// Mosquitto (QoS 0), Redis (XADD + PUBLISH, for the durable rows) and the least a server can do: one process that reads
// a line and writes as many bytes to each socket.
#include "tests/bench/house.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/peers.hpp"
#include "tests/bench/row.hpp"
#include "tests/support/temp_dir.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <stdexcept>

namespace {

using namespace baytime;
using namespace baytime::bench;
using Clock = std::chrono::steady_clock;

constexpr int changes = 60, warm_up = 5;
/// Bytes of one news of the peers; one changed job of ours takes about 570.
constexpr std::size_t news_bytes = 200;

/// Published back to back, as when the shop opens: until the last watcher has all of them.
constexpr int in_burst = 20, bursts = 20;

/// True when this holds the whole news.
using Has = bool (*)(const std::string& received);

bool has_push(const std::string& received) {
    const auto at = received.find("! workshop change");
    return at != std::string::npos && received.find('\n', at) != std::string::npos;
}
/// The row of the last job of a burst.
bool has_last_of_burst(const std::string& received) {
    static const std::string row = "{\"id\":\"R" + std::to_string(in_burst - 1) + "\",";
    return received.ends_with('\n') && received.find(row) != received.npos;
}
bool has_bytes(const std::string& received) {
    return received.size() >= news_bytes;
}
bool has_bytes_of_burst(const std::string& received) {
    return received.size() >= in_burst * news_bytes;
}

std::string times(int count, const std::string& text) {
    std::string out;
    for (int i = 0; i < count; ++i) out += text;
    return out;
}

/// Sockets that wait for news, and one that makes it.
class Crowd {
public:
    Crowd(std::uint16_t port, int watchers, const std::string& subscribe, std::size_t least_reply)
        : poll_(::epoll_create1(EPOLL_CLOEXEC)), sockets_(static_cast<std::size_t>(watchers)) {
        for (std::size_t i = 0; i < sockets_.size(); ++i) {
            sockets_[i] = connect_to(port);
            say(sockets_[i], subscribe);
        }
        for (std::size_t i = 0; i < sockets_.size(); ++i) {
            hear(sockets_[i], least_reply);
            epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
            ::epoll_ctl(poll_, EPOLL_CTL_ADD, sockets_[i], &event);
        }
    }
    ~Crowd() {
        for (const int socket : sockets_) ::close(socket);
        ::close(poll_);
    }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    /// Microseconds from the request until the last watcher has the news.
    double news(int speaker, const std::string& request, Has has) {
        std::vector<std::string> received(sockets_.size());
        const auto begin = Clock::now();
        say(speaker, request);
        std::size_t missing = sockets_.size();
        while (missing > 0) missing -= listen(received, has);
        return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
    }

    static void say(int socket, const std::string& text) {
        if (!text.empty() && ::send(socket, text.data(), text.size(), MSG_NOSIGNAL) < 0)
            throw std::runtime_error("a connection was dropped");
    }
    static void hear(int socket, std::size_t least) {
        std::array<char, 65536> chunk{};
        for (std::size_t heard = 0; heard < least;) {
            const auto count = ::recv(socket, chunk.data(), chunk.size(), 0);
            if (count <= 0) throw std::runtime_error("a connection was dropped");
            heard += static_cast<std::size_t>(count);
        }
        while (::recv(socket, chunk.data(), chunk.size(), MSG_DONTWAIT) > 0) {
        }
    }

private:
    std::size_t listen(std::vector<std::string>& received, Has has) {
        std::array<epoll_event, 256> events{};
        const int count = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 10'000);
        if (count <= 0) throw std::runtime_error("no news for ten seconds");
        std::size_t complete = 0;
        for (int k = 0; k < count; ++k) {
            const auto i = events[static_cast<std::size_t>(k)].data.u64;
            std::array<char, 65536> chunk{};
            const auto size = ::recv(sockets_[i], chunk.data(), chunk.size(), MSG_DONTWAIT);
            if (size == 0) throw std::runtime_error("a watcher was dropped");
            if (size < 0) continue;
            const bool before = has(received[i]);
            received[i].append(chunk.data(), static_cast<std::size_t>(size));
            if (!before && has(received[i])) ++complete;
        }
        return complete;
    }

    int poll_;
    std::vector<int> sockets_;
};

/// The times of so many changes, the first ones left out. The speaker's answers are taken and forgotten.
template <class Request>
std::vector<double> times_of(Crowd& crowd, int speaker, int count, Request request, Has has) {
    std::vector<double> out;
    for (int n = 0; n < count + warm_up; ++n) {
        const double took = crowd.news(speaker, request(n), has);
        if (n >= warm_up) out.push_back(took);
        std::array<char, 16384> answer{};
        while (::recv(speaker, answer.data(), answer.size(), MSG_DONTWAIT) > 0) {
        }
    }
    return out;
}

/// One change at a time, and bursts.
struct Times {
    std::vector<double> single, burst;
};

Times ours(const support::DaemonProcess& daemon, int watchers) {
    const auto port = static_cast<std::uint16_t>(std::stoi(daemon.port()));
    Crowd crowd(port, watchers, "watch workshop\n", 200);
    const int speaker = connect_to(port);
    Crowd::hear(speaker, 1);
    const auto burst = [](int n) {
        std::string out;
        for (int job = 0; job < in_burst; ++job) out += update_of(job, n);
        return out;
    };
    Times out;
    out.single = times_of(
        crowd, speaker, changes, [](int n) { return update_of(0, n); }, has_push);
    out.burst = times_of(crowd, speaker, bursts, burst, has_last_of_burst);
    ::close(speaker);
    return out;
}

/// MQTT 3.1.1, sections 3.1, 3.8 and 3.3: lengths below 128 take one byte, the news two.
std::string mqtt_connect(const std::string& id) {
    const std::string body = std::string("\0\x04MQTT\x04\x02\0\x3C", 10) + '\0' + static_cast<char>(id.size()) + id;
    return std::string("\x10") + static_cast<char>(body.size()) + body;
}
std::string mqtt_publish() {
    const std::size_t body = news_bytes - 3;
    return std::string("\x30") + static_cast<char>((body & 0x7F) | 0x80) + static_cast<char>(body >> 7) +
           std::string("\0\x01t", 3) + std::string(body - 3, 'x');
}

Times mosquitto(std::uint16_t port, int watchers) {
    const std::string subscribe("\x82\x06\0\x01\0\x01t\0", 8);
    constexpr std::size_t acknowledgements = 4 + 5;
    Crowd crowd(port, watchers, mqtt_connect("") + subscribe, acknowledgements);
    const int speaker = connect_to(port);
    Crowd::say(speaker, mqtt_connect(""));
    Crowd::hear(speaker, 4);
    Times out;
    out.single = times_of(
        crowd, speaker, changes, [](int) { return mqtt_publish(); }, has_bytes);
    out.burst = times_of(
        crowd, speaker, bursts, [](int) { return times(in_burst, mqtt_publish()); }, has_bytes_of_burst);
    ::close(speaker);
    return out;
}

/// `stored`: a durable event and its news, as an application on Redis would do it; else the news alone.
Times redis(std::uint16_t port, int watchers, bool stored) {
    Crowd crowd(port, watchers, "SUBSCRIBE t\r\n", 20);
    const int speaker = connect_to(port);
    const std::string news(news_bytes, 'x'), publish = "PUBLISH t " + news + "\r\n";
    const std::string request = stored ? "XADD bench * e " + news + "\r\n" + publish : publish;
    Times out;
    out.single = times_of(
        crowd, speaker, changes, [&](int) { return request; }, has_bytes);
    out.burst = times_of(
        crowd, speaker, bursts, [&](int) { return times(in_burst, request); }, has_bytes_of_burst);
    ::close(speaker);
    return out;
}

/// The least a server can do. Runs in a child process; the first connections are watchers, the last one speaks.
[[noreturn]] void plain_writer(int listening, int watchers) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::vector<int> sockets;
    for (int i = 0; i < watchers; ++i) sockets.push_back(::accept(listening, nullptr, nullptr));
    const std::string hello = "hello\n", news(news_bytes, 'x');
    for (const int socket : sockets) Crowd::say(socket, hello);
    const int speaker = ::accept(listening, nullptr, nullptr);
    std::array<char, 4096> line{};
    while (::recv(speaker, line.data(), line.size(), 0) > 0) {
        for (const int socket : sockets) Crowd::say(socket, news);
    }
    ::_exit(0);
}

std::vector<double> plain(int watchers) {
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    ::bind(listening, reinterpret_cast<const sockaddr*>(&place), size);
    ::listen(listening, SOMAXCONN);
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&place), &size);
    const pid_t child = ::fork();
    if (child == 0) plain_writer(listening, watchers);
    ::close(listening);
    std::vector<double> out;
    {
        Crowd crowd(ntohs(place.sin_port), watchers, "", 1);
        const int speaker = connect_to(ntohs(place.sin_port));
        out = times_of(
            crowd, speaker, changes, [](int) { return std::string("go\n"); }, has_bytes);
        ::close(speaker);
    }
    ::waitpid(child, nullptr, 0);
    return out;
}

Row row(const std::string& name, const std::string& reference, double limit, const std::vector<double>& ours,
        const std::vector<double>& theirs) {
    const auto side = limit > 0 ? Goal::Side::at_most : Goal::Side::none;
    Row out{.name = name, .unit = "us", .reference = reference, .goal = {.limit = limit, .side = side}};
    constexpr std::size_t rounds = 5;
    const std::size_t in_round = std::min(ours.size(), theirs.size()) / rounds;
    for (std::size_t i = 0; i < rounds; ++i) {
        const auto part = [&](const std::vector<double>& all) {
            const auto begin = all.begin() + static_cast<std::ptrdiff_t>(i * in_round);
            return median(std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(in_round)));
        };
        out.ours.push_back(part(ours));
        out.theirs.push_back(part(theirs));
    }
    return out;
}

/// What the goals are for so many watchers; 0: none.
struct Goals {
    double broker = 0, publish = 0, durable = 0, burst_broker = 0, burst_publish = 0;
};
Goals goals_of(int watchers) {
    if (watchers == 1000)
        return {.broker = 0.55, .publish = 0.95, .durable = 1.0, .burst_broker = 0.05, .burst_publish = 0.70};
    return watchers == 100 ? Goals{.broker = 0.70, .durable = 1.05} : Goals{};
}

struct Servers {
    support::DaemonProcess &in_memory, &durable;
    std::optional<Peer>&broker, &store;
};

void measure(const Servers& servers, int watchers) {
    const auto whom = std::to_string(watchers) + (watchers == 1 ? " watcher" : " watchers");
    const auto change = "change to the last of " + whom, burst = "burst of 20 to the last of " + whom;
    const auto goals = goals_of(watchers);
    const auto quick = ours(servers.in_memory, watchers);
    print(row(change, "plain epoll writer", 0, quick.single, plain(watchers)));
    if (servers.broker) {
        const auto theirs = mosquitto(servers.broker->port, watchers);
        print(row(change, "mosquitto QoS 0", goals.broker, quick.single, theirs.single));
        print(row(burst, "mosquitto QoS 0", goals.burst_broker, quick.burst, theirs.burst));
    }
    if (!servers.store) return;
    const auto published = redis(servers.store->port, watchers, false);
    print(row(change, "redis PUBLISH", goals.publish, quick.single, published.single));
    print(row(burst, "redis PUBLISH", goals.burst_publish, quick.burst, published.burst));
    const auto durable = ours(servers.durable, watchers), stored = redis(servers.store->port, watchers, true);
    print(row("durable " + change, "redis XADD + PUBLISH", goals.durable, durable.single, stored.single));
    print(row("durable " + burst, "redis XADD + PUBLISH", 0, durable.burst, stored.burst));
}

void measure() {
    support::TempDir directory;
    const auto at = [&](const char* name) { return (directory.path() / name).string(); };
    const auto memory = std::filesystem::path("/dev/shm") / directory.path().filename();
    {
        support::DaemonProcess in_memory(write_house(memory.string(), {}));
        support::DaemonProcess durable(write_house(at("ours"), {}));
        receive_jobs(in_memory, 60);
        receive_jobs(durable, 60);
        auto broker = start_mosquitto(at("mosquitto"));
        auto store = start_redis(at("redis"));
        print_head();
        if (!broker) print_missing("mosquitto", "it is not installed or did not start");
        if (!store) print_missing("redis", "redis-server is not installed or did not start");
        const Servers servers{.in_memory = in_memory, .durable = durable, .broker = broker, .store = store};
        for (const int watchers : {1, 100, 1000}) measure(servers, watchers);
    }
    std::filesystem::remove_all(memory);
}

}  // namespace

int main() {
    try {
        measure();
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "fanout: %s\n", failure.what());
        return 1;
    }
}
