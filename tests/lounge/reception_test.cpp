// What the daemon pushes, line by line, and what the screen's owner configured.
#include "config/reader.hpp"
#include "display-drivers/lounge/feed.hpp"
#include "display-drivers/lounge/row_text.hpp"
#include "display-drivers/lounge/settings.hpp"
#include "protocol/change.hpp"
#include "protocol/replies.hpp"
#include "tests/lounge/support.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

using namespace baytime;
using namespace baytime::lounge;
namespace json = boost::json;

namespace {

const Moment start{};

json::object view_json(const LoungeView& view) {
    return protocol::to_json(view).as_object();
}

std::string push(const std::string& kind, std::uint64_t seq, json::value data, const std::string& view = "lounge") {
    const json::object clock{{"now", "2026-11-21T01:42:00Z"}, {"speed", 1}, {"offset_minutes", 480}};
    json::object params{{"view", view}, {"kind", kind}, {"seq", seq}, {"clock", clock}};
    if (!data.is_null()) params["data"] = std::move(data);
    return json::serialize(json::object{{"jsonrpc", "2.0"}, {"method", "view"}, {"params", std::move(params)}});
}

}  // namespace

TEST_CASE("a snapshot fills the board and changes mend it", "[reception]") {
    Model model({});
    Reception reception(model);
    LoungeView view = lounge::support::eight_cars();
    reception.take(push("snapshot", 12, view_json(view)), start);
    CHECK(model.view() == view);
    CHECK(reception.seq() == 12);

    const auto before = view;
    view.rows[3].step = Step::quality;
    view.rows.erase(view.rows.begin());
    view.rows.back().expected.reset();
    view.welcomes.clear();
    reception.take(push("change", 13, protocol::change_between(before, view)), start);
    CHECK(model.view() == view);
    CHECK(reception.seq() == 13);
    CHECK(json::parse(reception.watch()).at("params").at("since").to_number<int>() == 13);
}

TEST_CASE("nothing new after a reconnect makes the rows present again", "[reception]") {
    Model model({});
    Reception reception(model);
    reception.take(push("snapshot", 12, view_json(lounge::support::eight_cars())), start);
    model.lost(start + std::chrono::minutes(1));
    CHECK(model.stale(start + std::chrono::minutes(2)));
    reception.take(push("current", 12, nullptr), start + std::chrono::minutes(2));
    CHECK_FALSE(model.stale(start + std::chrono::minutes(2)));
    CHECK(model.view().rows.size() == 8);
}

TEST_CASE("a ping keeps the clock right", "[reception]") {
    Model model({});
    Reception reception(model);
    reception.take(R"({"jsonrpc":"2.0","method":"ping","params":{"seq":1,"clock":)"
                   R"({"now":"2026-11-21T03:00:00Z","speed":1,"offset_minutes":480}}})",
                   start);
    CHECK(clock_text(*model.show(start).now) == "11:00");
    CHECK_FALSE(reception.complete());
}

TEST_CASE("no clock of a daemon leads the board out of its days", "[reception]") {
    Model model({});
    Reception reception(model);
    for (const char* clock : {R"("speed":1,"offset_minutes":99999999999999)",
                              R"("speed":1,"offset_minutes":2000000000)", R"("speed":1,"offset_minutes":-2000)",
                              R"("speed":1e308,"offset_minutes":480)", R"("speed":"x","offset_minutes":480)"}) {
        CAPTURE(clock);
        CHECK_THROWS(reception.take(R"({"jsonrpc":"2.0","method":"ping","params":{"seq":1,"clock":)"
                                    R"({"now":"2026-11-21T03:00:00Z",)" +
                                        std::string(clock) + "}}}",
                                    start));
        CHECK_FALSE(model.show(start).now);
    }
}

