// What waits to be written to one connection: replies, which are never lost, and pushes, which a slow reader loses in
// favour of a fresh snapshot. Knows no socket.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baytime::daemon {

/// Most bytes that may wait on one connection: output written and unwritten, and what is held for its requests.
inline constexpr std::size_t max_output_bytes = 1024 * 1024;
/// Beyond this the connection is closed: its client sends but does not read.
inline constexpr std::size_t hopeless_output_bytes = 4 * max_output_bytes;

/// Most bytes that may wait over all connections; beyond this the worst reader is closed.
inline constexpr std::size_t max_output_of_all = 256 * max_output_bytes;

/// One piece of output, shared by all watchers that get the same.
using Text = std::shared_ptr<const std::string>;

class Outbox {
public:
    using Ready = std::function<void()>;
    /// `ready` is called whenever something was put in.
    explicit Outbox(Ready ready) : ready_(std::move(ready)) {}
    ~Outbox() { abandon(); }
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    /// From now on what waits here is part of `total`, which lives until abandon().
    void count_into(std::size_t& total) { total_ = &total; }
    /// Nothing of it will be written, and what still comes is not counted.
    void abandon();

    void reply(std::string_view text);
    /// False when too much waits already: nothing was taken, everything of `view` that still waited is dropped, and
    /// the watcher has to catch up once the outbox is empty.
    bool push(const std::string& view, const Text& text);
    void drop_pushes(const std::string& view);
    /// What is kept for requests whose turn has not come counts as waiting to be read: their lines, and answers that
    /// are ready behind one that is not.
    void hold(std::size_t bytes);
    void let_go(std::size_t bytes);
    void let_go_all() { let_go(held_); }

    /// Everything that may be written now, replies first; it counts as waiting until sent() is called.
    std::vector<Text> take();
    void sent() { count_less(std::exchange(in_flight_, 0)); }
    bool empty() const { return replies_.empty() && pushes_.empty(); }
    /// A view has been kept from this reader, who was too slow, and is caught up with once nothing waits any more.
    void missed() { missed_ = true; }
    bool take_missed() { return std::exchange(missed_, false); }
    /// Nothing waits, not even for the peer to read it.
    bool drained() const { return empty() && in_flight_ == 0; }
    std::size_t waiting() const { return unread() + held_; }
    bool full() const { return waiting() >= max_output_bytes; }
    bool hopeless() const { return waiting() >= hopeless_output_bytes; }

private:
    struct Push {
        std::string view;
        Text text;
    };
    std::size_t unread() const { return replies_.size() + push_bytes_ + in_flight_; }
    void count_more(std::size_t bytes) {
        if (total_ != nullptr) *total_ += bytes;
    }
    void count_less(std::size_t bytes) {
        if (total_ != nullptr) *total_ -= bytes;
    }

    Ready ready_;
    std::size_t* total_ = nullptr;
    std::string replies_;
    std::vector<Push> pushes_;
    std::size_t push_bytes_ = 0;
    std::size_t in_flight_ = 0;
    std::size_t held_ = 0;
    bool missed_ = false;
};

}  // namespace baytime::daemon
