// The simulated AM03127: what it answers, and what it drops.
#include "display-drivers/signs/am03127_sign.hpp"
#include "display-drivers/signs/am03127_frames.hpp"
#include "tests/signs/frames.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace baytime::signs;
using namespace std::chrono_literals;

namespace {

struct Wired {
    AmSign sign;
    support::Sender sender{sign};
    explicit Wired(const std::string& address = "01") : sign(setup(address)) {}
    static Setup setup(const std::string& address) {
        Setup out{.shape = {.columns = 80, .rows = 16}};
        out.address = address;
        return out;
    }
    std::string say(std::string_view frame) {
        const Bytes reply = sender.raw(Bytes(frame.begin(), frame.end()));
        sender.wait(100ms);
        return {reply.begin(), reply.end()};
    }
    std::string packet(std::string_view what, const std::string& id = "01") {
        const Bytes frame = am::frame(id, what);
        return say({reinterpret_cast<const char*>(frame.data()), frame.size()});
    }
};

}  // namespace

TEST_CASE("an AM03127 acknowledges, refuses a wrong checksum, and is silent for others", "[signs][am03127]") {
    Wired wired;
    CHECK(wired.say("<ID01><L1><PA><FE><MA><WC><FE>message1F<E>") == "ACK");
    CHECK(wired.say("<ID01><L1><PA><FE><MA><WC><FE>message1E<E>") == "NACK");
    CHECK(wired.say("<ID02><L1><PA><FE><MA><WC><FE>message1F<E>").empty());
    CHECK(wired.say("<ID00><BE>05<E>").empty());
    CHECK(wired.say("<ID00><BE>06<E>").empty());
    CHECK(wired.packet("<XX>").empty());
    CHECK(wired.packet("<L3><PA><FA><MA><WC><FA>no third line").empty());
    CHECK(wired.packet("<TA>00010100009912312359").empty());
    CHECK(wired.sign.errors() == std::map<std::string, std::uint64_t>{{"checksum", 2}, {"unknown-packet", 3}});
}

TEST_CASE("the id is set without a checksum, and kept without power", "[signs][am03127]") {
    Wired wired;
    CHECK(wired.say("<ID><0A><E>") == "0A");
    CHECK(wired.packet("<BA>").empty());
    CHECK(wired.packet("<BA>", "0A") == "ACK");
    wired.sign.power_cycle();
    CHECK(wired.sign.id() == "0A");
    CHECK(wired.say("<ID><00><E>").empty());
}

TEST_CASE("a page is shown only when a schedule has it or it is the default", "[signs][am03127]") {
    Wired wired;
    wired.packet("<L1><PB><FA><MA><WC><FA>two");
    CHECK(wired.sign.glass().page == Page{});
    wired.packet("<RPB>");
    CHECK(text_of(wired.sign.glass().page) == "two");
    wired.packet("<L1><PC><FA><MA><WC><FA>three");
    wired.packet("<TA>26010100002612312359CB");
    CHECK(text_of(wired.sign.glass().page) == "two");  // its clock has not come to 2026
    wired.packet("<SC>26010615083000");
    CHECK(text_of(wired.sign.glass().page) == "three\ntwo");
    wired.packet("<DL1PC>");
    CHECK(text_of(wired.sign.glass().page) == "two");
    wired.packet("<L1><PC><FA><MA><WC><FA>three");
    wired.packet("<DTA>");
    CHECK(text_of(wired.sign.glass().page) == "two");
    wired.packet("<D*>");
    CHECK(wired.sign.glass().page == Page{});
    CHECK(wired.sign.errors().empty());
}

TEST_CASE("tags of a text are drawn, not shown", "[signs][am03127]") {
    Wired wired;
    wired.packet("<SC>26010615083000");
    wired.packet("<L1><PA><FA><MA><WC><FA><AC><CB>late <CE><KT><BA> <U7C><U3A><N10><GA1> <KD>");
    CHECK(wired.sign.glass().page ==
          Page{.lines = {{{"late ", Meaning::alarm}, {"08:30 ü°# 15/06/26", Meaning::good}}}});
}

TEST_CASE("a second of silence inside a frame of an AM03127 loses it", "[signs][am03127]") {
    Wired wired;
    CHECK(wired.say("<ID01><B").empty());
    wired.sender.wait(800ms);
    CHECK(wired.say("A>03<E>") == "NACK");
    CHECK(wired.say("<ID01><B").empty());
    wired.sender.wait(2s);
    CHECK(wired.say("A>01<E>").empty());
    CHECK(wired.sign.errors().at("gap") == 1);
    CHECK(wired.packet("<BB>") == "ACK");
}

TEST_CASE("without power an AM03127 forgets its pages", "[signs][am03127]") {
    Wired wired;
    wired.packet("<L1><PA><FA><MA><WC><FA>one");
    CHECK(text_of(wired.sign.glass().page) == "one");
    wired.sign.power_cycle();
    CHECK(wired.sign.glass().page == Page{});
}

TEST_CASE("an AM03127 takes any bytes", "[signs][am03127]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    Wired wired;
    constexpr std::string_view pieces[] = {"<ID01>",     "<ID",  "<E>", "<GA1>", "<Fabc>", "<L1><PA><FA><MA><WC><FA>",
                                           "<TA>",       "<SC>", "ACK", "<D*>",  "<U",     "<K",
                                           "<GA1><GB1>", "<ID><"};
    for (int i = 0; i < 1500; ++i) {
        std::string text;
        for (auto count = random() % 10; count > 0; --count) {
            text += pieces[random() % std::size(pieces)];
            if (random() % 3 == 0) text += std::string(random() % 200, static_cast<char>(random()));
            if (random() % 3 == 0) text += am::checksum(text.substr(std::min<std::size_t>(6, text.size()))) + "<E>";
        }
        REQUIRE(wired.say(text).size() < 200);
    }
    wired.sender.wait(5s);
    CHECK(wired.packet("<BB>", wired.sign.id()) == "ACK");  // some bytes may have given it another
}
