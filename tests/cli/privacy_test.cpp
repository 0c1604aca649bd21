// Forgetting people: from the view, from every byte of the files, and without a change in any figure.
#include "tests/cli/demo_shop.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace baytime::support;
namespace fs = std::filesystem;

namespace {

/// A car in and out again, with its owner's name in every place that takes one.
void visit(const DemoShop& shop, const std::string& order, const std::string& plate) {
    shop.say_words({"receive", order, "plate=" + plate, "model=Lavida", "type=repair", "promise=+1",
                    "customer=欧阳娜娜", "phone=13912345678", "items=x:20", "as=201", "key=k-" + order});
    shop.say_words({"add-work", order, "刹车片", "30", "as=102"});
    shop.say_words({"consent", order, "2", "欧阳娜娜", "phone", "as=201"});
    shop.say_words({"repromise", order, "to=+500", "reason=added_work", "who=欧阳娜娜", "how=phone", "as=201"});
    shop.say_words({"contact", order, "who=欧阳娜娜", "how=phone", "text=欧阳娜娜 13912345678", "as=201"});
    shop.say_words({"assign", order, "bay=1", "parked", "as=301"});
    shop.say_words({"start", order, "as=102"});
    shop.say_words({"finish", order, "as=102"});
    shop.say_words({"inspect", order, "passed", "as=101"});
    shop.say_words({"ready", order, "as=301"});
    shop.say_words({"deliver", order, "amount=100", "as=201"});
    shop.say_words({"call-back", order, "text=欧阳娜娜", "as=501"});
}

void import_old(const DemoShop& shop, const std::string& plate) {
    std::ofstream(shop.path("old.csv")) << "order_no,plate,repair_type,advisor,technicians,received_at,promised_at,"
                                           "settled_at\nO1,"
                                        << plate
                                        << ",repair,201,101,2026-11-01 08:00,2026-11-01 10:30,2026-11-01 10:31\n";
    shop.say_words({"import", "orders", shop.path("old.csv").string()});
}

std::vector<std::string> figures(const DemoShop& shop) {
    std::vector<std::string> out;
    for (const char* by : {"department", "advisor", "technician", "team", "repair_type"})
        out.push_back(shop.baytime({"report", "monthly", "--month", "2026-11", "--by", by, "--format", "json"}).out);
    for (const char* kind :
         {"delays", "returns", "visits", "utilisation", "efficiency", "bays", "standards", "contacts", "service-check"})
        out.push_back(shop.baytime({"report", kind, "--month", "2026-11", "--format", "json", "--explain"}).out);
    return out;
}

/// Those that do not depend on the present moment.
std::vector<std::string> lasting_figures(const DemoShop& shop) {
    std::vector<std::string> out;
    for (const char* by : {"department", "advisor", "technician", "team", "repair_type"})
        out.push_back(shop.baytime({"report", "monthly", "--month", "2026-11", "--by", by, "--format", "json"}).out);
    for (const char* kind : {"delays", "returns", "visits", "efficiency", "standards", "contacts", "service-check"})
        out.push_back(shop.baytime({"report", kind, "--month", "2026-11", "--format", "json", "--explain"}).out);
    return out;
}

/// The files of the journal, its log and its shared memory, that hold this text.
std::vector<std::string> files_with(const DemoShop& shop, const std::string& text) {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(shop.path("."))) {
        const auto name = entry.path().filename().string();
        if (name.starts_with("journal.db") && DemoShop::read(entry.path()).find(text) != std::string::npos)
            out.push_back(name);
    }
    return out;
}

void nothing_left(const DemoShop& shop) {
    for (const char* text : {"沪A54321", "沪A·54321", "欧阳娜娜", "13912345678"}) {
        CAPTURE(text);
        CHECK(files_with(shop, text).empty());
    }
}

}  // namespace

TEST_CASE("who asks to be forgotten is gone from every byte, and no figure changes", "[privacy][report]") {
    const DemoShop shop("0");
    visit(shop, "R1", "沪A54321");
    visit(shop, "R2", "沪B11111");
    import_old(shop, "沪A·54321");
    REQUIRE_FALSE(files_with(shop, "沪A54321").empty());
    REQUIRE_FALSE(files_with(shop, "13912345678").empty());
    const auto before = figures(shop);

    CHECK(shop.baytime({"forget", "沪A54321", "as=201"}).error.find("[not-permitted]") != std::string::npos);
    const auto done = shop.baytime({"forget", "沪a·54321", "as=601", "key=forget-1", "--json"});
    CAPTURE(done.error);
    REQUIRE(done.status == 0);
    CHECK(boost::json::parse(done.out).at("orders") == 2);
    CHECK(figures(shop) == before);
    CHECK(files_with(shop, "沪A54321").empty());
    CHECK(files_with(shop, "沪A·54321").empty());
    CHECK(shop.baytime({"history", "R1"}).out.find("欧阳") == std::string::npos);
    CHECK(shop.baytime({"history", "R1"}).out.find("erased") != std::string::npos);
    // The other car's people stay.
    CHECK(shop.baytime({"show", "R2"}).out.find("欧阳娜娜") != std::string::npos);
    CHECK(shop.baytime({"forget", "沪A54321", "as=601"}).out.find("orders=0") != std::string::npos);
    // The same file again: it is the same order, and its plate stays forgotten.
    CHECK(shop.baytime({"import", "orders", shop.path("old.csv").string()}).out.starts_with("imported 0 orders; 1 al"));
    CHECK(files_with(shop, "沪A·54321").empty());
    CHECK(shop.baytime({"forget", "沪B11111", "as=601"}).status == 0);
    nothing_left(shop);
    CHECK(figures(shop) == before);
    CHECK(shop.baytime({"export", shop.path("out").string()}).status == 0);
    CHECK(DemoShop::read(shop.path("out") / "events.csv").find("欧阳") == std::string::npos);
}

