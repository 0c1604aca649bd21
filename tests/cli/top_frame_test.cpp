#include "board/cli/top_frame.hpp"
#include "board/cli/text.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::cli;

namespace {

Instant at(int hour, int minute) {
    using namespace std::chrono;
    return sys_days{year{2026} / 11 / 21} + hours{hour - 8} + minutes{minute};
}

TopState shop() {
    TopState state;
    state.now = at(10, 0);
    state.offset = cli::Offset(8 * 60);
    state.workshop.shop = "城西服务站";
    state.workshop.bays = {{.id = "1", .label = "1号工位", .order = "R1001", .queue = {"R1003"}},
                           {.id = "2", .label = "2号工位", .order = "R1002", .queue = {}},
                           {.id = "3", .label = "洗车位", .order = "", .queue = {}}};
    JobRow first;
    first.id = "R1001";
    first.plate = "沪A12345";
    first.model = "大众 途观L";
    first.state = JobState::in_progress;
    first.since = at(9, 40);
    first.clocked_on = {"101", "102"};
    first.promise = at(10, 20);
    first.expected = at(10, 20);
    JobRow second = first;
    second.id = "R1002";
    second.plate = "沪AD12338";
    second.model = "大众 ID.4 X";
    second.state = JobState::paused;
    second.paused_for = PauseReason::parts;
    second.clocked_on.clear();
    second.technician = "103";
    second.expected = at(9, 50);
    second.promise = at(9, 30);
    JobRow third = first;
    third.id = "R1003";
    third.state = JobState::assigned;
    JobRow waiting = first;
    waiting.id = "R1004";
    waiting.plate = "苏E66666";
    waiting.state = JobState::waiting;
    state.workshop.jobs = {first, second, third, waiting};
    state.workshop.dispatch = {"R1004"};
    state.alerts.alerts = {{.id = "overdue:R1002", .kind = "overdue", .order = "R1002", .plate = "", .bay = "2"}};
    return state;
}

TopLook plain(std::size_t columns_wide, std::size_t rows, bool chinese) {
    return {.columns = columns_wide, .rows = rows, .chinese = chinese, .colour = false};
}

std::string all(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines) out += line + "\n";
    return out;
}

}  // namespace

TEST_CASE("top shows every bay with its car, state, people and times", "[cli]") {
    const std::string frame = all(top_frame(shop(), plain(110, 24, true)));
    CAPTURE(frame);
    CHECK(frame.find("1号工位 +1 R1001  沪A12345") != std::string::npos);
    CHECK(frame.find("维修中 20分") != std::string::npos);
    CHECK(frame.find("101,102") != std::string::npos);
    CHECK(frame.find("等配件") != std::string::npos);
    CHECK(frame.find("09:50*") != std::string::npos);
    CHECK(frame.find("-10!") != std::string::npos);
    CHECK(frame.find("空闲") != std::string::npos);
    CHECK(frame.find("待派工 1") != std::string::npos);
    CHECK(frame.find("下一台  R1004 苏E66666") != std::string::npos);
    CHECK(frame.find("提醒 1  R1002 已超时") != std::string::npos);
    const std::string english = all(top_frame(shop(), plain(110, 24, false)));
    CHECK(english.find("in repair 20m") != std::string::npos);
    CHECK(english.find("free") != std::string::npos);
}

TEST_CASE("§5 top names who will be late, the latest first, with the chance", "[cli]") {
    TopState state = shop();
    CHECK(all(top_frame(state, plain(110, 24, false))).find("will be late  nobody") != std::string::npos);
    state.workshop.jobs[0].spare = -5;
    state.workshop.jobs[0].chance = 20;
    state.workshop.jobs[1].spare = -42;
    state.workshop.jobs[1].chance = 1;
    state.workshop.jobs[2].spare = 0;
    CHECK(all(top_frame(state, plain(110, 24, false))).find("will be late  R1002 -42m 1%  R1001 -5m 20%") !=
          std::string::npos);
    CHECK(all(top_frame(state, plain(110, 24, true))).find("将超时  R1002 -42分 1%") != std::string::npos);
}

TEST_CASE("columns of top stand straight under Chinese text", "[cli]") {
    const auto lines = top_frame(shop(), plain(110, 24, true));
    const auto column_of = [](const std::string& line, const std::string& part) {
        const auto place = line.find(part);
        REQUIRE(place != std::string::npos);
        return columns(line.substr(0, place));
    };
    const std::size_t plate = column_of(lines.at(1), "车牌");
    CHECK(column_of(lines.at(2), "沪A12345") == plate);
    CHECK(column_of(lines.at(3), "沪AD12338") == plate);
    const std::size_t state = column_of(lines.at(1), "状态");
    CHECK(column_of(lines.at(2), "维修中") == state);
    CHECK(column_of(lines.at(3), "等配件") == state);
    CHECK(column_of(lines.at(4), "空闲") == state);
}

TEST_CASE("top fits every size of terminal", "[cli]") {
    for (const bool colour : {false, true}) {
        for (std::size_t wide = 20; wide <= 140; wide += 7) {
            for (std::size_t high = 4; high <= 30; high += 3) {
                TopLook look = plain(wide, high, true);
                look.colour = colour;
                const auto lines = top_frame(shop(), look);
                CAPTURE(wide, high);
                REQUIRE(lines.size() <= high);
                for (const auto& line : lines) {
                    if (!colour) REQUIRE(columns(line) <= wide);
                }
            }
        }
    }
}

TEST_CASE("nothing from the wire reaches the terminal raw", "[cli]") {
    TopState state = shop();
    const std::string evil =
        "\x1b]0;owned\x07\xc2\x9b"
        "2J\n";
    state.workshop.shop = evil;
    state.workshop.bays[0].label = evil;
    state.workshop.dispatch = {evil};
    state.alerts.alerts[0].kind = evil;
    for (auto& job : state.workshop.jobs) job.plate = job.model = job.technician = evil;
    for (const auto& line : top_frame(state, plain(100, 24, false))) CHECK(harmless(line) == line);
}

TEST_CASE("without a connection top says how old its rows are", "[cli]") {
    TopState state = shop();
    state.connected = false;
    CHECK(top_frame(state, plain(100, 24, false)).front().find("NO CONNECTION, as of 10:00") != std::string::npos);
}
