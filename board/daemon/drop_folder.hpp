// The drop folder: order files that another system puts there come into the record by themselves. Writers write a name
// that does not end in .csv and rename it; then the file is whole. What is done lies in done/ or failed/, with a text.
#pragma once

#include "board/daemon/house.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace boost::asio {
class io_context;
}

namespace baytime::daemon {

/// A file that nobody renamed or closed under our eyes is taken once it is this old.
inline constexpr std::chrono::seconds drop_settled{10};
/// Folders on other computers tell nothing of new files, so everything is looked at this often.
inline constexpr std::chrono::minutes drop_look_every{1};
/// Faults written beside a failed file.
inline constexpr std::size_t max_drop_faults = 1000;

/// Files that were read and cannot be put away; while there are so many no others are taken.
inline constexpr std::size_t max_unmoved = 100;

/// Why order files wait in the folder.
struct DropTrouble {
    std::size_t files = 0;  ///< 0: the folder itself cannot be read
    std::string why;        ///< no name of a file: people write plates and phones into them
};

/// The work on the files alone: no timer, no socket.
class DropFolder {
public:
    explicit DropFolder(House& house) : house_(house) {}
    /// Takes every whole file of the configured folder, oldest name first; never throws. `complete`: names that were
    /// just renamed or closed.
    void look(const std::set<std::string>& complete);
    /// Nothing when no file waited longer than it should at the newest look.
    const std::optional<DropTrouble>& trouble() const { return trouble_; }

private:
    /// Read and imported; its text and its new place are still to come.
    struct Unmoved {
        std::string where, result;
        std::uintmax_t bytes = 0;
        std::filesystem::file_time_type written{};
        std::string why{};
    };

    void retry_unmoved();
    void waits(const std::string& why);
    bool is_whole(const std::filesystem::path& file, const std::set<std::string>& complete) const;
    void take(const std::filesystem::path& file);
    void put_away(const std::filesystem::path& file, const char* where, const std::string& result);
    bool try_put_away(const std::filesystem::path& file, Unmoved& unmoved);

    House& house_;
    std::string folder_;  ///< of the newest look
    std::map<std::filesystem::path, Unmoved> unmoved_;
    std::optional<DropTrouble> trouble_;
};

/// Looks when something appears in the folder, and every minute.
class DropWatch {
public:
    DropWatch(boost::asio::io_context& io, House& house);
    ~DropWatch();
    DropWatch(const DropWatch&) = delete;
    DropWatch& operator=(const DropWatch&) = delete;
    /// Begins, or begins anew with another configuration.
    void use_settings();
    const std::optional<DropTrouble>& trouble() const;

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace baytime::daemon
