#include "tests/bench/peers.hpp"

#include "tests/bench/load.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace baytime::bench {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds start_limit{10};

std::string installed(std::initializer_list<const char*> places) {
    for (const char* place : places) {
        if (::access(place, X_OK) == 0) return place;
    }
    return {};
}

std::optional<Peer> started(std::vector<std::string> arguments, std::uint16_t port, const std::string& log) {
    Peer peer{.port = port,
              .process = std::make_unique<support::Process>(std::move(arguments), std::vector<std::string>{}, log)};
    if (!await_port(port)) return std::nullopt;
    return peer;
}

std::string big_endian(std::uint32_t number) {
    number = htonl(number);
    return {reinterpret_cast<const char*>(&number), sizeof number};
}

/// PostgreSQL does not run as root; the Debian package brings an account for it.
std::vector<std::string> as_postgres(const std::string& directory, std::vector<std::string> command) {
    const passwd* account = ::getuid() == 0 ? ::getpwnam("postgres") : nullptr;
    if (account == nullptr) return command;
    if (::chown(directory.c_str(), account->pw_uid, account->pw_gid) != 0)
        throw std::runtime_error("cannot give " + directory + " to postgres");
    std::vector<std::string> out{"/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"};
    out.insert(out.end(), command.begin(), command.end());
    return out;
}

}  // namespace

std::uint16_t free_port() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    ::bind(fd, reinterpret_cast<const sockaddr*>(&place), size);
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&place), &size);
    ::close(fd);
    return ntohs(place.sin_port);
}

bool await_port(std::uint16_t port) {
    const auto until = std::chrono::steady_clock::now() + start_limit;
    while (std::chrono::steady_clock::now() < until) {
        try {
            ::close(connect_to(port));
            return true;
        } catch (const std::runtime_error&) {
            ::poll(nullptr, 0, 20);  // nothing tells us when a foreign server is ready, so it is asked again
        }
    }
    return false;
}

std::optional<Peer> start_redis(const std::string& directory) {
    const auto program = installed({"/usr/bin/redis-server", "/usr/local/bin/redis-server"});
    if (program.empty()) return std::nullopt;
    fs::create_directories(directory);
    const auto port = free_port();
    return started({program, "--bind", "127.0.0.1", "--port", std::to_string(port), "--dir", directory, "--save", "",
                    "--appendonly", "yes", "--appendfsync", "always"},
                   port, directory + "/log");
}

std::optional<Peer> start_postgres(const std::string& directory) {
    const auto server = installed({"/usr/lib/postgresql/15/bin/postgres"});
    if (server.empty()) return std::nullopt;
    fs::create_directories(directory);
    const auto data = directory + "/data";
    support::Process setup(as_postgres(directory, {fs::path(server).replace_filename("initdb").string(), "-D", data,
                                                   "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale"}),
                           {}, "/dev/null");
    setup.rest(std::chrono::seconds(60));
    if (setup.wait(std::chrono::seconds(60)) != 0) return std::nullopt;
    const auto port = free_port();
    auto peer = started(as_postgres(directory, {server, "-D", data, "-k", directory, "-h", "127.0.0.1", "-p",
                                                std::to_string(port), "-c", "max_connections=600"}),
                        port, "/dev/null");
    if (!peer) return peer;
    const std::string who = std::string("user\0postgres\0database\0postgres\0", 32) + '\0';
    constexpr std::uint32_t protocol_3 = 196608;
    peer->greeting = big_endian(static_cast<std::uint32_t>(8 + who.size())) + big_endian(protocol_3) + who;
    // It listens before it is ready, and turns away who comes meanwhile.
    for (const auto until = std::chrono::steady_clock::now() + start_limit;;) {
        try {
            PostgresSession(*peer).ask("CREATE TABLE event (id bigserial PRIMARY KEY, body text)");
            break;
        } catch (const std::runtime_error&) {
            if (std::chrono::steady_clock::now() > until) throw;
            ::poll(nullptr, 0, 20);
        }
    }
    return peer;
}

std::optional<Peer> start_mosquitto(const std::string& directory) {
    const auto program = installed({"/usr/sbin/mosquitto"});
    if (program.empty()) return std::nullopt;
    fs::create_directories(directory);
    const auto port = free_port();
    std::ofstream(directory + "/mosquitto.conf") << "listener " << port << " 127.0.0.1\nallow_anonymous true\n"
                                                 << "max_queued_messages 0\nset_tcp_nodelay true\n"
                                                 << (::getuid() == 0 ? "user root\n" : "");
    return started({program, "-c", directory + "/mosquitto.conf"}, port, directory + "/log");
}

PostgresSession::PostgresSession(const Peer& server) : socket_(connect_to(server.port)) {
    if (::send(socket_, server.greeting.data(), server.greeting.size(), MSG_NOSIGNAL) < 0)
        throw std::runtime_error("PostgreSQL has hung up");
    await_reply();
}

PostgresSession::~PostgresSession() {
    ::close(socket_);
}

void PostgresSession::ask(const std::string& sql) {
    const auto query = postgres_query(sql);
    if (::send(socket_, query.data(), query.size(), MSG_NOSIGNAL) < 0)
        throw std::runtime_error("PostgreSQL has hung up");
    await_reply();
}

void PostgresSession::await_reply() {
    std::array<char, 65536> chunk{};
    received_.clear();
    while (postgres_reply(received_) == 0) {
        const auto count = ::recv(socket_, chunk.data(), chunk.size(), 0);
        if (count <= 0) throw std::runtime_error("PostgreSQL has hung up");
        received_.append(chunk.data(), static_cast<std::size_t>(count));
    }
    if (received_.starts_with('E')) throw std::runtime_error("PostgreSQL refuses: " + received_);
}

std::string postgres_query(const std::string& sql) {
    return "Q" + big_endian(static_cast<std::uint32_t>(4 + sql.size() + 1)) + sql + '\0';
}

}  // namespace baytime::bench
