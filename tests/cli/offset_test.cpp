#include "board/cli/show.hpp"
#include "protocol/json.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::cli;

namespace {

Instant utc(const char* text) {
    return protocol::from_iso(text).value();
}

}  // namespace

TEST_CASE("a time on the other side of a clock change is shown as the clocks showed it", "[cli]") {
    const Offset berlin("Europe/Berlin", 60);  // in winter
    CHECK(local_minute(utc("2026-10-02T07:00:00Z"), berlin) == "2026-10-02 09:00");
    CHECK(local_minute(utc("2026-11-28T08:00:00Z"), berlin) == "2026-11-28 09:00");
    CHECK(local_minute(utc("2026-10-24T22:30:00Z"), berlin) == "2026-10-25 00:30");
    CHECK(local_clock(utc("2026-10-25T00:30:05Z"), berlin, true) == "02:30:05");
    CHECK(local_clock(utc("2026-10-25T01:30:05Z"), berlin, true) == "02:30:05");
    CHECK(local_minute(utc("2027-04-02T08:00:00Z"), berlin) == "2027-04-02 10:00");
}

TEST_CASE("a zone that this computer does not know has the offset that the daemon named", "[cli]") {
    CHECK(local_minute(utc("2026-10-02T07:00:00Z"), Offset("Mars/Olympus", 480)) == "2026-10-02 15:00");
    CHECK(local_minute(utc("2026-10-02T07:00:00Z"), Offset("", 480)) == "2026-10-02 15:00");
    CHECK(local_minute(utc("2026-10-02T07:00:00Z"), Offset{}) == "2026-10-02 07:00");
}
