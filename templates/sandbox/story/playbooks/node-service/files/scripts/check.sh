#!/bin/sh
# Everything that has to be right before a change is merged.
set -eu
npm test
