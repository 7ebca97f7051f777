#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Shows what the number of rules costs: scans the tree of a repository with all rules that come with
# the program and with ten of them, in turn, and puts the CPU seconds beside each other.
#
# The ten are spread evenly over the list of all, so they are neither the cheap nor the dear ones;
# the others are switched off as a repository would do it. Both runs read every rule file, every
# file of the tree, and nothing from a cache.

# shellcheck source=measure.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/measure.sh"

readonly FEW=10

usage() {
    cat <<'TEXT'
Usage: rules.sh [OPTIONS] REPOSITORY

  -n RUNS          runs of each, of which the median is shown [default: 3]
  --debut BINARY   [default: debut on PATH, or target/release/debut of this checkout]
  -h, --help       this text
TEXT
}

own_option() {
    return 1
}

# write_rules FOLDER: a file that leaves ten rules on.
write_rules() {
    mkdir -p "$1/rules"
    printf '%s\n' "${ids[@]}" | awk -v few="$FEW" -v kept="$work/kept" '
        { id[NR] = $1 }
        END {
            for (i = 0; i < few; i++) keep[int(i * NR / few) + 1] = 1
            for (i = 1; i <= NR; i++)
                if (i in keep) print id[i] >kept
                else printf "[[disable]]\nid = \"%s\"\nreason = \"to measure the others\"\n\n", id[i]
        }' >"$1/rules/few.toml"
}

scan() {
    local name=$1
    measure "$name" '0 1' "$debut" scan --no-cache --checklist "$work/$name/checklist.toml" "$repo"
    [[ -z $(failure "$name") ]] || die "with $name rules: $(failure "$name")"
}

main() {
    local round name
    read_options "$@"
    [[ -n $debut ]] || die "debut is not on PATH and not built (see --debut)"
    need_gnu_time
    private_folder
    mkdir "$work/all" "$work/few"
    mapfile -t ids < <(cd "$work" && "$debut" rules --repository "$repo" | awk '$1 ~ /\// { print $1 }')
    ((${#ids[@]} > FEW)) || die 'the rules cannot be listed'
    write_rules "$work/few"
    for ((round = 1; round <= runs; round++)); do
        for name in all few; do
            progress "round $round of $runs: $name"
            scan "$name"
        done
    done
    progress ''
    printf '%s, median of %s; CPU seconds of a scan of the tree.\n' "$("$debut" --version)" "$runs"
    printf '  %-12s %9.2f\n' "${#ids[@]} rules" "$(median all 1)" "$FEW rules" "$(median few 1)"
    printf '  %-12s %9s\n' 'ratio' "$(ratio "$(median all 1)" "$(median few 1)")"
    printf 'The ten: %s.\n' "$(paste -s -d ' ' "$work/kept")"
}

main "$@"
