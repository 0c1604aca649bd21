// Every command of a sign's protocol as named fields, for bring-up: `baytime sign encode` and `decode`. A driver has
// one codec. Names of commands and fields are those of the maker's document in snake_case. Pure.
#pragma once

#include "display-drivers/signs/driver.hpp"

#include <boost/json.hpp>

#include <span>
#include <string>
#include <variant>
#include <vector>

namespace baytime::signs {

/// One field of a command.
struct FieldForm {
    std::string name{};       ///< `run_mode`
    std::string accepts{};    ///< what it takes: `0..255`, `text`, `hex bytes`, `0|1|2`, `list of areas`
    std::string otherwise{};  ///< the value when left out, as JSON; empty: the field is required
    std::string meaning{};    ///< one plain English line, with the unit
    /// Of a list of objects: the fields of each. Null: no list.
    const std::vector<FieldForm>& (*entries)() = nullptr;
};

/// One command that can be sent, or an answer that can be received.
struct CommandForm {
    std::string name{};     ///< `dynamic_areas`
    std::string summary{};  ///< one plain English line
    std::vector<FieldForm> fields{};
    bool answer = false;  ///< comes from the sign: decode explains it, and encode makes it for tests
};

struct CodecFault {
    std::string token{};     ///< stable: `unknown-command`, `unknown-field`, `missing-field`, `bad-field`
    std::string field{};     ///< empty when none is to blame
    std::string sentence{};  ///< names the fault and what would be right
};

using Encoded = std::variant<std::vector<Packet>, CodecFault>;

struct Codec {
    const std::vector<CommandForm>& (*commands)() = nullptr;
    /// What may be given with every command that is framed: address, checks.
    const std::vector<FieldForm>& (*frame_fields)() = nullptr;
    /// `{"command": "...", field: value, ...}` to packets with their pauses. A number field takes a number, or a text
    /// with decimal or 0x digits; bytes are a text of hex digits. Frame fields (address, checks) may be given too.
    Encoded (*encode)(const boost::json::object& command, const Setup& setup) = nullptr;
    /// Every frame found in `wire`, in order: `{"offset", "length", "hex", "command", fields..., "check": "good"}`; a
    /// wrong check says what it is and what it should be. What is no frame comes as the command `bytes` with a `fault`,
    /// a sentence; and so does a frame that encode would not make, with what it says in `explained`. Any bytes are
    /// accepted, none is lost, nothing is thrown; and encode(decode(wire)) gives the same bytes again.
    boost::json::array (*decode)(std::span<const std::uint8_t> wire, const Setup& setup) = nullptr;
};

}  // namespace baytime::signs
