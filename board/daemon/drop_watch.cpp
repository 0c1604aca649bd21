// Wakes the drop folder: inotify for files that appear, a timer for folders on other computers.
#include "board/daemon/drop_folder.hpp"
#include "board/daemon/log.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace baytime::daemon {

namespace asio = boost::asio;

class DropWatch::Impl : public std::enable_shared_from_this<DropWatch::Impl> {
public:
    Impl(asio::io_context& io, House& house) : house_(house), folder_(house), events_(io), timer_(io) {}

    void use_settings() {
        stop();
        const auto& folder = house_.settings->drop.folder;
        if (folder.empty()) return folder_.look({});
        std::error_code failed;
        for (const char* name : {"done", "failed"})
            std::filesystem::create_directories(std::filesystem::path(folder) / name, failed);
        if (failed) log::error("drop_folder_unusable", {{"path", folder}, {"why", failed.message()}});
        watch(folder);
        look({});
    }

    const std::optional<DropTrouble>& trouble() const { return folder_.trouble(); }

    void stop() {
        boost::system::error_code ignored;
        events_.close(ignored);
        timer_.cancel();
    }

private:
    void watch(const std::string& folder) {
        const int inotify = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        if (inotify < 0) return;
        if (::inotify_add_watch(inotify, folder.c_str(), IN_MOVED_TO | IN_CLOSE_WRITE) < 0) {
            log::warn("drop_folder_unwatched", {{"path", folder}, {"why", std::strerror(errno)}});
            ::close(inotify);
            return;
        }
        events_.assign(inotify);
        wait_for_events();
    }

    void wait_for_events() {
        events_.async_wait(asio::posix::stream_descriptor::wait_read,
                           [self = shared_from_this()](const boost::system::error_code& cancelled) {
                               if (cancelled) return;
                               self->look(self->read_names());
                               self->wait_for_events();
                           });
    }

    /// The names of all events that wait.
    std::set<std::string> read_names() {
        std::set<std::string> out;
        alignas(inotify_event) std::array<char, 16 * 1024> buffer{};
        for (;;) {
            const auto count = ::read(events_.native_handle(), buffer.data(), buffer.size());
            if (count <= 0) return out;
            for (std::size_t at = 0; at < static_cast<std::size_t>(count);) {
                inotify_event event{};
                std::memcpy(&event, buffer.data() + at, sizeof event);
                if (event.len > 0) out.insert(buffer.data() + at + sizeof event);
                at += sizeof event + event.len;
            }
        }
    }

    void look(const std::set<std::string>& complete) {
        folder_.look(complete);
        timer_.expires_after(drop_look_every);
        timer_.async_wait([self = shared_from_this()](const boost::system::error_code& cancelled) {
            if (!cancelled) self->look({});
        });
    }

    House& house_;
    DropFolder folder_;
    asio::posix::stream_descriptor events_;
    asio::steady_timer timer_;
};

DropWatch::DropWatch(asio::io_context& io, House& house) : impl_(std::make_shared<Impl>(io, house)) {}

DropWatch::~DropWatch() {
    impl_->stop();
}

void DropWatch::use_settings() {
    impl_->use_settings();
}

const std::optional<DropTrouble>& DropWatch::trouble() const {
    return impl_->trouble();
}

}  // namespace baytime::daemon
