#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Shows how a scan of the history grows with the history: cuts that of HEAD after an eighth, a
# quarter, a half and all of its first-parent commits, and measures debut and `git cat-file` on each.
# Memory that grows as fast as the history, or seconds that grow faster, are faults.

# shellcheck source=measure.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/measure.sh"

readonly PARTS=(8 4 2 1)

usage() {
    cat <<'TEXT'
Usage: growth.sh [OPTIONS] REPOSITORY

  -n RUNS          runs of each, of which the median is shown [default: 3]
  --debut BINARY   [default: debut on PATH, or target/release/debut of this checkout]
  -h, --help       this text
TEXT
}

own_option() {
    return 1
}

# cut_history PART: a bare clone of the oldest 1/PART. Fetching one commit brings what it reaches
# and nothing else, in one pack, as a clone of that time would have had it.
cut_history() {
    local clone=$work/part-$1 commit format
    commit=$(oldest "$1")
    format=$(git -C "$repo" rev-parse --show-object-format)
    git init --quiet --bare --object-format="$format" --initial-branch=main "$clone"
    git -C "$clone" -c fetch.unpackLimit=1 -c protocol.version=2 fetch --quiet --no-tags \
        --no-auto-maintenance "$repo" "$commit:refs/heads/main" 2>"$work/fetch" ||
        die "the history can't be cut$(complaint "$work/fetch")"
}

# oldest PART: the commit at which 1/PART of the first-parent commits have been made.
oldest() {
    git -C "$repo" rev-list --first-parent --reverse HEAD | awk -v part="$1" '
        { commit[NR] = $1 }
        END { at = int(NR / part); if (!at) at = 1; print commit[at] }'
}

run_rounds() {
    local round part clone
    for ((round = 1; round <= runs; round++)); do
        for part in "${PARTS[@]}"; do
            clone=$work/part-$part
            progress "round $round of $runs: 1/$part"
            measure "git-$part" '0' \
                git -C "$clone" cat-file --batch-all-objects --batch --unordered --buffer
            [[ -z $(failure "git-$part") ]] || die "git can't read the cut history"
            [[ -n $(failure "debut-$part") ]] ||
                measure "debut-$part" '0 1' "$debut" scan --history --no-cache "$clone"
        done
    done
    progress ''
}

print_row() {
    local part=$1 objects megabytes git_cpu debut_cpu
    read -r objects _ megabytes < <(count_objects "$work/part-$part")
    git_cpu=$(median "git-$part" 1)
    printf '  %-6s %9d %9.1f %9.2f' "1/$part" "$objects" "$megabytes" "$git_cpu"
    if [[ -n $(failure "debut-$part") ]]; then
        printf ' %s\n' "$(failure "debut-$part")"
        return
    fi
    debut_cpu=$(median "debut-$part" 1)
    printf ' %9.2f %9.0f %9s\n' \
        "$debut_cpu" "$(median "debut-$part" 3)" "$(ratio "$debut_cpu" "$git_cpu")"
}

print_table() {
    local part
    printf '  %-6s %9s %9s %9s %9s %9s %9s\n' \
        'part' 'objects' 'blob MB' 'git CPU s' 'CPU s' 'peak MiB' 'ratio'
    for part in "${PARTS[@]}"; do
        print_row "$part"
    done
}

main() {
    local part
    read_options "$@"
    [[ -n $debut ]] || die "debut is not on PATH and not built (see --debut)"
    need_gnu_time
    private_folder
    for part in "${PARTS[@]}"; do
        progress "cutting 1/$part"
        cut_history "$part"
    done
    progress ''
    printf '%s, median of %s; ratio of CPU seconds to git cat-file.\n' \
        "$("$debut" --version)" "$runs"
    run_rounds
    print_table
}

main "$@"
