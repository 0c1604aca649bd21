#include "tests/network/cut_wire.hpp"

#include "tests/support/process.hpp"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace baytime::support {

namespace {

constexpr const char* lounge_address = "10.77.2.2";

void check(bool good, const std::string& what) {
    if (!good) throw std::runtime_error("no network namespace to test in: " + what + ": " + std::strerror(errno));
}

void become_root() {
    if (::geteuid() == 0) return;
    const auto user = std::to_string(::geteuid()), group = std::to_string(::getegid());
    check(::unshare(CLONE_NEWUSER) == 0, "a user namespace (kernel.unprivileged_userns_clone)");
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
    std::ofstream("/proc/self/gid_map") << "0 " << group << " 1";
}

int this_space() {
    const int space = ::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    check(space >= 0, "/proc/self/ns/net");
    return space;
}

/// For `ip`, which is another process.
std::string path_of(int space) {
    return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(space);
}

std::string end_of_wire(const std::string& address, const std::string& gateway) {
    return "ip link set lo up; ip addr add " + address +
           "/24 dev eth0; ip link set eth0 up; ip route add default via " + gateway;
}

}  // namespace

CutWire::CutWire() {
    become_root();
    home_ = this_space();
    shop_ = make();
    wire_ = make();
    lounge_ = make();
    configure(wire_,
              "ip link add shop type veth peer name eth0 netns " + path_of(shop_) +
                  "; ip link add lounge type veth peer name eth0 netns " + path_of(lounge_) +
                  "; ip addr add 10.77.1.1/24 dev shop; ip addr add 10.77.2.1/24 dev lounge; ip link set shop up; "
                  "ip link set lounge up; echo 1 > /proc/sys/net/ipv4/ip_forward");
    configure(shop_, end_of_wire(shop_address, "10.77.1.1"));
    configure(lounge_, end_of_wire(lounge_address, "10.77.2.1"));
}

CutWire::~CutWire() {
    for (const int space : {home_, shop_, wire_, lounge_}) ::close(space);
}

int CutWire::make() const {
    check(::unshare(CLONE_NEWNET) == 0, "a network namespace (is this root?)");
    const int space = this_space();
    check(::setns(home_, CLONE_NEWNET) == 0, "the way back");
    return space;
}

void CutWire::within(int space, const std::function<void()>& work) const {
    struct Home {
        int space;
        ~Home() { ::setns(space, CLONE_NEWNET); }
    };
    check(::setns(space, CLONE_NEWNET) == 0, "entering it");
    const Home home{home_};
    work();
}

void CutWire::configure(int space, const std::string& commands) const {
    within(space, [&commands] {
        Process shell({"/bin/sh", "-ec", "PATH=$PATH:/usr/sbin:/sbin; exec 2>&1; " + commands});
        const auto said = shell.rest();
        if (shell.wait() != 0) throw std::runtime_error("no network namespace to test in: " + commands + ": " + said);
    });
}

void CutWire::cut() const {
    // A blackhole drops what it should pass on and, unlike a wire pulled at one end, tells nobody.
    configure(wire_, std::string("ip route add blackhole ") + shop_address + "/32; ip route add blackhole " +
                         lounge_address + "/32");
}

void CutWire::heal() const {
    configure(wire_, std::string("ip route del blackhole ") + shop_address + "/32; ip route del blackhole " +
                         lounge_address + "/32");
}

}  // namespace baytime::support
