// C-Power frames as named fields, for bring-up.
#pragma once

#include "display-drivers/signs/codec.hpp"

namespace baytime::signs::cpower {

extern const Codec codec;

}  // namespace baytime::signs::cpower
