// What codecs share: a JSON command read against its form, bytes as hex digits, and the list of frames found. Pure.
#pragma once

#include "display-drivers/signs/codec.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::signs {

/// `1B 20 62`, upper case. Without `blank`, `1B2062`.
std::string hex_of(std::span<const std::uint8_t> bytes, bool blank = true);
/// Bytes of hex digits in pairs, with or without blanks, line ends, `:` `,` `-` or `0x` between them; nothing when it
/// is anything else.
std::optional<Bytes> bytes_of_hex(std::string_view text);
/// A whole number of decimal or 0x digits, with an optional minus.
std::optional<std::int64_t> number_of(std::string_view text);
/// Text of the wire as JSON can carry it: bytes as Latin-1 code points, so that every byte comes back as it was.
std::string text_of_bytes(std::string_view bytes);
/// The other way; nothing when a character is beyond FF.
std::optional<std::string> bytes_of_text(std::string_view utf8);

/// Keys that decode adds for the reader, and encode therefore passes over.
inline constexpr std::string_view decode_keys[] = {"offset", "length",      "hex",     "check",
                                                   "fault",  "data_length", "packets", "explained"};

/// The command `bytes`, which every protocol has: any bytes as they are, such as noise that decode has found.
CommandForm bytes_form();
/// What `bytes` sends; nothing when the form is another one.
std::optional<Encoded> as_bytes(const CommandForm& form, const boost::json::object& command);
/// Whether these are the bytes that were made.
bool is_made_of(const Encoded& made, std::span<const std::uint8_t> bytes);

/// The `check` that decode tells: `good`, or `bad: it is 0x0298, it should be 0x0297`.
std::string check_text(std::uint64_t is, std::uint64_t should_be, std::size_t bytes);
/// The same for a check that is sent as hex digits, which may be anything.
std::string check_text(std::string_view is, std::string_view should_be);

/// The form that `command` names (case and `-` for `_` do not matter), or `unknown-command` with the nearest name.
std::variant<const CommandForm*, CodecFault> form_of(const std::vector<CommandForm>& commands,
                                                     const boost::json::object& command);

/// Reads the fields of one command (or of one entry of a list) one by one and remembers the first fault, so that codecs
/// stay free of checks. A field that is left out has the form's `otherwise`. After a fault values are harmless
/// defaults: read everything, then look at finished() once.
class FieldReader {
public:
    /// `frame_fields` may be given with every command: address, checks. Finds unknown fields at once.
    FieldReader(const CommandForm& form, const boost::json::object& command,
                const std::vector<FieldForm>& frame_fields = {});

    std::int64_t number(std::string_view field, std::int64_t least, std::int64_t most);
    std::string text(std::string_view field);
    Bytes bytes(std::string_view field);
    /// `yes`, `no`, `on`, `off`, `true`, `false`, 1, 0, or a JSON boolean.
    bool yes(std::string_view field);
    /// One of these words, as its position; numbers are taken as positions too when `numbered`.
    std::size_t choice(std::string_view field, std::span<const std::string_view> words, bool numbered = false);
    /// Each entry of a list of objects, read against `forms`. A field that is left out is an empty list.
    void each(std::string_view field, const std::vector<FieldForm>& forms,
              const std::function<void(FieldReader&)>& entry);
    /// Given in the command and not only by its form's default.
    bool given(std::string_view field) const;

    /// Remembers `bad-field` with this sentence, unless something was wrong before.
    void refuse(std::string_view field, const std::string& sentence);
    /// So far.
    const std::optional<CodecFault>& fault() const { return fault_; }
    /// When all has been read: a field that was given and that nobody has asked for is a fault too, not dropped.
    std::optional<CodecFault> finished() const;

private:
    FieldReader(std::string subject, const std::vector<FieldForm>& forms, const boost::json::object& values);
    void take(const boost::json::object& values);
    const boost::json::value* value_of(std::string_view field);
    const FieldForm* form_named(std::string_view field) const;
    void set_fault(CodecFault fault);

    std::string subject_;  ///< the command, for sentences
    std::vector<FieldForm> forms_;
    boost::json::object values_;  ///< by the form's own names
    boost::json::object defaults_;
    std::set<std::string, std::less<>> read_;
    std::optional<CodecFault> fault_;
};

/// The frames of decode(), in order. Bytes that no frame takes come as a fault of their own.
class FrameList {
public:
    explicit FrameList(std::span<const std::uint8_t> wire) : wire_(wire) {}
    /// A frame at `offset`; frames come in order and never overlap. Fill in its fields.
    boost::json::object& frame(std::size_t offset, std::size_t length, std::string_view command);
    /// Bytes that look like a frame and are none.
    void fault(std::size_t offset, std::size_t length, const std::string& sentence);
    /// Everything, with what stood after the last frame. A frame that `encode` does not make again is told by its
    /// bytes. Call once.
    boost::json::array take(const std::function<Encoded(const boost::json::object&)>& encode);

private:
    boost::json::object& entry(std::size_t offset, std::size_t length);
    void gap(std::size_t until);

    std::span<const std::uint8_t> wire_;
    std::size_t at_ = 0;  ///< behind the last frame
    boost::json::array out_;
};

}  // namespace baytime::signs
