// Who is at the other end of one conversation, and what that allows. Knows no lines and no socket.
#pragma once

#include "board/daemon/house.hpp"

#include <optional>
#include <string>
#include <variant>

namespace baytime::daemon {

/// Where a connection comes from.
struct Peer {
    std::string address;  ///< without port
    bool loopback = false;
    bool encrypted = false;
};

/// The last that a connection hears when it is no longer welcome.
Refused token_revoked();

class Caller {
public:
    Caller(House& house, Peer peer) : house_(house), peer_(std::move(peer)) {}

    /// The `hello` verb: sets device and person, all or nothing.
    Outcome hello(const protocol::Query& query);
    /// Nothing when this verb may be called here.
    std::optional<Refused> may_call(const protocol::Verb& verb, const protocol::Query* query) const;
    bool may_watch(const std::string& view) const;
    /// The person a command is given by.
    std::variant<std::string, Refused> person_of(const protocol::Call& call);
    /// The person of this badge, `T101` or `101`.
    std::variant<std::string, Refused> badge(const std::string& text) const;
    /// True with a full token, and in an open shop.
    bool has_full_access() const { return kind() == DeviceKind::full; }
    /// It has shown who it is, or the shop is open to it.
    bool known() const { return kind().has_value(); }
    const Peer& peer() const { return peer_; }
    /// The device that has said hello here, or none.
    const std::optional<Device>& device() const { return device_; }
    /// The person who said hello here, or empty.
    const std::string& person() const { return person_; }
    /// The bay this station stands at, or empty.
    std::string station_bay() const;
    /// False when the configuration no longer knows the token, or no longer lets strangers in. Cheap: may be asked
    /// before each request.
    bool still_welcome() const;
    /// Who asks, as waits and turns count it: the device, or the address.
    std::string asker() const { return asker(device_); }

private:
    /// Nothing: has shown no token and the shop is not open to it.
    std::optional<DeviceKind> kind() const;
    bool open_to_me() const { return house_.settings->open && peer_.loopback; }
    /// The shop is open, and this device (if any) has shown no token either.
    bool trusted(const std::optional<Device>& device) const;
    /// A badge without a PIN: good enough at a station and in an open shop only.
    std::variant<std::string, Refused> bare_badge(const std::string& text, const std::optional<Device>& device) const;
    std::variant<std::string, Refused> staff(const std::string& id, const std::string& pin,
                                             const std::optional<Device>& device);
    std::variant<std::optional<Device>, Refused> device_of(const protocol::Query& query);
    std::variant<std::string, Refused> named(const protocol::Query& query, const std::optional<Device>& device);
    std::string asker(const std::optional<Device>& device) const;
    /// Says it in the log as well.
    Refused refused(const IdentityFault& fault, const std::string& asker);

    House& house_;
    Peer peer_;
    std::optional<Device> device_;
    bool without_token_ = false;  ///< the device was picked in an open shop
    bool used_open_ = false;      ///< something was allowed only because the shop is open
    std::string person_;
    std::string lang_;
    mutable std::shared_ptr<const Settings> welcome_by_;  ///< those that were looked at last and let it in
};

}  // namespace baytime::daemon
