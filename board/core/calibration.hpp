// Were our chances right? What was forecast when work began, against what became of it. Pure.
#pragma once

#include "board/core/board.hpp"

#include <array>

namespace baytime {

/// Jobs whose forecast lay in one band of ten percent: 0 to 9, 10 to 19 ... 90 to 100.
struct CalibrationBand {
    int from = 0, to = 0;  ///< percent
    int jobs = 0;
    int forecast = 0;  ///< mean chance, percent
    int kept = 0;      ///< share that kept its promise, percent
    bool operator==(const CalibrationBand&) const = default;
};
BOOST_DESCRIBE_STRUCT(CalibrationBand, (), (from, to, jobs, forecast, kept))

struct Calibration {
    int jobs = 0;
    /// Mean of (chance - outcome) squared, in ten-thousandths: 0 is perfect, 2500 is always saying 50 %.
    int brier = 0;
    int forecast = 0, kept = 0;            ///< over all jobs, percent
    std::vector<CalibrationBand> bands{};  ///< the reliability table, without empty bands
    bool operator==(const Calibration&) const = default;
};
BOOST_DESCRIBE_STRUCT(Calibration, (), (jobs, brier, forecast, kept, bands))

/// Over the jobs that were delivered from `from` until before `to`, have a forecast and had a promise. The outcome is
/// the first time ready against the first promise, because that is what was forecast.
Calibration calibrate(const Board& board, Instant from, Instant to);

}  // namespace baytime
