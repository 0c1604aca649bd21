// The table of Onbon commands: the fields of each, and how its parameters are written and read. Pure.
#pragma once

#include "display-drivers/signs/fields.hpp"
#include "display-drivers/signs/onbon_frames.hpp"

namespace baytime::signs::onbon {

inline constexpr std::uint8_t answer_group = 0xA0;
inline constexpr std::string_view process_mode_field = "process_mode", reserved_field = "command_reserved";

/// One command. A row without group takes group and code from its fields.
struct Row {
    CommandForm form{};
    std::uint8_t group = 0, code = 0;
    Bytes (*write)(FieldReader&, const Setup&) = nullptr;
    /// False when the bytes are none of its own.
    bool (*read)(std::span<const std::uint8_t>, boost::json::object&) = nullptr;
};

const std::vector<Row>& rows();

}  // namespace baytime::signs::onbon
