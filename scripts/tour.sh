#!/usr/bin/env bash
# Takes the tour of README.md as a newcomer would: builds the program, starts a fresh demo as the README says, and pastes its blocks
# (those marked "sh tour") into a shell, on a free port, and then those of docs/operations.md and docs/api/README.md. Every call must
# answer with success; those of a block marked "sh tour 409" must be refused with that status.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
# shellcheck source=scripts/demo.sh
source scripts/demo.sh
start_demo

# The shopfronts are painted while one reads.
for _ in $(seq 600); do
	! grep -a "painted the town's shopfronts" corner.log >/dev/null || break
	sleep 0.1
done

# What the welcome prints must work when pasted, too: its calls, and the registration, once it is told the code.
sed -nE 's/^  (curl .*)$/\1/p' corner.log >calls.sh
[[ $(wc -l <calls.sh) -ge 10 ]] || { echo "tour: the demo printed no calls to try" >&2; exit 1; }
sed -n '/^  {$/,/^  }$/p' corner.log >five.sh
# --fail-with-body turns an answer of 400 and more into a failure of the shell; pipefail carries it out of a pipe.
cat >curl.sh <<'CURL'
set -euo pipefail
refused=
curl() {
  if [[ -n $refused ]]; then
    local answer
    answer=$(command curl --max-time 20 -w '\n%{http_code}' "$@")
    [[ ${answer##*$'\n'} == "$refused" ]] || { echo "tour: not answered $refused, but $answer: curl $*" >&2; return 1; }
    echo "$answer"
    return
  fi
  command curl --fail-with-body --max-time 20 "$@" || { echo "tour: failed: curl $*" >&2; return 1; }
}
CURL
blocks() {
	awk '/^```/ { inside = ($0 ~ /^```sh tour( [0-9]+)?$/); print "refused=" (inside ? $3 : ""); next } inside' "$1" | sed "s|http://127.0.0.1:8080|$url|"
}
{
	cat curl.sh
	blocks "$root/README.md"
	cat <<'CHECK'
echo
for name in OWNER MERCHANT PLACE SERVICE PHOTO COUNTER INVITATION GUEST START HOLD BOOKING CODE VISIT; do
  [[ -n ${!name} ]] || { echo "tour: $name is empty" >&2; exit 1; }
done
count() { grep -o '"hits":\[{"place":{"id":"[^"]*"' | cut -d '"' -f 8; }
for q in 'q=手擀面' 'q=hand rolled' 'q=shouganmian' 'q=lwsgm'; do
  found=$(curl -s "$C/v1/search?lat=31.3110&lng=120.6290&limit=1" -G --data-urlencode "$q" | count)
  [[ $found == "$PLACE" ]] || { echo "tour: $q finds ${found:-nothing}, not $PLACE" >&2; exit 1; }
done
curl -s $C/v1/places/$PLACE/reviews | grep '"verified":true' >/dev/null || { echo "tour: no verified review" >&2; exit 1; }
curl -s $C/v1/places/$PLACE | grep '"rating":{"average":5,"count":1}' >/dev/null || { echo "tour: the rating did not move" >&2; exit 1; }
curl -s $C/v1/photos/$PHOTO/thumb -o thumb.jpg
cmp -n 3 thumb.jpg <(printf '\xff\xd8\xff') || { echo "tour: the photo is no JPEG" >&2; exit 1; }
curl -s "$C/v1/suggestions?lat=31.3110&lng=120.6290&q=laowangsh" | grep "\"$PLACE\"" >/dev/null || { echo "tour: the place is not suggested" >&2; exit 1; }
curl -s "$C/v1/map?bbox=120.62,31.30,120.64,31.32&zoom=15&category=noodles" | grep '"cluster":true' >/dev/null || { echo "tour: no clusters" >&2; exit 1; }
curl -s $C/v1/places/$PLACE -H 'Accept: application/ld+json' | grep '"@type":"Restaurant"' >/dev/null || { echo "tour: no JSON-LD" >&2; exit 1; }
# What another process imported is found within seconds.
for q in djt 'garden well'; do
  for _ in $(seq 100); do
    curl -s "$C/v1/search?lat=31.3115&lng=120.6290&limit=1" -G --data-urlencode "q=$q" | grep -E '豆浆摊|井边小园' >/dev/null && continue 2
    sleep 0.1
  done
  echo "tour: what was imported is not found by $q" >&2
  exit 1
done
curl -s $C/docs | grep '<html' >/dev/null || { echo "tour: no reference page" >&2; exit 1; }
source calls.sh >/dev/null
CHECK
	blocks "$root/docs/api/README.md"
	blocks "$root/docs/operations.md"
} >tour.sh
bash tour.sh >tour.out || { cat tour.out >&2; echo "tour: it does not work as README.md says" >&2; tail -n 20 corner.log >&2; exit 1; }

code_for +8613700137000 | bash <(cat curl.sh five.sh) >five.out || { cat five.out >&2; echo "tour: the welcome's registration does not work" >&2; exit 1; }
grep '"state":"published"' five.out >/dev/null || { cat five.out >&2; echo "tour: the welcome's registration published nothing" >&2; exit 1; }
echo "the tour works as README.md says: $(cat tour.sh five.sh | grep -c curl) calls"
