// One sign as the configuration describes it, and how it is read.
#pragma once

#include "config/reader.hpp"
#include "display-drivers/signs/driver.hpp"
#include "display-drivers/signs/port.hpp"
#include "display-drivers/signs/template.hpp"

#include <chrono>
#include <string>

namespace baytime::signs {

struct SignTexts {
    Template state{};    ///< a car in the bay, or one row of a list
    Template idle{};     ///< bay free, or list empty
    Template ready{};    ///< the car in the bay is ready
    Template stale{};    ///< the state is not known
    Template neutral{};  ///< the daemon is stopped
};

struct SignSettings {
    std::string name{};
    std::string driver = "alpha";
    PortSettings port{};
    std::string bay{};   ///< bay id, or empty when the sign shows a list
    std::string list{};  ///< `ready` or `open`, or empty when the sign stands over a bay
    Setup setup{};
    SignLanguage language = SignLanguage::en;
    std::chrono::milliseconds min_write{0};  ///< least time between two pages
    std::chrono::seconds refresh{0};         ///< everything is written again so often; 0: as the driver says
    SignTexts text{};
};

/// The same link serves both: they differ at most in texts, brightness and what is shown.
bool same_link(const SignSettings& one, const SignSettings& other);

/// Reads one `[[sign]]`. Faults are left at the table, each with what would be accepted.
SignSettings read_sign(const config::Table& table);

}  // namespace baytime::signs
