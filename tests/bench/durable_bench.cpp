// Durable acknowledged updates over TCP, beside the disk itself, Redis and PostgreSQL doing the same durable write.
// Rounds are interleaved, and one in which the disk was in its slow mood is thrown away: then every server waits for
// the same flush, and ratios say nothing.
#include "tests/bench/house.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/peers.hpp"
#include "tests/bench/raw_disk.hpp"
#include "tests/bench/row.hpp"
#include "tests/support/temp_dir.hpp"

#include <array>
#include <cstdio>
#include <map>
#include <stdexcept>

namespace {

using namespace baytime;
using namespace baytime::bench;

constexpr int rounds = 5, most_rounds = 7;
constexpr std::chrono::milliseconds load_time{1000};
constexpr int flushes = 300;

std::vector<double> raw_flushes(const std::string& directory) {
    RawDisk disk(directory + "/raw");
    std::vector<double> out;
    for (int i = 0; i < flushes; ++i) out.push_back(disk.overwrite());
    return out;
}

struct Figures {
    double p50 = 0, p99 = 0, p999 = 0, rate = 0, cpu = 0;
};

Figures figures_of(const LoadResult& result) {
    if (result.refused > 0) throw std::runtime_error("updates were refused");
    const auto count = static_cast<double>(result.latencies_us.size());
    return {.p50 = quantile(result.latencies_us, 0.5),
            .p99 = quantile(result.latencies_us, 0.99),
            .p999 = quantile(result.latencies_us, 0.999),
            .rate = result.rate(),
            .cpu = count > 0 ? result.server_cpu_us / count : 0};
}

/// Two sets of flushes, before and after the servers.
Figures raw_of(const std::vector<double>& before, const std::vector<double>& after) {
    const auto mean = [](double a, double b) { return (a + b) / 2; };
    Figures out{.p50 = mean(median(before), median(after)),
                .p99 = mean(quantile(before, 0.99), quantile(after, 0.99)),
                .p999 = mean(quantile(before, 0.999), quantile(after, 0.999))};
    out.rate = 1e6 / out.p50;
    return out;
}

/// The servers, on one disk.
struct Field {
    support::DaemonProcess& daemon;
    std::optional<Peer>& redis;
    std::optional<Peer>& postgres;

