// Text in the fields of a codec for signs that take GBK: as UTF-8 where it is GBK, else as bytes. Pure.
#pragma once

#include "display-drivers/signs/fields.hpp"

namespace baytime::signs {

/// The fields `text` and `text_hex`.
std::vector<FieldForm> text_forms(const std::string& meaning);
/// Bytes of `text_hex` when it is given, else of `text`, which must be GBK. Both have no use together.
std::string read_text_fields(FieldReader& fields);
/// Sets the field that gives these bytes again.
void explain_text(boost::json::object& out, std::span<const std::uint8_t> bytes);

}  // namespace baytime::signs
