#!/usr/bin/env bash
# install.sh: gets everything that tests need and a machine may lack: the engines, which are downloaded, and the linter, which is compiled. On a
# machine that has neither they cost three minutes each, so they come side by side; on one that has both this takes a moment.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

"$here/lint.sh" version >/dev/null &
linter=$!
"$here/engines.sh" install
wait "$linter"
