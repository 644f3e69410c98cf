#!/bin/bash
# A stock Linux guest in a stock QEMU finds a card written in C#, and its own driver uses it. A serial card: beside what the
# guest says stands what the device saw. A display: what the guest draws is shown. Status 0 only if all of it happened.

set -u
cd "$(dirname "$0")" || exit 1

usage() {
    cat <<END
usage: ./demo.sh [mtty|mbochs] [--interactive]

Sets up what is missing, builds, serves a sample and boots a guest with it.

  mtty            a serial card, whose ports the guest's 8250 driver takes (if nothing is named)
  mbochs          a display, on which the guest's bochs driver draws; the picture is left in artifacts/mbochs.png
  --interactive   leave you in the guest's shell: the card's ports are /dev/ttyS1 and /dev/ttyS2, and the
                  display can be looked at in a browser
END
}

sample=mtty interactive=no
while [ $# -gt 0 ]; do
    case $1 in
        mtty | mbochs) sample=$1 ;;
        --interactive) interactive=yes ;;
        --help | -h) usage; exit 0 ;;
        *) echo "demo.sh: unknown option $1; see --help" >&2; exit 2 ;;
    esac
    shift
done

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\e[1m' green=$'\e[32m' red=$'\e[31m' blue=$'\e[34m' dim=$'\e[2m' plain=$'\e[0m'
else
    bold='' green='' red='' blue='' dim='' plain=''
fi

step() { printf '%s\n' "$bold$1$plain"; }
fail() { printf '%s\n' "${red}demo.sh: $1$plain" >&2; exit 1; }

# Runs a command that may take long, showing that it still works; what it prints is shown only if it fails.
quietly() {
    local log=$directory/step.log started=$SECONDS
    "$@" > "$log" 2>&1 &
    local job=$!
    while kill -0 $job 2>/dev/null; do
        sleep 0.5
        [ $((SECONDS - started)) -ge 2 ] || continue
        if [ -t 1 ]; then
            printf '\r  %s s' $((SECONDS - started))
        elif [ $(((SECONDS - started) % 10)) -eq 0 ]; then
            printf '  %s s\n' $((SECONDS - started))
            sleep 0.6
        fi
    done
    [ ! -t 1 ] || printf '\r\e[K'
    wait $job || { cat "$log" >&2; return 1; }
}

card=''
cleanup() {
    [ -z "$card" ] || { kill "$card" 2>/dev/null; wait "$card" 2>/dev/null; }
    rm -rf "$directory"
}
directory=$(mktemp -d /tmp/mdev-demo.XXXXXX) || exit 1
trap cleanup EXIT
trap 'exit 130' INT TERM

command -v dotnet > /dev/null || fail "dotnet is not on PATH; install the .NET 10 SDK"

step "Guest lab"
lab/setup || fail "the guest lab cannot be set up; the line above says what is missing"

# Serves a card and waits until it can be attached.
# start PROGRAM [OPTION]...
start() {
    local program=$1
    shift
    socket=$directory/card.sock
    "artifacts/bin/$program/release/$program" --socket-path "$socket" "$@" > "$directory/ready" 2> "$directory/trace" &
    card=$!
    for _ in $(seq 100); do
        [ ! -s "$directory/ready" ] || break
        kill -0 $card 2>/dev/null || break
        sleep 0.1
    done
    [ -s "$directory/ready" ] || { cat "$directory/trace" >&2; fail "the card did not start"; }
    echo "  $dim$(cat "$directory/ready")$plain"
}

# Ends the card as a service manager does.
end_card() {
    kill $card
    wait $card || fail "the card did not end cleanly"
    card=''
}

build() {
    local project
    step "Build"
    for project in "$@"; do
        quietly dotnet build "$project" --configuration Release --nologo --verbosity quiet || fail "the build failed"
    done
}

show_display() {
    local picture=artifacts/mbochs.png uuid line guest
    build samples/Mbochs src/Mdev.Tool
    export MDEV_RUNTIME_DIR=$directory
    step "The card: samples/Mbochs, type mbochs-medium, with a monitor of 1024x768"
    if [ $interactive = yes ]; then
        start Mbochs --type mbochs-medium --resolution 1024x768 --web 127.0.0.1:0
        step "The page: $(grep -o 'http://[^ ]*' "$directory/trace" | head -n 1)"
        step "The guest: your shell; modprobe bochs, then drm-draw --help"
        lab/boot --socket "$socket"
        exit
    fi
    start Mbochs --type mbochs-medium --resolution 1024x768
    uuid=$(cut -d ' ' -f 2 "$directory/ready")

    step "The guest: Debian's kernel, its own bochs driver"
    echo "  ${dim}booting, a few seconds$plain"
    # The guest leaves its picture on the screen until it gets a line.
    mkfifo "$directory/answers.in" "$directory/answers.out"
    lab/boot --socket "$socket" --script lab/scripts/picture --timeout 120 \
        --qemu-arg -serial --qemu-arg "pipe:$directory/answers" > "$directory/guest" 2> "$directory/qemu" &
    guest=$!
    exec 4<> "$directory/answers.in"
    while kill -0 $guest 2>/dev/null && ! grep -q '^drawn ' "$directory/guest"; do sleep 0.1; done
    tr -d '\r' < "$directory/guest" | grep -E '^(00:|driver |drawn )' | sed 's/^/  /'
    if grep -q '^drawn ' "$directory/guest"; then
        step "The picture, as the host has it"
        rm -f "$picture"
        artifacts/bin/Mdev.Tool/release/dotnet-mdev screenshot "$uuid" "$picture" --show 2> "$directory/tool" ||
            { cat "$directory/tool" >&2; fail "there is no picture"; }
        echo >&4
    fi
    wait $guest || { cat "$directory/guest" "$directory/qemu" >&2; fail "not all of it happened"; }
    end_card
    printf '\n%s\n' "${green}The guest's own driver drew on a display written in C#; the picture is in $picture.$plain"
}

if [ $sample = mbochs ]; then
    show_display
    exit
fi

build samples/Mtty
step "The card: samples/Mtty, type mtty-2"
start Mtty --type mtty-2 --trace

if [ $interactive = yes ]; then
    step "The guest: your shell; the card's ports are /dev/ttyS1 and /dev/ttyS2"
    lab/boot --socket "$socket"
    exit
fi

# What one BAR has seen since a line of the trace, a register access a line, repetitions folded.
seen_since() {
    tail -n "+$(($1 + 1))" "$directory/trace" | grep "^BAR$2" | awk '
        $0 == last { times++; next }
        { flush() ; last = $0; times = 1 }
        END { flush() }
        function flush() { if (last != "") print last (times > 1 ? "  x" times : "") }'
}
trace_length() { wc -l < "$directory/trace"; }

# Two columns: what the guest said, and what the device saw meanwhile.
side_by_side() {
    local left=$1 right=$2 most=24 hidden
    hidden=$(($(wc -l < "$right") - most))
    if [ $hidden -gt 0 ]; then
        { head -n $((most - 4)) "$right"; echo "... $hidden more"; tail -n 4 "$right"; } > "$right.short"
        right=$right.short
    fi
    paste -d '|' "$left" "$right" | while IFS='|' read -r l r; do
        printf '  %-36s%s%s%s\n' "$l" "$blue" "$r" "$plain"
    done
}

step "The guest: Debian's kernel, its own 8250 driver"
echo "  ${dim}booting, a few seconds$plain"
mark=0 said=$directory/said
: > "$said"
lab/boot --socket "$socket" --script lab/scripts/demo --timeout 120 2> "$directory/qemu" |
while IFS= read -r line; do
    line=${line%$'\r'}
    case $line in
        @begin*)
            mark=$(trace_length)
            : > "$said" ;;
        "@end found")
            sed 's/^/  /' "$said" ;;
        @end*)
            # The first port beyond the console's is BAR 0.
            seen_since "$mark" $((${line##* } - 1)) > "$directory/seen" ;;
        @wrote*)
            read -r _ port text <<< "$line"
            printf '\n  %s%-36s%s%s\n' "$bold" "guest, /dev/ttyS$port" "device, registers by name" "$plain"
            echo "wrote      '$text'" > "$said" ;;
        @read*)
            read -r _ port text <<< "$line"
            echo "read back  '$text'" >> "$said" ;;
        @interrupts*)
            read -r _ port before after <<< "$line"
            echo "interrupts $before -> $after" >> "$said"
            side_by_side "$said" "$directory/seen" ;;
        guest-script-status:*) echo "${line#*: }" > "$directory/status" ;;
        '['*']'*) [[ $line == *ttyS*16550A* ]] && echo "${line#*] }" >> "$said" ;;
        *) echo "$line" >> "$said" ;;
    esac
done

echo
if [ "$(cat "$directory/status" 2>/dev/null)" != 0 ]; then
    cat "$directory/qemu" >&2
    fail "not all of it happened; the lines above show what did"
fi
end_card
printf '%s\n' "${green}Both ports were found as 16550A, gave back what was written, and interrupted.$plain"
