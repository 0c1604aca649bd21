// The serial ports of this computer, as libserialport finds them.
#include "display-drivers/signs/wire.hpp"

#include <libserialport.h>

#include <algorithm>
#include <filesystem>
#include <map>

namespace baytime::signs {

namespace {

namespace fs = std::filesystem;

std::string text(const char* said) {
    return said == nullptr ? "" : said;
}

/// From `/dev/ttyUSB0` to its name that stays.
std::map<std::string, std::string> names_that_stay() {
    std::map<std::string, std::string> out;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator("/dev/serial/by-id", failed)) {
        const auto device = fs::canonical(entry.path(), failed);
        if (!failed) out[device.string()] = entry.path().string();
    }
    return out;
}

}  // namespace

std::vector<SerialPort> serial_ports() {
    std::vector<SerialPort> out;
    const auto names = names_that_stay();
    sp_port** ports = nullptr;
    if (sp_list_ports(&ports) != SP_OK) return out;
    for (sp_port** port = ports; *port != nullptr; ++port) {
        SerialPort one;
        one.device = text(sp_get_port_name(*port));
        one.description = text(sp_get_port_description(*port));
        one.maker = text(sp_get_port_usb_manufacturer(*port));
        one.product = text(sp_get_port_usb_product(*port));
        one.serial = text(sp_get_port_usb_serial(*port));
        int maker = 0, product = 0;
        if (sp_get_port_usb_vid_pid(*port, &maker, &product) == SP_OK) one.usb_maker = maker, one.usb_product = product;
        if (const auto name = names.find(one.device); name != names.end()) one.by_id = name->second;
        out.push_back(std::move(one));
    }
    sp_free_port_list(ports);
    std::ranges::sort(out, {}, &SerialPort::device);
    return out;
}

}  // namespace baytime::signs
