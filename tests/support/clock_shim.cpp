// Preloaded by a test: moves the computer's clock of one program. The file named by BAYTIME_CLOCK holds the distance
// from the real time in seconds, and 1 when a time server is to be seen steering it.
#include <dlfcn.h>
#include <sys/timex.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace {

struct Moved {
    long seconds = 0;
    int synchronised = 0;
};

Moved moved() {
    Moved out;
    const char* path = std::getenv("BAYTIME_CLOCK");
    std::FILE* file = path == nullptr ? nullptr : std::fopen(path, "r");
    if (file == nullptr) return out;
    if (std::fscanf(file, "%ld %d", &out.seconds, &out.synchronised) < 1) out = {};
    std::fclose(file);
    return out;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t which, timespec* out) noexcept {
    static const auto next = reinterpret_cast<int (*)(clockid_t, timespec*)>(::dlsym(RTLD_NEXT, "clock_gettime"));
    const int said = next(which, out);
    if (said == 0 && which == CLOCK_REALTIME) out->tv_sec += moved().seconds;
    return said;
}

int ntp_adjtime(timex* state) noexcept {
    const bool steered = moved().synchronised != 0;
    *state = {};
    state->status = steered ? 0 : STA_UNSYNC;
    return steered ? TIME_OK : TIME_ERROR;
}

}  // extern "C"
