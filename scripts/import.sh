#!/bin/sh
# Makes imports/*.ts from imports/crds/*.yaml, offline. `scripts/import.sh FOLDER` writes them there instead.
set -eu
cd "$(dirname "$0")/.."
for crds in imports/crds/*.yaml; do
  node_modules/.bin/cdk8s import --no-save --check-upgrade=false --language typescript --output "${1:-imports}" "$crds"
done
