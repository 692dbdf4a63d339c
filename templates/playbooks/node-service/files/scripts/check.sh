#!/bin/sh
# Everything that a pull request has to pass, on this machine.
set -eu
cd "$(dirname "$0")/.."
node --test
