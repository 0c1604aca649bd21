// One conversation: lines in, replies out, in the order of the requests. Knows no socket, so that a transcript can
// drive it.
#pragma once

#include "board/daemon/caller.hpp"
#include "board/daemon/import_desk.hpp"
#include "board/daemon/outbox.hpp"
#include "board/daemon/rate.hpp"
#include "board/daemon/scans.hpp"
#include "protocol/framer.hpp"
#include "protocol/verbs.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baytime::daemon {

/// Commands of one connection that may wait for a turn.
inline constexpr std::size_t max_in_flight = 128;
/// Lines of one connection that may wait for their answers; beyond it the connection is told so and closed.
inline constexpr std::size_t max_lines_waiting = 1024;

class Conversation : public std::enable_shared_from_this<Conversation> {
public:
    /// `ready`: there is output to write. The house outlives every conversation.
    Conversation(House& house, Peer peer, Outbox::Ready ready);

    void greet();
    void receive(std::string_view bytes);
    /// The peer sends no more; what it asked is still answered.
    void input_ended();
    /// All of the outbox that was taken has been written.
    void written();
    /// Close the connection once the outbox is written.
    bool finished() const;
    /// This peer was turned away, outside of any request.
    void write_down(std::string_view verb, const std::string& token, const std::string& claimed = {});
    /// Says why and takes nothing more. Not from within a request.
    void dismiss(const Refused& why);
    bool still_welcome() const { return caller_.still_welcome(); }
    Outbox& outbox() { return *outbox_; }
    const Caller& caller() const { return caller_; }

private:
    /// One answer to come. A question is answered when everything asked before it has been.
    struct Part {
        std::optional<std::string> text;
        std::optional<protocol::Call> question;
        std::optional<protocol::json::value> id;
        std::string_view verb{};  ///< of the verb table; empty when the line was none
        std::string claimed{};    ///< the staff id that was named with a PIN
        std::size_t held = 0;     ///< bytes counted into the outbox until this is answered
        bool json = false;
        bool silent = false;  ///< a JSON-RPC notification
    };
    /// The answers to one line.
    struct Slot {
        std::vector<Part> parts;
        bool batch = false;
    };
    using SlotPtr = std::shared_ptr<Slot>;

    void take_line(const protocol::Line& line);
    void read_line(const protocol::Line& line, const SlotPtr& slot);
    void take_reading(protocol::Reading reading, const SlotPtr& slot);
    void take_scan(const protocol::Scan& scan, const SlotPtr& slot);
    void take_call(protocol::Call& call, const SlotPtr& slot, std::size_t index);
    void submit(Submission submission, const SlotPtr& slot, std::size_t index);
    std::optional<Refused> over_limit(bool acts);
    std::optional<Refused> too_often();
    Outcome hello(const protocol::Query& query);
    Outcome answer_question(const protocol::Call& call);
    Outcome watch(const protocol::Call& call);
    Outcome unwatch(const protocol::Query& query);
    void fill(Part& part, const Outcome& outcome);
    void hold(Part& part, std::size_t bytes);
    void refuse(Part& part, const protocol::Fault& fault);
    /// Writes the answers that are complete, in order.
    void advance();
    bool complete(Slot& slot);
    void answer(Part& part, const protocol::Call& call);
    /// Whether this question has to wait, because its answer takes long and others are heard first; it comes again
    /// then.
    bool has_to_wait(const protocol::Call& call);
    void emit(const Slot& slot);

    House& house_;
    Caller caller_;
    std::shared_ptr<Outbox> outbox_;
    protocol::Framer framer_;
    Rate rate_, stranger_rate_;
    Scans scans_;
    ImportDesk imports_;
    std::vector<SlotPtr> slots_;  ///< few: the lines of one reading, and what waits for a turn
    std::size_t in_flight_ = 0;
    bool json_ = false;  ///< spelling of the newest request
    bool advancing_ = false;
    bool in_queue_ = false;  ///< House::long_answers
    bool my_turn_ = false;   ///< in it: one may be made now
    bool said_bye_ = false;
    bool input_ended_ = false;
};

}  // namespace baytime::daemon
