// Predictions for 500 open jobs (and for 50,000), beside a plain pass over the same jobs that adds up their minutes
// without calendar, bays or explanation: the least that any answer costs.
#include "board/core/prediction.hpp"
#include "tests/bench/row.hpp"

#include <chrono>
#include <random>

using namespace baytime;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr int job_count = 500, many_jobs = 50'000;
constexpr int rounds = 21, few_rounds = 3;
constexpr int repeats = 20;
constexpr Instant opening{sys_days{2026y / November / 23} + 1h};  // Monday, 09:00 in Shanghai

Shop large_shop() {
    Shop shop;
    OpeningHours hours;
    for (std::size_t day = 1; day < 7; ++day) hours.weekdays[day] = {{8h, 12h}, {13h, 17h + 30min}};
    shop.calendar = Calendar(Zone{.offsets = {{.from = Instant{}, .east = 8h}}}, hours);
    for (int i = 1; i <= 60; ++i) {
        const auto kind = i > 56   ? BayKind::wash
                          : i > 50 ? BayKind::body
                          : i > 40 ? BayKind::express
                                   : BayKind::general;
        shop.bays.push_back({.id = std::to_string(i), .label = "", .kind = kind, .team = ""});
    }
    for (int i = 0; i < 40; ++i) {
        const std::string code = "C" + std::to_string(i);
        shop.standard_times[code] = {.code = code, .name = code, .minutes = 10 + 5 * i};
    }
    return shop;
}

/// Cars at work, in queues, waiting, in inspection and before the wash; the shop knows its items well.
Board busy_board(const Shop& shop, int jobs = job_count) {
    std::mt19937 dice(5);
    const auto below = [&dice](unsigned limit) { return static_cast<int>(dice() % limit); };
    Board board;
    for (int i = 0; i < jobs; ++i) {
        Job job;
        job.order = "R" + std::to_string(1000 + i);
        job.first_seq = job.last_seq = static_cast<std::uint64_t>(i + 1);
        job.arrived_at = opening - minutes{below(120)};
        job.since = *job.arrived_at;
        job.original_promise = job.promise = opening + minutes{60 + below(400)};
        for (int k = 0; k < 3; ++k) {
            const auto& standard = shop.standard_times.at("C" + std::to_string(below(40)));
            job.items.push_back({.code = standard.code, .name = standard.name, .minutes = standard.minutes});
        }
        const int bay = i % 56 + 1;
        if (i < 56) {
            job.state = JobState::in_progress;
            job.clockings = {{.technician = "1", .from = opening - 40min, .to = opening - 20min},
                             {.technician = "2", .from = opening - 15min, .to = {}}};
        } else if (i < 300) {
            job.state = JobState::assigned;
            job.queue_place = i;
        } else if (i < 350) {
            job.state = JobState::inspection;
            job.passed_level = 1;
        } else if (i < 380) {
            job.state = JobState::washing;
        }
        if (i < 380) job.bay = std::to_string(bay);
        board.open.insert(job.order);
        board.jobs.emplace(job.order, std::move(job));
    }
    for (int i = 0; i < 4000; ++i) {
        Job done;
        done.order = "D" + std::to_string(i);
        done.delivered_at = opening - minutes{i};
        const auto& standard = shop.standard_times.at("C" + std::to_string(i % 40));
        done.items = {{.code = standard.code, .name = standard.name, .minutes = standard.minutes}};
        done.worked_minutes = standard.minutes * (70 + below(80)) / 100;
        board.item_times.learn(done);
    }
    return board;
}

/// The plain pass: now + (standard - clocked) + inspection + wash of every job, one after another.
std::vector<Instant> plain(const Board& board, const Shop& shop, Instant now) {
    std::vector<Instant> out;
    for (const auto& order : board.open) {
        const Job& job = board.jobs.at(order);
        minutes left{0};
        for (const auto& item : job.items) left += minutes{item.minutes};
        left = std::max(left - clocked_minutes(job, now), shop.prediction.floor);
        out.push_back(now + left + shop.prediction.inspection_2 + shop.prediction.wash);
    }
    return out;
}

/// Microseconds for one call.
template <class Work>
double time_of(Work&& work) {
    const auto began = steady_clock::now();
    for (int i = 0; i < repeats; ++i) work(i);
    return duration<double, std::micro>(steady_clock::now() - began).count() / repeats;
}

/// One event about a car that waits for a bay: what its prediction costs then.
double event_time(Predictor& kept, Board& board, const Shop& shop, std::size_t& seen) {
    return time_of([&](int i) {
        const auto order = "R" + std::to_string(1400 + 3 * i);
        board.jobs.at(order).promise = opening + minutes{60 + i};
        board.touched.add(order);
        seen += kept.update(board, shop, opening).jobs.size();
    });
}

}  // namespace

int main() {
    const Shop shop = large_shop();
    Board board = busy_board(shop), large = busy_board(shop, many_jobs);
    std::size_t seen = 0;  // so that nothing is left out as unused
    bench::Row all{
        .name = "predict 500 open jobs", .unit = "us", .reference = "plain pass, no calendar", .goal = {.limit = 50}};
    bench::Row one = all;
    one.name = "one event, 500 open jobs";
    one.goal = {.limit = 10};
    bench::Row minute{.name = "a new minute, 50,000 open jobs, each",
                      .unit = "us",
                      .reference = "500 open jobs, each",
                      .goal = {.limit = 2}};
    bench::Row event{
        .name = "one event, 50,000 open jobs", .unit = "us", .reference = "500 open jobs", .goal = {.limit = 1.5}};
    Predictor kept, kept_large;
    kept.update(board, shop, opening);
    kept_large.update(large, shop, opening);
    for (int round = 0; round < rounds; ++round) {
        const double reference = time_of([&](int i) { seen += plain(board, shop, opening + minutes{i}).size(); });
        all.theirs.push_back(reference);
        one.theirs.push_back(reference);
        all.ours.push_back(time_of([&](int i) { seen += predict(board, shop, opening + minutes{i}).jobs.size(); }));
        one.ours.push_back(event_time(kept, board, shop, seen));
        event.theirs.push_back(one.ours.back());
        event.ours.push_back(event_time(kept_large, large, shop, seen));
    }
    for (int round = 0; round < few_rounds; ++round) {
        const auto began = steady_clock::now();
        seen += predict(large, shop, opening + minutes{round}).jobs.size();
        minute.ours.push_back(duration<double, std::micro>(steady_clock::now() - began).count() / many_jobs);
        minute.theirs.push_back(bench::median(all.ours) / job_count);
    }
    bench::print_head();
    for (const auto* row : {&all, &one, &minute, &event}) bench::print(*row);
    return seen > 0 ? 0 : 1;
}
