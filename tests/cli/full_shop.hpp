// A demo shop in which every report has something to tell: two live orders of today, and imported ones before.
#pragma once

#include "tests/cli/demo_shop.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <string>
#include <vector>

namespace baytime::support {

/// A shop that opens from eight to six, with one live Saturday and a month of imported orders before it.
class FullShop {
public:
    FullShop() : shop_("0", {{"\"00:00-24:00\"", "\"08:00-18:00\""}, {"2026-11-21T08:00", "2026-11-21T18:00"}}) {
        import();
        play_late();
        play_excused();
        say("book R4 沪A54321 Lavida maintenance 08:00 as=201 at=07:00");
        say("confirm-day 2026-11-20 as=601");
    }

    const DemoShop& shop() const { return shop_; }

    void say(const std::string& line) const { shop_.say(line); }

    /// Asks of one report, in one form.
    std::string ask(const std::string& kind, const std::string& by, std::vector<std::string> more) const {
        std::vector<std::string> words{"report", kind, "--explain"};
        if (kind == "monthly") words.insert(words.end(), {"--by", by});
        words.insert(words.end(), more.begin(), more.end());
        const auto ran = shop_.baytime(words);
        CAPTURE(kind, by, ran.error);
        REQUIRE(ran.status == 0);
        return ran.out;
    }

private:
    void import() {
        std::string text =
            "order_no,plate,repair_type,advisor,technicians,received_at,promised_at,settled_at,customer_cause,"
            "excuse_decision,callback,inspection_failed,return_of,amount,delay_flagged_at,delay_minutes,delay_reason\n"
            "O1,沪A1,maintenance,201,102|103,2026-11-02 08:00,2026-11-02 10:30,2026-11-02 10:30,,,,0,,100.50,,,\n"
            "O2,沪A2,maintenance,201,102,2026-11-02 08:00,2026-11-02 10:30,2026-11-02 10:31,,,,1,,200,2026-11-02 "
            "10:00,30,parts\n"
            "O3,沪A3,repair,202,112,2026-11-03 08:00,2026-11-03 10:30,2026-11-03 11:00,S-3,,,0,,300,2026-11-03 "
            "10:20,20,diagnosis\n"
            "O4,沪A4,repair,,,2026-10-03 08:00,2026-10-03 10:30,2026-10-03 11:00,,,,0,O1,400,,,\n";
        std::ofstream(shop_.path("o.csv")) << text;
        REQUIRE(shop_.baytime({"import", "orders", shop_.path("o.csv").string()}).status == 0);
    }

    /// R1 waits from 08:00, is told at 10:10 of the delay flagged at 10:00, and is handed over late.
    void play_late() const {
        say("receive R1 plate=沪A12345 model=Lavida type=maintenance promise=11:00 waiting items=换油:60,轮胎:30 "
            "as=201 at=08:00");
        say("assign R1 bay=1 parked as=301 at=08:02");
        say("start R1 as=102 at=08:10");
        say("add-work R1 刹车片 20 as=102 at=08:45");
        say("consent R1 3 who=Wang how=in_person as=201 at=08:50");
        say("delay R1 minutes=30 reason=parts as=102 at=10:00");
        say("contact R1 who=Wang how=phone as=201 at=10:10");
        say("finish R1 as=102 at=10:40");
        say("inspect R1 passed as=101 at=10:45");
        say("ready R1 as=301 at=10:50");
        say("deliver R1 amount=100 as=201 at=11:20");
        say("call-back R1 late as=501 at=12:00");
    }

    /// R2 fails an inspection, is late for the customer's own cause, and waits for the manager.
    void play_excused() const {
        say("receive R2 plate=沪A54322 model=Lavida type=repair promise=11:00 items=大修:120 as=202 at=08:00");
        say("assign R2 bay=2 parked as=301 at=08:00");
        say("start R2 as=103 at=08:30");
        say("start R2 as=101 at=09:30");
        say("finish R2 as=103 at=10:30");
        say("inspect R2 failed reason=loose as=401 at=10:35");
        say("start R2 as=103 at=10:40");
        say("finish R2 as=103 at=11:00");
        say("inspect R2 passed as=401 at=11:05");
        say("ready R2 as=301 at=11:05");
        say("deliver R2 amount=250 as=202 at=15:30");
        say("excuse R2 cause=开会 signature=S-77 as=202 at=15:40");
    }

    DemoShop shop_;
};

}  // namespace baytime::support
