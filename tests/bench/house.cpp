#include "tests/bench/house.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>

namespace baytime::bench {

namespace {

/// Jobs sent before their answers are awaited; below the limit of one connection.
constexpr int pipelined = 64;

}  // namespace

std::string write_house(const std::string& directory, const House& house) {
    std::string text =
        "open = true\n[shop]\nname = \"Bench\"\nzone = \"Asia/Shanghai\"\n"
        "[listen]\nport = 0\nrequests_per_second = 1000000\n"
        "[store]\npath = \"journal.db\"\nbackups = \"backups\"\n[log]\nlevel = \"warn\"\n"
        "[[team]]\nid = \"A\"\nname = \"A\"\n"
        "[[staff]]\nid = \"201\"\nname = \"F\"\nrole = \"foreman\"\n"
        "[[staff]]\nid = \"301\"\nname = \"S\"\nrole = \"advisor\"\n";
    for (int i = 1; i <= house.bays; ++i)
        text += fmt::format("[[bay]]\nid = \"{}\"\nlabel = \"{}号工位\"\nteam = \"A\"\n", i, i);
    std::filesystem::create_directories(directory);
    const auto path = directory + "/baytime.toml";
    std::ofstream(path, std::ios::binary) << text;
    return path;
}

void receive_jobs(const support::DaemonProcess& daemon, int jobs, int from) {
    auto client = daemon.connect();
    for (int begin = from; begin < jobs; begin += pipelined) {
        const int end = std::min(jobs, begin + pipelined);
        for (int i = begin; i < end; ++i)
            client.send(
                fmt::format("receive R{} plate=沪A{:05} model=朗逸 type=maintenance promise=+600 as=301", i, i));
        for (int i = begin; i < end; ++i) {
            const auto reply = client.wait_line(support::daemon_deadline);
            if (!reply.starts_with("OK")) throw std::runtime_error("a job was refused: " + reply);
        }
    }
}

std::string update_of(int job, int n) {
    constexpr int minutes_ahead = 60, different_times = 600;
    return fmt::format("estimate R{} +{} as=301\n", job, minutes_ahead + n % different_times);
}

}  // namespace baytime::bench
