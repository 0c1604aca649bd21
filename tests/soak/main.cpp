// soak: a shop day at speed, with everything going wrong at random. One summary, exit status 0 only when all is met.
#include "board/store/journal.hpp"
#include "tests/soak/faults.hpp"
#include "tests/soak/judge.hpp"

#include <poll.h>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>

namespace {

using namespace baytime;
using namespace baytime::soak;
using Clock = std::chrono::steady_clock;

/// Growth is not judged in a shorter run: what a program takes once would look like it.
constexpr double shortest_to_judge = 3;
/// The last part of a run ends no program, so that one daemon and one lounge live long enough to grow.
constexpr double gentle_part = 0.35;
constexpr auto say_every = std::chrono::seconds{60};

struct Options {
    std::string directory;
    double minutes = 10;
    unsigned seed = 1;
};

double hours_of(const std::string& journal) {
    std::optional<Instant> first;
    Instant last{};
    store::Journal::open_to_read(journal)->read(0, [&](const Event& event) {
        if (!first) first = event.received;
        last = event.received;
        return true;
    });
    return first ? std::chrono::duration<double, std::ratio<3600>>(last - *first).count() : 0;
}

/// Returns what the lounge was like at the beginning of the gentle part.
Vitals play(House& shop, Faults& faults, const Options& options) {
    const auto begin = Clock::now();
    const auto whole =
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double, std::ratio<60>>(options.minutes));
    auto say_at = begin + say_every;
    std::optional<Vitals> lounge;
    shop.begin_work();
    while (Clock::now() < begin + whole) {
        const bool gently =
            Clock::now() > begin + std::chrono::duration_cast<Clock::duration>(whole * (1 - gentle_part));
        if (gently && !lounge) lounge = vitals_of(shop.lounge_id());
        faults.next(gently);
        if (Clock::now() < say_at) continue;
        say_at += say_every;
        const auto daemon = vitals_of(shop.daemon_id());
        fmt::print(stderr, "soak: {} acknowledged, daemon {:.1f} MiB, {} descriptors, lounge {:.1f} MiB\n",
                   shop.acknowledged(), daemon.rss_mib, daemon.descriptors, vitals_of(shop.lounge_id()).rss_mib);
    }
    faults.end();
    shop.end_work();
    return lounge.value_or(vitals_of(shop.lounge_id()));
}

int summarise(const Options& options, const House& shop, const Faults& faults, const std::vector<Row>& rows,
              const std::vector<std::string>& problems) {
    constexpr std::size_t most_said = 20;
    for (std::size_t i = 0; i < std::min(problems.size(), most_said); ++i)
        fmt::print(stderr, "soak: {}\n", problems[i].substr(0, 2000));
    std::string did;
    for (const auto& [name, times] : faults.done())
        did += fmt::format("{}{} {}x", did.empty() ? "" : ", ", name, times);
    fmt::print("soak: seed {}, {:g} minutes, {:.1f} h of shop time, {} commands acknowledged\nfaults: {}\n",
               options.seed, options.minutes, hours_of(shop.journal().string()), shop.acknowledged(), did);
    fmt::print("{:<48}{:>10}{:>10}  met\n", "what", "value", "bound");
    for (const auto& row : rows)
        fmt::print("{:<48}{:>10.1f}{:>10.1f}  {}\n", row.name, row.value, row.bound, row.met() ? "yes" : "NO");
    const bool good = std::ranges::all_of(rows, &Row::met) && shop.acknowledged() > 0;
    fmt::print("soak: {}\n", good ? "all met" : fmt::format("FAILED, see {}", shop.directory().string()));
    return good ? 0 : 1;
}

int run(const Options& options) {
    fmt::print(stderr, "soak: seed {}, {:g} minutes, files in {}\n", options.seed, options.minutes, options.directory);
    House shop(options.directory, options.minutes);
    Faults faults(shop, options.seed);
    const auto lounge = play(shop, faults, options);
    std::vector<std::string> problems;
    auto rows = judge_bounds(shop, lounge, options.minutes, options.minutes >= shortest_to_judge);
    const auto disagreement = shop.disagreement();
    if (!disagreement.empty()) problems.push_back(disagreement);
    rows.push_back({"board, glass and journal disagree", disagreement.empty() ? 0.0 : 1.0, 0});
    const auto believed = workshop_snapshot(shop);
    shop.stop_daemon();
    const auto truth = judge_truth(shop, believed, problems);
    rows.insert(rows.begin(), truth.begin(), truth.end());
    return summarise(options, shop, faults, rows, problems);
}

}  // namespace

int main(int count, char** words) {
    Options options;
    CLI::App app("A shop day at speed with faults at random.", "soak");
    app.add_option("directory", options.directory, "an empty directory for everything")->required();
    app.add_option("--minutes", options.minutes, "how long; a day of shop time passes meanwhile")
        ->capture_default_str();
    app.add_option("--seed", options.seed, "of the faults")->capture_default_str();
    CLI11_PARSE(app, count, words);
    try {
        return run(options);
    } catch (const std::exception& failure) {
        fmt::print("soak: FAILED: {}\n", failure.what());
        return 1;
    }
}
