// Reports over a million settled jobs, and an import of a hundred thousand orders, each beside what plain SQL needs.
#include "board/daemon/shop_zone.hpp"
#include "board/daemon/workshop.hpp"
#include "board/store/fact_json.hpp"
#include "board/store/settled_jobs.hpp"
#include "tests/bench/peers.hpp"
#include "tests/bench/row.hpp"
#include "tests/support/temp_dir.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <map>

using namespace baytime;
using namespace baytime::bench;

namespace {

constexpr std::uint64_t jobs_in_table = 1'000'000;
constexpr int orders_in_file = 100'000;
constexpr int years = 5;
constexpr int rounds = 7;
const reports::Day first_day{std::chrono::local_days{std::chrono::year{2021} / 1 / 1}};

double milliseconds(const std::function<void()>& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

reports::SettledJob job(std::uint64_t number) {
    const auto day = first_day + std::chrono::days{static_cast<int>(number * years * 365 / jobs_in_table)};
    const Instant at{day.time_since_epoch() + std::chrono::hours{2}};
    return {.id = number,
            .order = fmt::format("R{:07}", number),
            .plate = fmt::format("沪A{:05}", number % 100000),
            .type = static_cast<RepairType>(number % 5),
            .advisor = fmt::format("A{:02}", number % 7),
            .technicians = {fmt::format("T{:02}", number % 23)},
            .received = at,
            .original_promise = at + std::chrono::hours{2},
            .promise = at + std::chrono::hours{2},
            .settled = at + std::chrono::minutes{(number % 20) == 0 ? 150 : 100},
            .day = day,
            .amount = static_cast<std::int64_t>(number % 5000)};
}

using Counts = std::map<std::string, std::pair<std::int64_t, std::int64_t>>;

Counts by_sql(SQLite::Database& database, const char* how, reports::Day from, reports::Day to) {
    SQLite::Statement rows(database, fmt::format("SELECT advisor, count(*), sum(verdict = 1) FROM settled_job {} WHERE "
                                                 "day >= ? AND day < ? GROUP BY advisor",
                                                 how));
    rows.bind(1, static_cast<std::int64_t>(from.time_since_epoch().count()));
    rows.bind(2, static_cast<std::int64_t>(to.time_since_epoch().count()));
    Counts out;
    while (rows.executeStep())
        out[rows.getColumn(0).getString()] = {rows.getColumn(1).getInt64(), rows.getColumn(2).getInt64()};
    return out;
}

Counts by_us(store::SettledJobs& jobs, reports::Day from, reports::Day to) {
    std::map<std::string, reports::Tally, std::less<>> sums;
    jobs.count(from, to, [&sums](const store::CountedJob& one) {
        const auto found = sums.find(one.advisor);
        add(found != sums.end() ? found->second : sums[std::string(one.advisor)], one.counted);
    });
    Counts out;
    for (const auto& [key, sum] : sums) out[key] = {sum.settled, sum.late};
    return out;
}

void measure_month(const std::string& path) {
    const auto jobs = store::SettledJobs::open(path);
    SQLite::Database database(path);
    Row scan{.name = "monthly report, 1 M jobs", .unit = "ms", .reference = "the same in SQL without index"};
    Row indexed{
        .name = "monthly report, 1 M jobs, by index", .unit = "ms", .reference = "the same in SQL by its index"};
    scan.goal = {.limit = 0.10};
    indexed.goal = {.limit = 1.4};
    for (int round = 0; round < rounds; ++round) {
        const auto from = first_day + std::chrono::days{100 + round * 200}, to = from + std::chrono::days{30};
        Counts ours, theirs, plain;
        const double took = milliseconds([&] { ours = by_us(*jobs, from, to); });
        scan.ours.push_back(took);
        indexed.ours.push_back(took);
        scan.theirs.push_back(milliseconds([&] { plain = by_sql(database, "NOT INDEXED", from, to); }));
        indexed.theirs.push_back(milliseconds([&] { theirs = by_sql(database, "", from, to); }));
        if (ours != theirs || ours != plain) throw std::runtime_error("the ways to count differ");
    }
    print(scan);
    print(indexed);
}

/// The same jobs in PostgreSQL, with an index that holds all that is asked for.
void fill_postgres(PostgresSession& postgres) {
    postgres.ask("CREATE TABLE settled_job (id bigint PRIMARY KEY, day integer, advisor text, verdict integer)");
    postgres.ask(
        fmt::format("INSERT INTO settled_job SELECT g, {} + g * {} / {}, 'A0' || g % 7, (g % 20 = 0)::int FROM "
                    "generate_series(1, {}) g",
                    first_day.time_since_epoch().count(), years * 365, jobs_in_table, jobs_in_table));
    postgres.ask("CREATE INDEX by_day ON settled_job (day) INCLUDE (advisor, verdict)");
    postgres.ask("VACUUM ANALYZE settled_job");
}

void measure_beside_postgres(const std::string& path) {
    const support::TempDir home;
    const auto server = start_postgres(home.path().string());
    if (!server) return print_missing("monthly report beside PostgreSQL", "it is not installed or did not start");
    PostgresSession postgres(*server);
    fill_postgres(postgres);
    const auto jobs = store::SettledJobs::open(path);
    Row row{.name = "monthly report, 1 M jobs, beside PostgreSQL",
            .unit = "ms",
            .reference = "its index alone",
            .goal = {.limit = 1.4}};
    for (int round = 0; round < rounds; ++round) {
        const auto from = first_day + std::chrono::days{100 + round * 200}, to = from + std::chrono::days{30};
        row.ours.push_back(milliseconds([&] { by_us(*jobs, from, to); }));
        const auto query = fmt::format(
            "SELECT advisor, count(*), sum(verdict) FROM settled_job WHERE day >= {} AND day < {} GROUP BY advisor",
            from.time_since_epoch().count(), to.time_since_epoch().count());
        row.theirs.push_back(milliseconds([&] { postgres.ask(query); }));
    }
    print(row);
}

std::string order_file() {
    std::string out = "order_no,plate,repair_type,advisor,technicians,received_at,promised_at,settled_at,amount\n";
    for (int i = 0; i < orders_in_file; ++i)
        out += fmt::format(
            "N{:06},沪A{:05},maintenance,A0{},T{:02}|T{:02},2026-{:02}-{:02} 08:00,2026-{:02}-{:02} 10:30,"
            "2026-{:02}-{:02}T10:{:02}:00+08:00,{}.50\n",
            i, i % 100000, i % 7, i % 23, (i + 1) % 23, i % 9 + 1, i % 27 + 1, i % 9 + 1, i % 27 + 1, i % 9 + 1,
            i % 27 + 1, i % 40, i % 3000);
    return out;
}

/// The least that keeping these orders could mean: their texts in one plain table, in one durable transaction.
double raw_insert(const std::string& path, const reports::OrderFile& file) {
    std::vector<std::string> payloads;
    for (const auto& one : file.orders) payloads.push_back(store::fact_json(one.fact));
    SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE raw (seq INTEGER PRIMARY KEY, t TEXT)");
    return milliseconds([&] {
        SQLite::Transaction all(database);
        SQLite::Statement insert(database, "INSERT INTO raw (t) VALUES (?)");
        for (const auto& one : payloads) {
            insert.bindNoCopy(1, one);
            insert.exec();
            insert.reset();
        }
        all.commit();
    });
}

void measure_import() {
    const std::string text = order_file();
    const auto zone = daemon::shop_zone("Asia/Shanghai");
    Row import{.name = "import of 100,000 orders", .unit = "ms", .reference = "their texts into one plain table"};
    import.goal = {.limit = 12};
    Row replay{.name = "start after the import", .unit = "ms", .reference = "their texts into one plain table"};
    replay.goal = {.limit = 12};
    for (int round = 0; round < 3; ++round) {
        const support::TempDir dir;
        const auto path = (dir.path() / "journal.db").string();
        const auto shop = std::make_shared<const Shop>();
        const auto now = [] { return Instant{std::chrono::days{20'800}}; };
        {
            const auto journal = store::Journal::open(path, (dir.path() / "backups").string());
            daemon::Workshop workshop(*journal, shop, now);
            import.ours.push_back(milliseconds([&] {
                const auto done = workshop.import(reports::read_orders(text, {}, zone), "bench", false, false);
            if (!done.stored || done.imported != orders_in_file) throw std::runtime_error("the import failed");
        }));
    }
    const double raw = raw_insert((dir.path() / "raw.db").string(), reports::read_orders(text, {}, zone));
    import.theirs.push_back(raw);
    replay.theirs.push_back(raw);
    replay.ours.push_back(milliseconds([&] {
        const auto journal = store::Journal::open(path, (dir.path() / "backups").string());
        const daemon::Workshop workshop(*journal, shop, now);
    }));
}
print(import);
print(replay);
}  // namespace

}  // namespace

int main() {
    try {
        print_head();
        measure_import();
        const support::TempDir dir;
        const auto path = (dir.path() / "journal.db").string();
        {
            const auto journal = store::Journal::open(path, (dir.path() / "backups").string());
            journal->rebuild_projection("bench", [](const auto& put) {
                for (std::uint64_t i = 1; i <= jobs_in_table; ++i) put(job(i));
            });
        }
        measure_month(path);
        measure_beside_postgres(path);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "bench_reports: %s\n", failure.what());
        return 1;
    }
    return 0;
}