    Figures ours(int clients) const {
        return figures_of(run({.port = static_cast<std::uint16_t>(std::stoi(daemon.port())),
                               .clients = clients,
                               .time = load_time,
                               .reply_end = baytime_reply,
                               .greets = true,
                               .request = update_of,
                               .server = daemon.id()}));
    }
    Figures redis_figures(int clients) const { return asked_of_redis(clients, "XADD bench * e"); }
    /// Each client its own key.
    Figures redis_set_figures(int clients) const { return asked_of_redis(clients, "SET"); }
    Figures asked_of_redis(int clients, const std::string& verb) const {
        const auto request = [verb](int client, int n) {
            const std::string key = verb == "SET" ? " k" + std::to_string(client) : std::string();
            return verb + key + " \"estimate R" + std::to_string(client) + " +" + std::to_string(n) +
                   " as=301, an update with about as many bytes as ours has in its journal, and a little more\"\r\n";
        };
        return figures_of(run({.port = redis->port,
                               .clients = clients,
                               .time = load_time,
                               .reply_end = redis_reply,
                               .request = request,
                               .server = redis->process->id()}));
    }
    Figures postgres_figures(int clients) const {
        const auto insert = [](int client, int n) {
            return postgres_query("INSERT INTO event (body) VALUES ('estimate R" + std::to_string(client) + " +" +
                                  std::to_string(n) +
                                  " as=301, an update with about as many bytes as ours has in its journal')");
        };
        return figures_of(run({.port = postgres->port,
                               .clients = clients,
                               .time = load_time,
                               .reply_end = postgres_reply,
                               .greeting_request = postgres->greeting,
                               .request = insert}));
    }
};

using Rows = std::map<std::string, Row>;

void add(Rows& rows, Row form, double ours, double theirs) {
    form.ours.clear(), form.theirs.clear();
    auto& row = rows.try_emplace(form.name + ", " + form.reference, std::move(form)).first->second;
    row.ours.push_back(ours);
    row.theirs.push_back(theirs);
}

Goal at_most(double limit) {
    return {.limit = limit, .side = Goal::Side::at_most};
}
Goal at_least(double limit) {
    return {.limit = limit, .side = Goal::Side::at_least};
}

constexpr Goal none{.side = Goal::Side::none};

std::string named(const std::string& what, int clients) {
    return what + ", " + std::to_string(clients) + (clients == 1 ? " client" : " clients");
}

/// The three latencies beside those of a peer.
void add_latencies(Rows& rows, int clients, const std::string& peer, const Figures& ours, const Figures& theirs,
                   const std::array<Goal, 3>& goals) {
    const std::array<const char*, 3> names{"ack p50", "ack p99", "ack p99.9"};
    const std::array mine{ours.p50, ours.p99, ours.p999}, other{theirs.p50, theirs.p99, theirs.p999};
    for (std::size_t i = 0; i < names.size(); ++i)
        add(rows, {.name = named(names[i], clients), .unit = "us", .reference = peer, .goal = goals[i]}, mine[i],
            other[i]);
}

const std::string disk = "raw 4 KiB overwrite + fdatasync", stream = "redis XADD always", insert = "postgres INSERT";

void add_beside_redis(Rows& rows, int clients, const Field& field, const Figures& ours) {
    if (!field.redis) return;
    const auto theirs = field.redis_figures(clients);
    const bool one = clients == 1, fifty = clients == 50;
    add(rows,
        {.name = named("updates", clients),
         .unit = "/s",
         .reference = stream,
         .goal = one ? none : at_least(fifty ? 1.2 : 1.0)},
        ours.rate, theirs.rate);
    add_latencies(rows, clients, stream, ours, theirs, {one ? at_most(0.90) : none, none, none});
    add(rows,
        {.name = named("server CPU an update", clients),
         .unit = "us",
         .reference = stream,
         .goal = fifty ? at_most(1.1) : none},
        ours.cpu, theirs.cpu);
    if (!fifty) return;
    const auto set = field.redis_set_figures(clients);
    add_latencies(rows, clients, "redis SET always", ours, set, {none, at_most(1.2), none});
}

/// One round of everything. False when the disk was slow before or after it.
bool measure_round(const Field& field, const std::string& directory, int clients, Rows& rows) {
    const auto before = raw_flushes(directory);
    Rows fresh;
    const auto ours = field.ours(clients);
    add_beside_redis(fresh, clients, field, ours);
    if (field.postgres) {
        const auto theirs = field.postgres_figures(clients);
        add(fresh,
            {.name = named("updates", clients),
             .unit = "/s",
             .reference = insert,
             .goal = clients == 50 ? at_least(3.0) : none},
            ours.rate, theirs.rate);
        add_latencies(fresh, clients, insert, ours, theirs, {none, none, none});
    }
    const auto after = raw_flushes(directory);
    if (std::max(median(before), median(after)) > slow_flush_us) return false;
    const auto raw = raw_of(before, after);
    add(fresh, {.name = named("updates", clients), .unit = "/s", .reference = disk, .goal = none}, ours.rate, raw.rate);
    add_latencies(fresh, clients, disk, ours, raw, {clients == 1 ? at_most(1.40) : none, none, none});
    for (auto& [key, row] : fresh) add(rows, row, row.ours.front(), row.theirs.front());
    return true;
}

/// Without a disk: what the servers themselves cost.
void in_memory(Rows& rows) {
    support::TempDir ours_at, redis_at;
    const std::filesystem::path memory = "/dev/shm";
    const auto home = memory / ours_at.path().filename();
    const auto redis_home = memory / redis_at.path().filename();
    {
        support::DaemonProcess daemon(write_house(home.string(), {}));
        receive_jobs(daemon, 50);
        auto redis = start_redis(redis_home.string());
        std::optional<Peer> nothing;
        const Field field{.daemon = daemon, .redis = redis, .postgres = nothing};
        for (int i = 0; redis && i < rounds; ++i)
            add(rows,
                {.name = "updates without a disk, 50 clients",
                 .unit = "/s",
                 .reference = "redis XADD on tmpfs",
                 .goal = at_least(0.70)},
                field.ours(50).rate, field.redis_figures(50).rate);
    }
    std::filesystem::remove_all(home);
    std::filesystem::remove_all(redis_home);
}

void measure() {
    support::TempDir directory;
    support::TempDir of_postgres;  // given to the account that PostgreSQL runs as
    const auto at = [&](const char* name) { return (directory.path() / name).string(); };
    support::DaemonProcess daemon(write_house(at("ours"), {}));
    receive_jobs(daemon, 500);
    auto redis = start_redis(at("redis"));
    auto postgres = start_postgres(of_postgres.path().string());
    print_head();
    if (!redis) print_missing("redis", "redis-server is not installed or did not start");
    if (!postgres) print_missing("postgres", "PostgreSQL 15 is not installed or did not start");
    const Field field{.daemon = daemon, .redis = redis, .postgres = postgres};
    const std::string home = directory.path().string();
    Rows rows;
    for (const int clients : {1, 50, 500}) {
        int good = 0;
        for (int i = 0; i < most_rounds && good < rounds; ++i) good += measure_round(field, home, clients, rows);
        if (good == 0) print_missing(std::to_string(clients) + " clients", "the disk was slow in every round");
    }
    in_memory(rows);
    for (const auto& [name, row] : rows) print(row);
}

}  // namespace

int main() {
    try {
        measure();
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "durable: %s\n", failure.what());
        return 1;
    }
}
