// The commands of the Alpha protocol by name, between JSON fields and the bytes of one command. Pure.
#pragma once

#include "display-drivers/signs/fields.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace baytime::signs::alpha {

/// One command or answer. The body is what stands between STX and ETX.
struct Row {
    CommandForm form;
    std::string_view prefix;  ///< the body begins so
    std::string (*write)(FieldReader&) = nullptr;
    /// What follows the prefix as fields, or nothing when it is not this command.
    std::optional<boost::json::object> (*read)(std::string_view rest) = nullptr;
    std::chrono::milliseconds rest{500};  ///< the sign is deaf so long
};

/// The first row that reads a body is the right one.
const std::vector<Row>& rows();
/// Parts of rows(): commands that write files or ask, special functions, answers.
std::vector<Row> file_rows();
std::vector<Row> special_rows();
std::vector<Row> answer_rows();

/// The bits of the error register in words.
std::string register_text(unsigned value);
/// A label of a file: one character 20..7E.
char read_label(FieldReader& fields, std::string_view field = "label");
/// The same for a STRING, which cannot be `0` or `?`.
char read_string_label(FieldReader& fields, std::string_view field = "label");
/// Files of a memory table, 11 characters each.
std::string write_files(FieldReader& fields);
std::optional<boost::json::object> read_files(std::string_view table);
const std::vector<FieldForm>& file_forms();

}  // namespace baytime::signs::alpha
