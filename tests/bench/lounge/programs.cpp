#include "tests/bench/lounge/programs.hpp"

#include "tests/support/paths.hpp"

#include <poll.h>

#include <filesystem>
#include <stdexcept>

namespace baytime::bench {

namespace {

std::vector<std::string> lounge_arguments(const Shop& shop, std::vector<std::string> more, const std::string& dir) {
    std::vector<std::string> all{support::built("display-drivers/lounge/baytime-lounge"),
                                 "--port",
                                 shop.port(),
                                 "--no-drift",
                                 "--report",
                                 dir + "/report.json"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

void must(client::Client& client, const std::string& line) {
    const auto reply = support::ask(client, line);
    if (!reply.starts_with("OK")) throw std::runtime_error(line + ": " + reply);
}

}  // namespace

double processor_ms(pid_t process) {
    double nanoseconds = 0;
    for (const auto& thread : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task")) {
        std::ifstream file(thread.path() / "schedstat");
        double running = 0;
        file >> running;
        nanoseconds += running;
    }
    return nanoseconds / 1e6;
}

double resident_mb(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    std::string word;
    while (file >> word) {
        if (word != "VmRSS:") continue;
        double kib = 0;
        file >> kib;
        return kib / 1024;
    }
    return 0;
}

Shop::Shop() : daemon_(support::write_shop(dir_.path())), desk_(daemon_.connect()) {
    must(desk_, "receive R1 plate=沪A12345 model=途观L type=repair promise=11:00 as=301");
    must(desk_, "receive R2 plate=沪C54321 model=朗逸 type=repair promise=11:30 as=301");
    must(desk_, "assign R1 1 as=201");
}

void Shop::change() {
    bay_ = 3 - bay_;
    must(desk_, "assign R1 " + std::to_string(bay_) + " as=201");
}

Board::Board(const Shop& shop, std::vector<std::string> arguments, const std::vector<std::string>& environment)
    : program_(lounge_arguments(shop, std::move(arguments), dir_.path()), environment, dir_.path() / "log") {}

std::string Board::report() const {
    return support::file_text(std::filesystem::path(dir_.path()) / "report.json");
}

void Board::wait_first_frame() const {
    const auto path = std::filesystem::path(dir_.path()) / "report.json";
    const timespec moment{0, 100'000};
    while (!std::filesystem::exists(path)) ppoll(nullptr, 0, &moment, nullptr);
}

void Board::wait_complete() const {
    const auto end = std::chrono::steady_clock::now() + support::daemon_deadline;
    while (report().find("沪C") == std::string::npos) {
        if (std::chrono::steady_clock::now() > end) throw std::runtime_error("the board never showed the cars");
        poll(nullptr, 0, 10);
    }
}

}  // namespace baytime::bench
