// The table of C-Power commands: numbers in the order of the wire, and what comes after them. Pure.
#pragma once

#include "display-drivers/signs/cpower_frames.hpp"
#include "display-drivers/signs/fields.hpp"

namespace baytime::signs::cpower {

/// A number, high byte first.
struct Scalar {
    std::string_view name;
    std::size_t bytes = 1;
    std::string_view otherwise{};  ///< as JSON; empty: it must be given
    std::string_view meaning{};
    std::int64_t least = 0, most = (std::int64_t{1} << (8 * bytes)) - 1;
};

/// What follows the numbers. `text`: GBK bytes and 00. `runs`: three bytes for each character.
enum class Tail { none, text, data, runs, windows, variables };

struct Row {
    std::string_view name;
    std::string_view summary;
    std::uint8_t code = windows_code;
    std::optional<Do> what{};  ///< the first byte of the data; none for other protocol codes
    std::span<const Scalar> scalars{};
    Tail tail = Tail::none;
};

FieldForm form_of_scalar(const Scalar& scalar);
void write_scalars(std::span<const Scalar> scalars, FieldReader& fields, Bytes& out);
/// Takes the numbers from the front of `data`; false when there are not enough.
bool read_scalars(std::span<const Scalar> scalars, std::span<const std::uint8_t>& data, boost::json::object& out);

// The lists, each in the field of its name; `end` belongs to the runs.
void write_windows(FieldReader& fields, Bytes& out);
bool read_windows(std::span<const std::uint8_t> data, boost::json::object& out);
void write_runs(FieldReader& fields, Bytes& out);
bool read_runs(std::span<const std::uint8_t> data, boost::json::object& out);
void write_variables(FieldReader& fields, Bytes& out);
bool read_variables(std::span<const std::uint8_t> data, boost::json::object& out);

// Fields of the entries of those lists.
const std::vector<FieldForm>& window_forms();
const std::vector<FieldForm>& run_forms();
const std::vector<FieldForm>& variable_forms();

const std::vector<Row>& rows();
std::vector<FieldForm> forms_of(const Row& row);
/// The data of the frames.
Bytes write(const Row& row, FieldReader& fields);
/// False when the bytes are none of the row's.
bool read(const Row& row, std::span<const std::uint8_t> data, boost::json::object& out);

}  // namespace baytime::signs::cpower
