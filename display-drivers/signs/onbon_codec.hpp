// Onbon frames as named fields, for bring-up.
#pragma once

#include "display-drivers/signs/codec.hpp"

namespace baytime::signs::onbon {

extern const Codec codec;

}  // namespace baytime::signs::onbon
