#!/usr/bin/env bash
# Takes the tour of README.md as a newcomer would: builds the program, starts a fresh demo as the README says, and pastes its blocks
# (those marked "sh tour") into a shell, on a free port. Every call of the tour must answer with success.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
make -s build

work=$(mktemp -d)
demo=
finish() {
	local status=$?
	if [[ -n $demo ]]; then
		kill "$demo" 2>/dev/null || true
		wait "$demo" 2>/dev/null || true
	fi
	rm -rf "$work"
	exit "$status"
}
trap finish EXIT
cd "$work"

# The program of a free port is the kernel's choice; the log tells which it was.
CORNER_LISTEN=127.0.0.1:0 CORNER_DATA="$work/data" "$root/bin/corner" demo >corner.log 2>&1 &
demo=$!
url=
for _ in $(seq 300); do
	url=$(sed -nE 's|^Corner is running at (http://[0-9.:]+),.*|\1|p' corner.log)
	[[ -z $url ]] || break
	if ! kill -0 "$demo" 2>/dev/null; then
		cat corner.log >&2
		echo "tour: the demo ended before it was ready" >&2
		exit 1
	fi
	sleep 0.1
done
[[ -n $url ]] || { echo "tour: the demo was not ready in 30 s" >&2; exit 1; }

# What the welcome prints must work when pasted, too.
sed -nE 's/^  (curl .*)$/\1/p' corner.log >welcome.sh
[[ $(wc -l <welcome.sh) -ge 5 ]] || { echo "tour: the demo printed no calls to try" >&2; exit 1; }

# --fail turns an answer of 400 and more into a failure of the shell; pipefail carries it out of a pipe.
{
	echo 'set -euo pipefail'
	echo 'curl() { command curl --fail-with-body --max-time 20 "$@" || { echo "tour: failed: curl $*" >&2; return 1; }; }'
	awk '/^```/ { inside = ($0 == "```sh tour"); next } inside' "$root/README.md" | sed "s|http://127.0.0.1:8080|$url|"
	cat <<'CHECK'
echo
for name in OWNER MERCHANT PLACE SERVICE GUEST START HOLD BOOKING CODE VISIT; do
  [[ -n ${!name} ]] || { echo "tour: $name is empty" >&2; exit 1; }
done
count() { grep -o '"hits":\[{"place":{"id":"[^"]*"' | cut -d '"' -f 8; }
for q in 'q=手擀面' 'q=hand rolled' 'q=shouganmian' 'q=lwsgm'; do
  found=$(curl -s "$C/v1/search?lat=31.3110&lng=120.6290&limit=1" -G --data-urlencode "$q" | count)
  [[ $found == "$PLACE" ]] || { echo "tour: $q finds ${found:-nothing}, not $PLACE" >&2; exit 1; }
done
curl -s $C/v1/places/$PLACE/reviews | grep '"verified":true' >/dev/null || { echo "tour: no verified review" >&2; exit 1; }
curl -s $C/v1/places/$PLACE | grep '"rating":{"average":5,"count":1}' >/dev/null || { echo "tour: the rating did not move" >&2; exit 1; }
curl -s $C/docs | grep '<html' >/dev/null || { echo "tour: no reference page" >&2; exit 1; }
source welcome.sh >/dev/null
CHECK
} >tour.sh
bash tour.sh >tour.out || { cat tour.out >&2; echo "tour: it does not work as README.md says" >&2; tail -n 20 corner.log >&2; exit 1; }
echo "the tour works as README.md says: $(grep -c curl tour.sh) calls"
