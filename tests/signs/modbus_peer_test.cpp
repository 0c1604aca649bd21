// Against a real, independent Modbus: libmodbus as the slave of our link, and as the master of our simulated display.
#include "display-drivers/signs/gbk.hpp"
#include "tests/signs/bench.hpp"
#include "tests/signs/modbus_bench.hpp"

#include <poll.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <modbus.h>

#include <catch2/catch.hpp>

#include <array>
#include <atomic>
#include <future>
#include <thread>

using namespace baytime::signs;
using namespace std::chrono_literals;

namespace {

/// Two pseudo-terminals wired together: what is written at one end arrives at the other.
class Cable {
public:
    Cable() {
        for (std::size_t i = 0; i < ends_.size(); ++i) {
            termios raw{};
            ::cfmakeraw(&raw);
            raw.c_cflag |= CREAD | CLOCAL;
            std::array<char, 256> name{};
            REQUIRE(::openpty(&ends_[i], &held_[i], name.data(), &raw, nullptr) == 0);
            names_[i] = name.data();
        }
    }
    ~Cable() {
        for (const int fd : {ends_[0], ends_[1], held_[0], held_[1]}) ::close(fd);
    }
    Cable(const Cable&) = delete;
    Cable& operator=(const Cable&) = delete;

    const std::string& name(std::size_t end) const { return names_[end]; }
    void carry() {
        for (std::size_t i = 0; i < ends_.size(); ++i) {
            pollfd polled{ends_[i], POLLIN, 0};
            while (::poll(&polled, 1, 0) > 0 && (polled.revents & POLLIN) != 0) {
                std::array<char, 512> chunk{};
                const auto count = ::read(ends_[i], chunk.data(), chunk.size());
                if (count <= 0 || ::write(ends_[1 - i], chunk.data(), static_cast<std::size_t>(count)) < 0) break;
            }
        }
    }

private:
    std::array<int, 2> ends_{-1, -1}, held_{-1, -1};
    std::array<std::string, 2> names_{};
};

/// libmodbus as a display: holds the registers 0 to 0xFF and answers on a thread of its own.
class Slave {
public:
    Slave(const std::string& tty, int unit) : context_(modbus_new_rtu(tty.c_str(), 9600, 'N', 8, 1)) {
        REQUIRE(context_ != nullptr);
        REQUIRE(modbus_set_slave(context_, unit) == 0);
        REQUIRE(modbus_connect(context_) == 0);
        constexpr unsigned a_moment = 50'000;  // microseconds: how often the thread looks whether it is to end
        modbus_set_indication_timeout(context_, 0, a_moment);
        mapping_ = modbus_mapping_new(0, 0, 256, 0);
        thread_ = std::thread([this] { serve(); });
    }
    ~Slave() {
        stop();
        modbus_mapping_free(mapping_);
        modbus_close(context_);
        modbus_free(context_);
    }
    Slave(const Slave&) = delete;
    Slave& operator=(const Slave&) = delete;

    /// The registers; ends the thread that writes them.
    std::vector<std::uint16_t> registers(int at, int count) {
        stop();
        return {mapping_->tab_registers + at, mapping_->tab_registers + at + count};
    }

private:
    void stop() {
        ending_ = true;
        if (thread_.joinable()) thread_.join();
    }
    void serve() {
        std::array<std::uint8_t, MODBUS_RTU_MAX_ADU_LENGTH> request{};
        while (!ending_) {
            const int length = modbus_receive(context_, request.data());
            if (length > 0) modbus_reply(context_, request.data(), length, mapping_);
        }
    }