TEST_CASE("texts without an end are cut before they are measured", "[reception]") {
    Model model({});
    Reception reception(model);
    LoungeView view = lounge::support::eight_cars();
    std::string endless;
    for (int i = 0; i < 50'000; ++i) endless += "城";
    view.shop = view.rows[0].model = view.rows[1].work = view.rows[2].bay = view.welcomes[0].address = endless;
    reception.take(push("snapshot", 12, view_json(view)), start);
    CHECK(model.view().shop.size() == 600);
    CHECK(model.view().shop == endless.substr(0, 600));
    CHECK(model.view().rows[0].model.size() == 600);
    CHECK(model.view().rows[1].work.size() == 600);
    CHECK(model.view().rows[2].bay.size() == 600);
    CHECK(model.view().welcomes[0].address.size() == 600);
    CHECK(model.view().rows[0].plate == view.rows[0].plate);
}

TEST_CASE("a clock that the daemon doubts is not shown until it is believed again", "[reception]") {
    Model model({});
    Reception reception(model);
    const auto ping = [](const std::string& more) {
        return R"({"jsonrpc":"2.0","method":"ping","params":{"seq":1,"clock":)"
               R"({"now":"2026-11-21T03:00:00Z","speed":1,"offset_minutes":480)" +
               more + "}}}";
    };
    reception.take(ping(R"(,"trusted":false)"), start);
    CHECK(model.show(start).time_doubted);
    reception.take(ping(""), start);
    CHECK_FALSE(model.show(start).time_doubted);
}

TEST_CASE("the first watch asks for everything, with a token after a hello", "[reception]") {
    Model model({});
    const Reception reception(model);
    CHECK(reception.watch() == R"({"jsonrpc":"2.0","id":2,"method":"watch","params":{"view":"lounge"}})");
    CHECK(reception.hello("abc") == R"({"jsonrpc":"2.0","id":1,"method":"hello","params":{"token":"abc"}})");
}

TEST_CASE("a refusal is kept for the log, answers and other views are passed over", "[reception]") {
    Model model({});
    Reception reception(model);
    reception.take(R"({"jsonrpc":"2.0","id":2,"result":{"seq":12}})", start);
    reception.take(push("snapshot", 3, json::object{}, "workshop"), start);
    CHECK_FALSE(reception.complete());
    reception.take(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"unknown token"}})", start);
    CHECK(reception.take_refusal() == "unknown token");
    CHECK(reception.take_refusal().empty());
}

TEST_CASE("lines that make no sense are errors, not crashes", "[reception]") {
    Model model({});
    Reception reception(model);
    CHECK_THROWS(reception.take("OK", start));
    CHECK_THROWS(reception.take("[]", start));
    CHECK_THROWS(reception.take(push("change", 2, json::object{}), start));
    CHECK_THROWS(reception.take(push("snapshot", 2, json::array{}), start));
    CHECK(model.show(start).page_kind == Show::Page::connecting);
}

TEST_CASE("the example configuration is complete and gives the defaults", "[settings]") {
    const Settings settings = read_settings(baytime::support::source("config/lounge.toml"));
    CHECK(settings.port == "7420");
    CHECK(settings.inches == 55);
    CHECK(settings.language == LanguageChoice::chinese);
    CHECK_FALSE(settings.chime);
    CHECK(settings.dim == Hours{});
}

TEST_CASE("the configuration is read as written", "[settings]") {
    const Settings settings = parse_settings(
        "[daemon]\nhost = \"box\"\nport = 7500\n[screen]\ninches = 43.5\n"
        "language = \"both\"\ntheme = \"light\"\norientation = \"portrait\"\n"
        "[night]\nclosed_from = \"20:00\"\nclosed_to = \"07:30\"\n"
        "[sound]\nchime = true\nvolume = 10\n[footer]\nqr = \"https://x\"\n",
        "lounge.toml");
    CHECK(settings.host == "box");
    CHECK(settings.port == "7500");
    CHECK(settings.inches == 43.5);
    CHECK(settings.language == LanguageChoice::both);
    CHECK(settings.light);
    CHECK(settings.orientation == Orientation::portrait);
    CHECK(settings.closed == Hours{std::chrono::hours(20), std::chrono::minutes(450)});
    CHECK(settings.chime);
    CHECK(settings.volume == 10);
    CHECK(settings.code == "https://x");
}

TEST_CASE("mistakes in the configuration are named", "[settings]") {
    struct Case {
        const char* text;
        const char* says;
    };
    const auto c = GENERATE(values<Case>({{"[screen]\nlanguage = \"de\"\n", "lounge.toml:2"},
                                          {"[screen]\ninchs = 5\n", "inches"},
                                          {"[night]\ndim_from = \"25:00\"\ndim_to = \"07:00\"\n", "time of day"},
                                          {"[night]\ndim_from = \"19:00\"\n", "dim_to"},
                                          {"[screen]\nwidth = 1920\n", "height"}}));
    CAPTURE(c.text);
    CHECK_THROWS_WITH(parse_settings(c.text, "lounge.toml"), Catch::Contains(c.says));
}

TEST_CASE("a size is two numbers with an x", "[settings]") {
    Settings settings;
    set_size(settings, "1280x720");
    CHECK(settings.width == 1280);
    CHECK(settings.height == 720);
    for (const char* wrong : {"", "x", "1280", "1280x", "1280x720x2", "12x720", "1280x99999", "-1280x720"}) {
        CAPTURE(wrong);
        CHECK_THROWS_WITH(set_size(settings, wrong), Catch::Contains("1920x1080"));
    }
}
