# shellcheck shell=bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# What compare.sh, growth.sh and rules.sh share; sourced, not run.

set -euo pipefail

# One decimal point everywhere, and a partial clone must not reach for the network.
export LC_ALL=C GIT_NO_LAZY_FETCH=1

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 2
}

# read_options ARGUMENT...: sets `runs`, `debut` (empty if there is none) and `repo`. The script
# that sources this has `usage`, and `own_option`, which fails for what it doesn't know.
read_options() {
    local given_debut='' path=''
    runs=3
    while (($#)); do
        case $1 in
        -n | --debut)
            (($# > 1)) || die "$1 needs a value"
            if [[ $1 == -n ]]; then runs=$2; else given_debut=$2; fi
            shift
            ;;
        -h | --help)
            usage
            exit
            ;;
        -*) own_option "$1" || die "unknown option $1 (see --help)" ;;
        *)
            [[ -z $path ]] || die "one repository at a time"
            path=$1
            ;;
        esac
        shift
    done
    [[ -n $path ]] || die "which repository? (see --help)"
    need_runs "$runs"
    debut=$(debut_binary "$given_debut")
    repo=$(repository "$path")
}

# Caches and state live in a folder that goes away: a first run has to be one. What a tool keeps for
# itself otherwise (compiled rules, say) is neither used nor touched.
private_folder() {
    work=$(mktemp -d "${TMPDIR:-/tmp}/debut-bench.XXXXXXXX")
    trap 'rm -rf -- "$work"' EXIT
    # Without these the shell would end by the signal and leave the folder behind.
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    export XDG_CACHE_HOME=$work/cache XDG_STATE_HOME=$work/state
    mkdir -p "$XDG_CACHE_HOME" "$XDG_STATE_HOME" "$work/runs"
}

# The shell's own `time` doesn't know the peak of memory.
need_gnu_time() {
    local candidate
    for candidate in gtime time; do
        gnu_time=$(type -P "$candidate") || continue
        "$gnu_time" --version 2>&1 | grep -q GNU && return
    done
    die "GNU time is needed (the package is called time, or gnu-time)"
}

# debut_binary [GIVEN]: the given one, the one on PATH, or the one built beside this script.
debut_binary() {
    local given=${1-} built
    built=$(dirname -- "${BASH_SOURCE[0]}")/../target/release/debut
    if [[ -n $given ]]; then
        # A bare name would be looked for on PATH.
        [[ -x $given && ! -d $given ]] || die "$given can't be run"
        realpath -- "$given"
    elif type -P debut; then
        :
    elif [[ -x $built ]]; then
        realpath -- "$built"
    fi
}

need_runs() {
    [[ $1 =~ ^[1-9][0-9]*$ ]] || die "the number of runs must be 1 or more, not '$1'"
}

# repository PATH: the folder that every tool is given, also when PATH is a folder inside.
repository() {
    [[ -d $1 ]] || die "$1 is not a folder"
    git -C "$1" rev-parse --show-toplevel 2>/dev/null ||
        git -C "$1" rev-parse --absolute-git-dir 2>/dev/null ||
        die "$1 is not a Git repository"
}

# blobs REPOSITORY: "objects blobs megabytes-of-blobs".
count_objects() {
    git -C "$1" cat-file --batch-all-objects --unordered --buffer \
        --batch-check='%(objecttype) %(objectsize)' |
        awk '$1 == "blob" { n++; bytes += $2 }
             END { printf "%d %d %.1f\n", NR, n, bytes / 1e6 }'
}

# measure NAME FINE COMMAND...: runs the command once and keeps its figures under NAME. FINE holds
# the exit codes, separated by spaces, that mean the work was done.
#
# The peak is that of the largest process, not the sum of all: a tool that starts `git log` is
# charged for the larger of the two. CPU seconds are those of all of them.
measure() {
    local runs=$work/runs/$1 fine=" $2 " code=0
    shift 2
    # What is found is thrown away: it may hold secrets. Errors are kept for the reader of a failure.
    "$gnu_time" -o "$work/time" -f '%U %S %e %M' -- "$@" >/dev/null 2>"$runs.stderr" </dev/null ||
        code=$?
    if [[ $fine == *" $code "* ]]; then
        # Above the figures, GNU time writes a line about an exit code that isn't 0.
        tail -n 1 "$work/time" | awk '{ print $1 + $2, $3, $4 / 1024 }' >>"$runs"
    else
        printf '%s\n' "$code" >"$runs.failed"
    fi
}

# failure NAME: why there are no figures, or nothing.
failure() {
    local runs=$work/runs/$1
    [[ -e $runs.failed ]] || return 0
    printf 'failed: exit %s%s' "$(<"$runs.failed")" "$(complaint "$runs.stderr")"
}

# complaint FILE: the first line that sounds like an error, in brackets. It may hold anything, so
# only what is printable is kept, and little of it.
complaint() {
    sed $'s/\e\\[[0-9;]*m//g' "$1" | awk '
        tolower($0) ~ /error|fatal|err / { print; exit }' |
        tr -cd '[:print:]' | cut -c 1-100 | sed 's/ *$//; s/..*/ (&)/'
}

# median NAME COLUMN: 1 CPU seconds, 2 wall seconds, 3 peak MiB.
median() {
    cut -d ' ' -f "$2" "$work/runs/$1" | sort -g | awk '
        { value[NR] = $1 }
        END {
            middle = int((NR + 1) / 2)
            print NR % 2 ? value[middle] : (value[middle] + value[middle + 1]) / 2
        }'
}

# ratio A B: A / B, where the clock ticked at all.
ratio() {
    awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else printf "-" }'
}

progress() {
    # Only for someone who watches: a report in a file stays clean.
    [[ ! -t 2 ]] || printf '\r\033[K%s' "$*" >&2
}
