#!/bin/bash
# Everything that passes or fails. The last line is "N passed, N failed, N skipped"; the status is 0 only if nothing failed.
# With CI=true a missing guest lab is a failure; on a user's machine its tests are skipped and say so.

set -u
cd "$(dirname "$0")" || exit 1

usage() {
    cat <<END
usage: ./test.sh [--no-lab] [--filter EXPRESSION]

Builds and runs all tests, the guest lab's included; sets the lab up if it can.

  --no-lab             do not set up the lab; its tests are skipped if it is not there
  --filter EXPRESSION  only these tests, as 'dotnet test --filter' takes it
END
}

set_up=yes filter=()
while [ $# -gt 0 ]; do
    case $1 in
        --no-lab) set_up=no ;;
        --filter) [ $# -ge 2 ] || { echo "test.sh: --filter needs a value; see --help" >&2; exit 2; }
            filter=(--filter "$2"); shift ;;
        --help | -h) usage; exit 0 ;;
        *) echo "test.sh: unknown option $1; see --help" >&2; exit 2 ;;
    esac
    shift
done

command -v dotnet >/dev/null || { echo "test.sh: dotnet is not on PATH; install the .NET 10 SDK" >&2; exit 1; }

if [ $set_up = yes ]; then
    # Its own line says what is missing; the guest tests then fail under CI and are skipped elsewhere.
    lab/setup || echo "test.sh: no guest lab" >&2
fi

results=$(mktemp -d) || exit 1
trap 'rm -rf "$results"' EXIT

echo "building"
dotnet build Sdk.sln --configuration Release --nologo --verbosity quiet || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

status=0
for project in tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    echo "testing $name"
    dotnet test "$project" --configuration Release --no-build --nologo "${filter[@]}" \
        --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
        --blame-hang-timeout 10min --blame-hang-dump-type none || { status=1; echo "test.sh: $name failed" >&2; }
done

# The counters of each run's report, added up: "total executed passed failed ..." are attributes of one element.
counter() { sed -n "s/.*<Counters .*$1=\"\([0-9]*\)\".*/\1/p" "$results"/*.trx 2>/dev/null | awk '{ n += $1 } END { print n + 0 }'; }
passed=$(counter passed) failed=$(counter failed) total=$(counter total)

# A run that died has reported less than it had; that is a failure however few tests it counted.
[ $status -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "$passed passed, $failed failed, $((total - passed - $(counter failed))) skipped"
[ $status -eq 0 ] && [ "$passed" -gt 0 ]
