// The inside of a daemon whose record is a file, for reports; its clock is the test's.
#pragma once

#include "board/daemon/report_desk.hpp"
#include "protocol/json.hpp"
#include "tests/daemon/little_house.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <memory>
#include <string>

namespace baytime::support {

/// A shop whose record is a file, with a clock that the test sets. Reports are asked for long after.
class FiledHouse {
public:
    explicit FiledHouse(int notice)
        : settings(with_notice(notice)),
          journal(store::Journal::open(settings->journal, settings->backups)),
          clock(settings->clock, settings->shop.zone),
          workshop(*journal, shop(), [this] { return now; }),
          watchers(workshop, clock),
          identity([] { return daemon::Steady::time_point{}; }),
          house{.settings = settings,
                .workshop = workshop,
                .watchers = watchers,
                .identity = identity,
                .clock = clock,
                .steady = [] { return daemon::Steady::time_point{}; },
                .health = [] { return protocol::Result{}; },
                .work_waiting = [] {}} {}

    /// Empty when it was done, else the refusal.
    std::string say(const std::string& who, Command command) {
        std::string refused;
        daemon::Submission submission{
            .command = std::move(command), .verb = {}, .who = who, .at = {}, .key = {}, .done = {}};
        submission.done = [&refused](const daemon::Outcome& outcome) {
            if (const auto* no = std::get_if<daemon::Refused>(&outcome)) refused = no->token + " " + no->sentence;
        };
        workshop.submit(std::move(submission));
        workshop.turn();
        return refused;
    }
    void must(const std::string& who, Command command) {
        const auto refused = say(who, std::move(command));
        INFO(refused);
        REQUIRE(refused.empty());
    }
    const Job& job(const std::string& order) const { return *workshop.board().find(order); }

    daemon::ImportReport import(const std::string& csv) {
        return workshop.import(reports::read_orders(csv, {}, workshop.zone()), "import", false, false);
    }

    /// The answer as JSON; `rows` alone of those with this key.
    std::string report(const std::map<std::string, std::string, std::less<>>& ask, const std::string& key = "") {
        const auto outcome = daemon::report(house, {.parameters = ask});
        REQUIRE(std::holds_alternative<protocol::Result>(outcome));
        const auto result = protocol::result_object(std::get<protocol::Result>(outcome));
        if (key.empty()) return boost::json::serialize(result);
        for (const auto& row : result.at("rows").as_array()) {
            if (row.at("key") == boost::json::string(key)) return boost::json::serialize(row);
        }
        return {};
    }

    /// Another setting for the notice; the zone has another name and the same clocks, so all rows are made anew.
    void make_anew(int notice) {
        daemon::Settings next = *settings;
        next.shop.delay_notice = std::chrono::minutes{notice};
        next.shop.zone = "Asia/Hong_Kong";
        settings = std::make_shared<const daemon::Settings>(std::move(next));
        house.settings = settings;
        workshop.use(shop());
    }

    TempDir dir;
    std::shared_ptr<const daemon::Settings> settings;
    std::unique_ptr<store::Journal> journal;
    daemon::ShopClock clock;
    Instant now{std::chrono::sys_days{std::chrono::year{2026} / 10 / 1}};
    daemon::Workshop workshop;
    daemon::Watchers watchers;
    daemon::Identity identity;
    daemon::House house;

private:
    std::shared_ptr<const daemon::Settings> with_notice(int notice) const {
        daemon::Settings out = little_settings();
        out.journal = (dir.path() / "journal.db").string();
        out.backups = (dir.path() / "backups").string();
        out.clock.start = Instant{std::chrono::sys_days{std::chrono::year{2027} / 2 / 1}};
        out.shop.delay_notice = std::chrono::minutes{notice};
        out.shop.teams.push_back({.id = "B", .name = "二组"});
        out.shop.people.push_back({.id = "103", .name = "赵磊", .role = Role::technician, .team = "B", .pin_hash = ""});
        out.shop.people.push_back({.id = "302", .name = "孙丽", .role = Role::advisor, .team = "", .pin_hash = ""});
        return std::make_shared<const daemon::Settings>(std::move(out));
    }
    std::shared_ptr<const Shop> shop() const { return {settings, &settings->shop}; }
};

}  // namespace baytime::support
