# The parts of deploy/demo. Sourced, not run. Uses: seconds speed port language keep. Sets: dir, and the process ids.

complain() {
    echo "deploy/demo: $*" >&2
    exit 2
}
whole_number() { # OPTION VALUE LEAST MOST
    [[ $2 =~ ^[0-9]{1,6}$ ]] && ((10#$2 >= $3 && 10#$2 <= $4)) || complain "$1 wants a whole number from $3 to $4, not '$2'"
    echo "$((10#$2))"
}
one_of() { # OPTION VALUE ACCEPTED...
    local option=$1 value=$2 accepted
    shift 2
    for accepted in "$@"; do [ "$value" = "$accepted" ] && echo "$value" && return; done
    complain "$option wants one of: $*, not '$value'"
}

build_programs() {
    local log=build/demo.log
    mkdir -p build
    if [ ! -f build/demo/build.ninja ]; then
        echo "Building; the first time takes a few minutes."
        cmake -S . -B build/demo -G Ninja -DCMAKE_BUILD_TYPE=Release -DBAYTIME_TESTS=OFF >"$log" 2>&1 || show_failure "$log"
    fi
    ninja -C build/demo >"$log" 2>&1 || show_failure "$log"
    bin=$PWD/build/demo
}
show_failure() {
    tail -n 30 "$1" >&2
    echo "deploy/demo: this did not work; the last lines above say why, all of it is in $1" >&2
    exit 1
}

# One temporary directory holds the journal, signs, pictures and logs. The demo's configuration is config/demo.toml with
# its paths, port and speed put in.
prepare_directory() {
    dir=$(mktemp -d "${TMPDIR:-/tmp}/baytime-demo.XXXXXX")
    mkdir -p "$dir/signs" "$dir/glass"
    cp assets/standard-times.csv "$dir/"
    sed -E -e "s|^port = 7420.*|port = $port|" -e "s|^speed = .*|speed = $speed|" \
        -e "s|\"/var/lib/baytime/|\"$dir/|" -e "s|\"../assets/|\"$dir/|" -e "s|\"pty:[^\"]*/([^/\"]+)\"|\"pty:$dir/signs/\1\"|" \
        config/demo.toml >"$dir/demo.toml"
    # The demo is its own shop: no settings of this user take part.
    unset BAYTIME_TOKEN BAYTIME_HOST BAYTIME_PORT
    pids=()
}

start() { # NAME COMMAND...: in the background, with its output in a log of that name
    local name=$1
    shift
    "$@" >"$dir/$name.log" 2>&1 </dev/null &
    pids+=($!)
    declare -g "pid_$name=$!"
}

# Waits until a condition holds while that process lives; at most 15 s.
until_ready() { # NAME CONDITION...
    local name=$1 pid_name=pid_$1 n
    shift
    for ((n = 0; n < 300; n++)); do
        "$@" && return
        kill -0 "${!pid_name}" 2>/dev/null || break
        sleep 0.05
    done
    show_failure "$dir/$name.log"
}
says() { grep -qaE "$2" "$1" 2>/dev/null; }
# The signs listen once they have told of themselves: what is sent before is heard late, and then pauses look too short.
lines_are_there() {
    for line in $lines; do [ -e "$dir/signs/$line" ] || return 1; done
    [ -s "$dir/signs.json" ]
}

start_signs() {
    lines=$(sed -nE 's|.*"pty:.*/([^/"]+)".*|\1|p' "$dir/demo.toml" | sort -u)
    signs=$(sed -nE '/^\[\[sign\]\]/,/^port/s|^name = "(.*)"|\1|p' "$dir/demo.toml")
    start signs "$bin/display-drivers/signs/baytime-signsim" --config "$dir/demo.toml" --png-dir "$dir/glass" \
        --report "$dir/signs.json"
    until_ready signs lines_are_there
}
start_daemon() {
    start daemon "$bin/board/daemon/baytimed" --config "$dir/demo.toml"
    until_ready daemon says "$dir/daemon.log" '^listening on '
    port=$(sed -nE 's/^listening on .*:([0-9]+)$/\1/p' "$dir/daemon.log" | head -n 1)
}
start_board() {
    local arguments=(--host 127.0.0.1 --port "$port" --language "$language" --png "$dir/board.png" --png-every 3
        --report "$dir/board.json")
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        start board "$bin/display-drivers/lounge/baytime-lounge" "${arguments[@]}" --size 1600x900
    else
        start board env SDL_VIDEODRIVER=dummy "$bin/display-drivers/lounge/baytime-lounge" "${arguments[@]}" --size 1920x1080
    fi
    until_ready board test -s "$dir/board.json"
}
start_workday() {
    start workday "$bin/deploy/workday/baytime-workday" --host 127.0.0.1 --port "$port" --report "$dir/workday.json" --loop
}

print_tour() {
    local screen="in the window"
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || screen="as a picture, fresh every 3 seconds: $dir/board.png"
    cat <<TOUR

A shop day with 12 bays, 5 teams and 60 jobs now runs at $speed times real speed.

  the lounge board   $screen
  the LED signs      $dir/glass/*.png   ($(echo $signs))
  all bays, live     $bin/board/cli/baytime --port $port top
  by command line    $bin/board/cli/baytime --port $port jobs
  by plain TCP       nc 127.0.0.1 $port        then type:   help
                                               or:   jobs   and   start ORDER as=101
  the journal        sqlite3 $dir/journal.db 'select * from event order by seq desc limit 5'
  a power cut        kill -9 $pid_daemon      and look at the board; the daemon comes back after ten seconds
  logs               $dir/*.log

TOUR
}

# Until Ctrl-C. A daemon that ends is started again after ten seconds, as systemd would do: time to look at the board.
play_on() {
    while :; do
        wait -n "$pid_daemon" "$pid_board" "$pid_signs" || true
        for name in board signs; do
            local pid_name=pid_$name
            kill -0 "${!pid_name}" 2>/dev/null || { keep=yes; echo "deploy/demo: $name ended early; its log is in $dir" >&2; exit 1; }
        done
        kill -0 "$pid_daemon" 2>/dev/null && continue
        echo "The daemon has ended; the board now says how old its rows are. It starts again in ten seconds."
        sleep 10
        start_daemon
        echo "The daemon is back."
    done
}
let_it_run() {
    local ended=$((SECONDS + $1))
    while ((SECONDS < ended)); do
        for pid in "$pid_daemon" "$pid_board" "$pid_signs" "$pid_workday"; do
            kill -0 "$pid" 2>/dev/null || { keep=yes; echo "deploy/demo: a part ended early; logs are in $dir" >&2; exit 1; }
        done
        sleep 0.5
    done
}

# Stops the workday, lets board and glass come to rest, and holds them against what the journal file says.
summarise() {
    end_process "$pid_workday"
    local status=0
    "$bin/deploy/workday/baytime-agree" --daemon "$bin/board/daemon/baytimed" --config "$dir/demo.toml" \
        --board "$dir/board.json" --glass "$dir/signs.json" --workday "$dir/workday.json" --within 15 || status=$?
    if [ "$status" -ne 0 ]; then
        keep=yes
        echo "deploy/demo: the parts do not agree; logs are in $dir" >&2
    fi
    exit "$status"
}

end_process() { # PID: asks, then insists after 8 s
    local n
    kill -TERM "$1" 2>/dev/null || return 0
    for ((n = 0; n < 160; n++)); do
        kill -0 "$1" 2>/dev/null || { wait "$1" 2>/dev/null || true; return 0; }
        sleep 0.05
    done
    kill -KILL "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}
finish() {
    trap '' INT TERM
    set +e
    for name in workday board daemon signs; do
        local pid_name=pid_$name
        [ -n "${!pid_name:-}" ] && end_process "${!pid_name}"
    done
    if [ "$keep" = yes ]; then echo "kept: $dir"; else rm -rf "$dir"; fi
}
