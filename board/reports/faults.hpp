// What is wrong with a file of another system: where, and why, as words of a closed list. The sentences stand in
// assets/lang/files-*.json under the same names.
#pragma once

#include "board/core/words.hpp"

#include <boost/describe/class.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::reports {

enum class Wrong {
    value_missing,
    bad_order_number,
    bad_person,
    too_many_people,
    people_separator,
    ambiguous_person,
    bad_repair_type,
    bad_bay_kind,
    bad_time,
    time_left_out,
    bad_word,
    bad_flag,
    bad_amount,
    bad_minutes,
    text_too_long,
    settled_early,
    settled_ahead,
    not_inspected,
    returns_itself,
    order_twice,
    done_here,
    other_values,
    means_nothing,
    bad_code,
    code_twice,
    field_count,
    open_quote,
    text_behind_quote,
    column_twice,
    column_missing,
    column_near,
    column_absent,
    column_misnamed,
    no_columns,
    empty_file,
    no_rows,
    too_many_rows,
    no_encoding,
    mapping_unknown,
    mapping_empty,
    mapping_form,
    mapping_json,
    mapping_text
};
BOOST_DESCRIBE_ENUM(Wrong, value_missing, bad_order_number, bad_person, too_many_people, people_separator,
                    ambiguous_person, bad_repair_type, bad_bay_kind, bad_time, time_left_out, bad_word, bad_flag,
                    bad_amount, bad_minutes, text_too_long, settled_early, settled_ahead, not_inspected, returns_itself,
                    order_twice, done_here, other_values, means_nothing, bad_code, code_twice, field_count, open_quote,
                    text_behind_quote, column_twice, column_missing, column_near, column_absent, column_misnamed,
                    no_columns, empty_file, no_rows, too_many_rows, no_encoding, mapping_unknown, mapping_empty,
                    mapping_form, mapping_json, mapping_text)

/// Longest value that is repeated in a report, in bytes.
inline constexpr std::size_t max_shown_bytes = 80;

/// Why, and the values in the sentence.
struct Why {
    Wrong fault = Wrong::value_missing;
    std::vector<std::string> with{};
};

/// One thing that is wrong with a file.
struct Fault {
    int line = 0;          ///< where the row begins, from 1; 0: the file as a whole
    std::string order{};   ///< the row's number or code
    std::string column{};  ///< empty: the row as a whole
    std::string value{};   ///< cut to max_shown_bytes
    std::string why{};     ///< in English
    Wrong fault = Wrong::value_missing;
    std::vector<std::string> with{};  ///< the values in the sentence
};
BOOST_DESCRIBE_STRUCT(Fault, (), (line, order, column, value, why, fault, with))

/// The value as far as it is shown; never half a UTF-8 letter.
std::string cut(std::string_view value);
/// A fault with its English sentence; `order` and `value` are cut.
Fault fault_at(int line, std::string_view order, std::string_view column, std::string_view value, Why why);
std::string sentence(const Why& why, bool chinese);
/// `line 3, order R1, plate "x": what is wrong`
std::string fault_line(const Fault& fault, bool chinese);

/// The same without the line, for messages that begin with `file:line:`.
std::string where_and_why(const Fault& fault, bool chinese);

/// A file that cannot be read at all; what() is fault_line() in English.
struct BadFile : std::runtime_error {
    explicit BadFile(Fault why) : std::runtime_error(fault_line(why, false)), fault(std::move(why)) {}
    Fault fault;
};

}  // namespace baytime::reports
