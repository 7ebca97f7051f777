#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Compares debut with other scanners, and with programs that only read, on a repository of yours.
# It installs nothing: a tool that isn't on PATH is left out, and that is said. The packages of some
# tools put a launcher written in Python on PATH; its start counts in, so put the program that
# it starts on PATH instead.
#
# Read the CPU seconds: on a machine with other work they hold, wall seconds don't. Every tool has
# its default rules, reads what it takes for the whole history, and validates nothing online.

# shellcheck source=measure.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/measure.sh"

usage() {
    cat <<'TEXT'
Usage: compare.sh [OPTIONS] REPOSITORY

  -n RUNS          runs of each tool, of which the median is shown [default: 3]
  --history-only   only the full history
  --tree-only      only the files of HEAD
  --debut BINARY   [default: debut on PATH, or target/release/debut of this checkout]
  -h, --help       this text
TEXT
}

with_history=yes with_tree=yes

own_option() {
    case $1 in
    --history-only) with_tree='' ;;
    --tree-only) with_history='' ;;
    *) return 1 ;;
    esac
}

# describe ROW: sets `label`, `tool` (what must be there), `command` and `fine`, the exit codes
# that mean the work was done. Where a tool lets us choose, "found something" has a code of its own,
# so that a scan broken off half-way isn't taken for a fast one.
describe() {
    fine='0'
    case $1 in
    history-git)
        label='git cat-file, all objects' tool=git
        command=(git -C "$repo" cat-file --batch-all-objects --batch --unordered --buffer)
        ;;
    history-debut)
        label='debut, no cache' tool=$debut fine='0 1'
        command=("$debut" scan --history --no-cache "$repo")
        ;;
    history-debut-again)
        label='debut, second run' tool=$debut fine='0 1'
        command=("$debut" scan --history "$repo")
        ;;
    history-betterleaks)
        label='betterleaks' tool=betterleaks fine='0 77'
        command=(betterleaks git --no-banner --exit-code=77 "$repo")
        ;;
    history-kingfisher)
        label='kingfisher' tool=kingfisher fine='0 200'
        command=(kingfisher scan --no-validate --no-update-check --git-history full "$repo")
        ;;
    history-kingfisher-turbo)
        label='kingfisher --turbo' tool=kingfisher fine='0 200'
        command=(kingfisher scan --turbo --no-validate --no-update-check --git-history full "$repo")
        ;;
    tree-rg)
        # The code 1 means that no line matched, as it should be.
        label='rg -c zzzzqqq' tool=rg fine='0 1'
        command=(rg -c zzzzqqq "$tree")
        ;;
    tree-debut)
        label='debut, no cache' tool=$debut fine='0 1'
        command=("$debut" scan --no-cache "$repo")
        ;;
    tree-betterleaks)
        label='betterleaks' tool=betterleaks fine='0 77'
        command=(betterleaks filesystem --no-banner --exit-code=77 "$tree")
        ;;
    tree-kingfisher)
        label='kingfisher' tool=kingfisher fine='0 200'
        command=(kingfisher scan --no-validate --no-update-check "$tree")
        ;;
    tree-ripsecrets)
        label='ripsecrets' tool=ripsecrets fine='0 1'
        command=(ripsecrets "$tree")
        ;;
    esac
}

is_there() {
    describe "$1"
    [[ -n $tool ]] && type -P "$tool" >/dev/null
}

run_once() {
    describe "$1"
    progress "round $2 of $runs: $label"
    measure "$1" "$fine" "${command[@]}"
}

# One round of all tools, then the next: what else the machine does then hits all alike.
run_rounds() {
    local round row
    for ((round = 1; round <= runs; round++)); do
        for row; do
            # What failed once isn't given more time.
            [[ -n $(failure "$row") ]] || run_once "$row" "$round"
        done
    done
    progress ''
}

# Its rules are compiled once for a user, not once for a repository.
warm_up_kingfisher() {
    type -P kingfisher >/dev/null || return 0
    mkdir "$work/empty"
    kingfisher scan --no-validate --no-update-check "$work/empty" >/dev/null 2>&1 || true
    kingfisher scan --turbo --no-validate --no-update-check "$work/empty" >/dev/null 2>&1 || true
}

