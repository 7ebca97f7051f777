#!/bin/sh
# SPDX-License-Identifier: MIT OR Apache-2.0
# Grows a repository with so many findings, reviews it to its end with keys only, checks every
# verdict, and prints keys, wall seconds, CPU seconds and the most memory after each part.
set -eu
DEBUT_REVIEW_FINDINGS=${1:-10000} exec cargo test --release --locked --test whole_review -- --nocapture
