// Acknowledgements while somebody else asks for reports without a pause, beside those of a daemon left alone.
#include "tests/bench/house.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/row.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <thread>

namespace {

using namespace baytime;
using namespace baytime::bench;

constexpr int rounds = 5, orders = 18'000;  // a year of a shop with 50 cars a day
constexpr std::chrono::milliseconds load_time{1000};

/// Imports a year of settled orders through the command line.
void import_year(const support::DaemonProcess& daemon, const std::string& path) {
    {
        std::ofstream out(path);
        out << "order_no,plate,repair_type,advisor,technicians,received_at,promised_at,settled_at,amount\n";
        for (int i = 0; i < orders; ++i) {
            const auto day = fmt::format("2025-{:02}-{:02}", i % 12 + 1, i % 28 + 1);
            out << fmt::format("N{:06},沪A{:05},maintenance,301,101|102,{} 08:00,{} 10:30,{} 10:{:02},300.50\n", i, i,
                               day, day, day, i % 60);
        }
    }
    support::Process import({support::built("board/cli/baytime"), "--port", daemon.port(), "import", "orders", path});
    const auto said = import.rest(support::daemon_deadline);
    if (import.wait(support::daemon_deadline) != 0) throw std::runtime_error("the import failed: " + said);
}

double ack_p50(const support::DaemonProcess& daemon) {
    const auto result = run({.port = static_cast<std::uint16_t>(std::stoi(daemon.port())),
                             .time = load_time,
                             .greets = true,
                             .request = update_of});
    if (result.refused > 0) throw std::runtime_error("updates were refused");
    return median(result.latencies_us);
}

/// Asks for a month again and again, from its own thread, as long as it lives.
class Manager {
public:
    explicit Manager(const support::DaemonProcess& daemon) : client_(daemon.connect()) {
        asking_ = std::thread([this] {
            while (!leave_) took_ms_ = ask();
        });
    }
    ~Manager() {
        leave_ = true;
        asking_.join();
    }
    Manager(const Manager&) = delete;
    Manager& operator=(const Manager&) = delete;
    double took_ms() const { return took_ms_; }

private:
    double ask() {
        const auto begin = std::chrono::steady_clock::now();
        const auto reply = support::ask(client_, "report monthly month=2025-06 by=advisor");
        if (!reply.starts_with("OK")) std::terminate();  // the whole measurement would be of something else
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    }
    client::Client client_;
    std::atomic<bool> leave_ = false;
    std::atomic<double> took_ms_ = 0;
    std::thread asking_;
};

void measure() {
    const support::TempDir directory;
    const support::DaemonProcess daemon(write_house((directory.path() / "ours").string(), {}));
    receive_jobs(daemon, 60);
    import_year(daemon, (directory.path() / "orders.csv").string());
    Row row{.name = "ack p50 while reports run without pause",
            .unit = "us",
            .reference = "ack p50 without reports",
            .goal = {.limit = 1.15}};
    Row beside{.name = row.name, .unit = "us", .reference = "one such report", .goal = {.limit = 1.5}};
    for (int round = 0; round < rounds; ++round) {
        row.theirs.push_back(ack_p50(daemon));
        const Manager manager(daemon);
        row.ours.push_back(ack_p50(daemon));
        beside.ours.push_back(row.ours.back());
        beside.theirs.push_back(manager.took_ms() * 1000);
    }
    print(row);
    print(beside);
}

}  // namespace

int main() {
    try {
        print_head();
        measure();
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "busy: %s\n", failure.what());
        return 1;
    }
}