# Fills the cache for the row "second run". Its failure shows in that row.
warm_up_debut() {
    is_there history-debut-again || return 0
    progress 'filling the cache of debut'
    "${command[@]}" >/dev/null 2>&1 </dev/null || true
}

print_row() {
    local cpu
    describe "$1"
    printf '  %-26s' "$label"
    if ! is_there "$1"; then
        printf ' not on PATH, left out\n'
    elif [[ -n $(failure "$1") ]]; then
        printf ' %s\n' "$(failure "$1")"
    else
        cpu=$(median "$1" 1)
        printf ' %9.2f %9.2f %9.0f %8s\n' \
            "$cpu" "$(median "$1" 2)" "$(median "$1" 3)" "$(ratio "$cpu" "$base")"
    fi
}

# table TITLE ROW...: the ratio is that of CPU seconds to the first row.
table() {
    local title=$1 row base=0
    shift
    if is_there "$1" && [[ -z $(failure "$1") ]]; then
        base=$(median "$1" 1)
    fi
    printf '\n%s\n  %-26s %9s %9s %9s %8s\n' "$title" '' 'CPU s' 'wall s' 'peak MiB' 'ratio'
    for row; do
        print_row "$row"
    done
}

measure_rows() {
    local row present=()
    for row; do
        if is_there "$row"; then
            present+=("$row")
        fi
    done
    run_rounds "${present[@]}"
}

# Scanners that read patches stop at the first object that isn't there.
warn_of_holes() {
    local holes
    holes=$(git -C "$repo" rev-list --objects --no-object-names --missing=print --all |
        grep -c '^?') || true
    [[ $holes == 0 ]] ||
        printf 'Note: %s objects are missing; what reads the rest can not be compared.\n' "$holes"
}

compare_history() {
    local rows=(history-git history-debut history-debut-again history-betterleaks
        history-kingfisher history-kingfisher-turbo)
    local blobs megabytes
    read -r _ blobs megabytes < <(count_objects "$repo")
    warn_of_holes
    warm_up_debut
    measure_rows "${rows[@]}"
    table "Full history: $blobs blobs, $megabytes MB" "${rows[@]}"
}

# Most tools need files. The export is no repository, so nothing looks for a history there.
export_tree() {
    tree=$work/tree
    mkdir "$tree"
    git -C "$repo" archive --format=tar HEAD | tar -x -C "$tree" ||
        die "the files of HEAD can't be exported"
}

compare_tree() {
    local rows=(tree-rg tree-debut tree-betterleaks tree-kingfisher tree-ripsecrets)
    local files megabytes tracked
    export_tree
    read -r files megabytes < <(find "$tree" -type f -printf '%s\n' |
        awk '{ bytes += $1 } END { printf "%d %.1f\n", NR, bytes / 1e6 }')
    # Submodules and symbolic links aren't files; what else is missing, attributes hold back.
    tracked=$(git -C "$repo" ls-tree -r --full-tree HEAD | grep -c '^100') || true
    [[ $files == "$tracked" ]] ||
        printf 'Note: debut reads %s files, the others %s (export-ignore).\n' "$tracked" "$files"
    measure_rows "${rows[@]}"
    table "Files of HEAD: $files files, $megabytes MB" "${rows[@]}"
}

print_versions() {
    local name
    for name in git "$debut" betterleaks kingfisher rg ripsecrets; do
        if [[ -z $name ]] || ! type -P "$name" >/dev/null; then
            continue
        fi
        # Not `head`: it closes the pipe on tools that go on writing.
        printf '%s: %s\n' "${name##*/}" "$("$name" --version 2>/dev/null | sed -n 1p)"
    done
}

main() {
    read_options "$@"
    [[ -n $with_history$with_tree ]] || die "--history-only and --tree-only leave nothing to do"
    need_gnu_time
    private_folder
    tree=''
    print_versions
    printf 'Median of %s, interleaved; ratios of CPU seconds to the first row.\n' "$runs"
    warm_up_kingfisher
    if [[ -n $with_history ]]; then
        compare_history
    fi
    if [[ -n $with_tree ]]; then
        compare_tree
    fi
}

main "$@"