    modbus_t* context_ = nullptr;
    modbus_mapping_t* mapping_ = nullptr;
    std::thread thread_;
    std::atomic<bool> ending_ = false;
};

std::string bytes_of(const std::vector<std::uint16_t>& registers) {
    std::string out;
    for (const auto value : registers) out += {static_cast<char>(value >> 8), static_cast<char>(value & 0xFF)};
    return out;
}

SignSettings settings(const std::string& tty, const Setup& setup) {
    SignSettings out;
    out.name = "panel";
    out.driver = "modbus";
    out.port = *parse_port("pty:" + tty);
    out.setup = setup;
    return out;
}

}  // namespace

TEST_CASE("a libmodbus slave takes our pages, and our link believes its answers", "[signs][modbus][peer]") {
    Cable cable;
    Slave slave(cable.name(1), 7);
    boost::asio::io_context io{1};
    SignLink link(io, settings(cable.name(0), support::shipped_setup("text-panel", "7")), {}, {});
    link.show(Page{.lines = {{{"沪A·12345", Meaning::alarm}}, {{"维修中", Meaning::good}}}});
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!(link.health().up_to_date && link.health().answers) && std::chrono::steady_clock::now() < deadline) {
        io.restart();
        io.run_one_for(1ms);
        cable.carry();
    }
    REQUIRE(link.health().up_to_date);
    CHECK(link.health().answers);
    CHECK(link.health().errors == std::map<std::string, std::uint64_t>{});
    const auto held = slave.registers(0, 0x61);
    CHECK(from_gbk(bytes_of({held.begin(), held.begin() + 8})) == "沪A·12345      ");
    CHECK(from_gbk(bytes_of({held.begin() + 16, held.begin() + 24})) == "维修中          ");
    CHECK(held[0x40] == 1);
    CHECK(held[0x41] == 2);
    CHECK(held[0x50] == 1);
    CHECK(held[0x60] == 15);
}

TEST_CASE("a libmodbus master gets from our simulated display what a real one gives", "[signs][modbus][peer]") {
    baytime::support::TempDir dir;
    const std::string path = (dir.path() / "panel").string();
    sim::PtySign sign(*find_driver("modbus"), support::shipped_setup("text-panel", "7"), path);
    modbus_t* context = modbus_new_rtu(path.c_str(), 9600, 'N', 8, 1);
    REQUIRE(context != nullptr);
    REQUIRE(modbus_set_slave(context, 7) == 0);
    REQUIRE(modbus_connect(context) == 0);
    modbus_set_response_timeout(context, 5, 0);
    const auto ask = [&](const auto& what) {
        auto done = std::async(std::launch::async, [&] { return what() >= 0 ? 0 : errno; });
        while (done.wait_for(1ms) != std::future_status::ready) sign.pump(std::chrono::steady_clock::now());
        return done.get();
    };
    const std::array<std::uint16_t, 8> text{0xCDEA, 0xB9A4, 0x2020, 0x2020, 0x2020, 0x2020, 0x2020, 0x2020};
    CHECK(ask([&] { return modbus_write_registers(context, 0, 8, text.data()); }) == 0);
    CHECK(text_of(sign.sign().glass().page) == "完工");
    CHECK(ask([&] { return modbus_write_register(context, 0x60, 3); }) == 0);
    CHECK(sign.sign().glass().brightness == 20);
    std::array<std::uint16_t, 8> read{};
    CHECK(ask([&] { return modbus_read_registers(context, 0, 8, read.data()); }) == 0);
    CHECK(read == text);
    CHECK(ask([&] { return modbus_write_register(context, 0x99, 1); }) == EMBXILADD);
    CHECK(ask([&] { return modbus_write_register(context, 0x60, 16); }) == EMBXILVAL);
    std::array<std::uint8_t, 8> bits{};
    CHECK(ask([&] { return modbus_read_bits(context, 0, 8, bits.data()); }) == EMBXILFUN);
    modbus_set_slave(context, 8);
    modbus_set_response_timeout(context, 0, 200'000);
    CHECK(ask([&] { return modbus_write_register(context, 0x60, 3); }) == ETIMEDOUT);
    modbus_close(context);
    modbus_free(context);
}
