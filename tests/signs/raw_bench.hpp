// Raw templates for tests: one of each kind of end, check and escape.
#pragma once

#include "display-drivers/signs/raw_template.hpp"
#include "display-drivers/signs/setup.hpp"

#include <string>

namespace support {

using namespace baytime::signs;

inline Setup raw_setup(const std::string& toml, const std::string& address = "1") {
    Setup out = usual_setup(*find_driver("raw"));
    out.address = address;
    out.raw = parse_raw_template(toml, "test.toml");
    return out;
}

/// A shipped one.
inline Setup shipped_raw_setup(const std::string& name, const std::string& address = "1") {
    Setup out = usual_setup(*find_driver("raw"));
    out.address = address;
    out.options["template"] = name;
    find_driver("raw")->prepare(out, "");
    return out;
}

inline const std::string escaped_template = R"(
frame = "7E @a {address} {text} {check} @z 7E"
[text]
encoding = "gbk"
[check]
kind = "xor8"
over = "a..text"
[escape]
over = "a..z"
[escape.bytes]
7E = "7D 5E"
7D = "7D 5D"
)";

inline const std::string hex_check_template = R"(
frame = "02 'T' {address} {text} {check} 03"
[address]
as = "decimal"
digits = 3
[text]
encoding = "utf-8"
line_break = "0A"
[check]
kind = "lrc"
over = "address..text"
as = "hex"
[answer]
expects = "06"
refuses = "15"
)";

inline const std::string wide_template = R"(
frame = "AA @a {length} {brightness} {text} {check}"
[length]
over = "length..check"
as = "low-high"
[text]
encoding = "gbk"
width = 16
justify = "right"
padding = 0x20
[check]
kind = "crc16-ccitt"
over = "a..text"
)";

}  // namespace support