TEST_CASE("a car that is still here is not forgotten", "[privacy]") {
    const DemoShop shop("0");
    shop.say_words({"receive", "R1", "plate=沪A54321", "model=Lavida", "type=repair", "promise=+60", "as=201"});
    const auto refused = shop.baytime({"forget", "沪A54321", "as=601"});
    CHECK(refused.status == 1);
    CHECK(refused.error.find("R1 of this car is still open; hand it over or cancel it") != std::string::npos);
    CHECK(shop.baytime({"show", "R1"}).out.find("沪A54321") != std::string::npos);
}

TEST_CASE("two years after the hand-over names are forgotten by themselves, and figures stay", "[privacy][report]") {
    const TempDir kept;
    std::vector<std::string> before;
    {
        const DemoShop shop("0");
        visit(shop, "R1", "沪A54321");
        import_old(shop, "沪A·54321");
        before = lasting_figures(shop);
        for (const char* end : {"", "-wal"}) {
            const auto name = "journal.db" + std::string(end);
            fs::copy_file(shop.path(name), kept.path() / name);
        }
    }
    // The same journal, 731 days later.
    const DemoShop later("0",
                         {{"[store]\npath = \"", "[store]\npath = \"" + kept.path().string() + "/journal.db\"\n# \""},
                          {"start = \"2026-11-21T08:00\"", "start = \"2028-11-21T08:00\""}});
    CHECK(lasting_figures(later) == before);
    CHECK(later.baytime({"history", "R1"}).out.find("erased") != std::string::npos);
    CHECK(later.baytime({"history", "O1"}).out.find("erased") != std::string::npos);
    for (const char* text : {"沪A54321", "沪A·54321", "欧阳娜娜", "13912345678"}) {
        CAPTURE(text);
        for (const auto& entry : fs::directory_iterator(kept.path()))
            CHECK(DemoShop::read(entry.path()).find(text) == std::string::npos);
    }
}

TEST_CASE("a damaged copy is told and keeps no other from being made or losing names", "[privacy]") {
    const DemoShop shop("0");
    visit(shop, "R1", "沪A54321");
    shop.say("backup");
    const auto junk = shop.path("backups") / "journal-2020-11-20T040000Z.db";
    std::ofstream(junk) << "junk";
    const auto made = shop.baytime({"backup"});
    CAPTURE(made.out, made.error);
    CHECK(made.status == 0);
    CHECK(made.error.find(junk.string()) != std::string::npos);
    const auto health = shop.baytime({"health"}).out;
    CHECK(health.find("backup-doubtful") != std::string::npos);
    CHECK(health.find(junk.string()) != std::string::npos);

    REQUIRE(shop.baytime({"forget", "沪A54321", "as=601"}).status == 0);
    // A copy asked for now begins when the one under way, which takes the names out, has ended.
    shop.baytime({"backup"});
    shop.baytime({"backup"});
    std::size_t looked_at = 0;
    for (const auto& entry : fs::directory_iterator(shop.path("backups"))) {
        if (entry.path().extension() != ".db" || entry.path() == junk) continue;
        CHECK(DemoShop::read(entry.path()).find("沪A54321") == std::string::npos);
        ++looked_at;
    }
    CHECK(looked_at >= 2);
    CHECK(DemoShop::read(junk) == "junk");
    fs::remove(junk);
    shop.baytime({"backup"});
    CHECK(shop.baytime({"health"}).out.find("backup-doubtful") == std::string::npos);
}

TEST_CASE("who asks to be forgotten is gone from the kept copies too, and these still verify", "[privacy]") {
    const DemoShop shop("0");
    visit(shop, "R1", "沪A54321");
    import_old(shop, "沪A·54321");
    const auto copies = [&shop] {
        std::vector<std::string> out;
        for (const auto& entry : fs::directory_iterator(shop.path("backups"))) {
            const auto name = entry.path().filename().string();
            if (name.ends_with(".db")) out.push_back(entry.path());
        }
        return out;
    };
    shop.say("backup");
    REQUIRE(copies().size() == 1);
    REQUIRE(DemoShop::read(copies().front()).find("欧阳娜娜") != std::string::npos);

    const auto done = shop.baytime({"forget", "沪A54321", "as=601"});
    CHECK(done.out.find("copies=rewriting") != std::string::npos);
    // A copy asked for now begins when the one under way, which takes the names out, has ended.
    shop.say("backup");
    shop.say("backup");
    for (const auto& copy : copies()) {
        CAPTURE(copy);
        for (const char* text : {"沪A54321", "沪A·54321", "欧阳娜娜", "13912345678"})
            CHECK(DemoShop::read(copy).find(text) == std::string::npos);
    }
    CHECK(copies().size() >= 2);
    CHECK(std::ranges::none_of(fs::directory_iterator(shop.path("backups")),
                               [](const auto& entry) { return entry.path().filename().string().ends_with("-wal"); }));
}
