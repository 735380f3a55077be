#!/usr/bin/env bash
# What do blends, tables, pairs and conversions cost beside the gathered JSON answer of 3 providers x 30 quotes? One server on one
# core, wrk on the other; processor time of the server per request, medians of interleaved rounds. About two minutes.
#   bench/http/tables.sh [rounds]        writes the table to standard output
set -euo pipefail
cd "$(dirname "$0")"
rounds=${1:-5}
seconds=1
connections=64

for tool in wrk curl taskset cc; do
  command -v "$tool" >/dev/null || { echo "bench/http needs $tool, which is not on PATH" >&2; exit 1; }
done
[ "$(nproc)" -ge 2 ] || { echo "bench/http needs two cores: one for the server, one for wrk" >&2; exit 1; }

dotnet build -c Release -nologo -v q >&2
bench=$(dotnet msbuild -getProperty:TargetPath -p:Configuration=Release)
work=$(mktemp -d)
server=
finish() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

# wrk is kept awake, as run.sh explains.
cc -O2 -shared -fPIC -o "$work/awake.so" awake.c -ldl

port=$((20000 + (RANDOM + $$) % 20000))
mkdir "$work/data"
taskset -c 0 dotnet "$bench" api $port "$work/data" & server=$!
for _ in $(seq 100); do curl -sf -o /dev/null "http://127.0.0.1:$port/health/ready" && break; sleep 0.1; done

thirty=USD,GBP,JPY,CHF,CAD,AUD,CNY,SEK,NOK,DKK,PLN,CZK,HUF,RON,BGN,TRY,ILS,INR,IDR,KRW,MXN,MYR,NZD,PHP,SGD,THB,ZAR,BRL,HKD,ISK
three=p07,p21,p42
names=("JSON, gathered" "CSV, gathered" "NDJSON, gathered" "XML, gathered" "median, made" "consensus, made"
  "median, repeated" "consensus, repeated" "pair, repeated" "convert, repeated")
declare -A path=(
  ["JSON, gathered"]="" ["CSV, gathered"]="&format=csv" ["NDJSON, gathered"]="&format=ndjson" ["XML, gathered"]="&format=xml"
  ["median, made"]="&select=median" ["consensus, made"]="&select=consensus"
  ["median, repeated"]="/v1/rates?quotes=$thirty&providers=$three&select=median"
  ["consensus, repeated"]="/v1/rates?quotes=$thirty&providers=$three&select=consensus"
  ["pair, repeated"]="/v1/rates/EUR/USD?providers=$three"
  ["convert, repeated"]="/v1/convert?from=EUR&to=USD&amount=100&providers=$three"
)

ticks=$(getconf CLK_TCK)
cpu() { awk '{print $14 + $15}' "/proc/$server/stat"; }
load() { # name
  local before after text
  before=$(cpu)
  local address=("http://127.0.0.1:$port${path[$1]}")
  [[ ${path[$1]} == /* ]] || address=(-s gathered.lua "http://127.0.0.1:$port" -- "${path[$1]}")
  text=$(LD_PRELOAD="$work/awake.so" taskset -c 1 wrk -t1 -c$connections -d${seconds}s "${address[@]}")
  after=$(cpu)
  grep -q 'Non-2xx' <<<"$text" && { echo "$1 was refused" >&2; exit 1; }
  awk -v cpu=$((after - before)) -v ticks="$ticks" '/requests in/ {printf "%.2f\n", cpu / ticks * 1e6 / $1}' <<<"$text" >> "$work/$1"
}

for name in "${names[@]}" "${names[@]}"; do load "$name"; done
rm "$work"/*", "*
for _ in $(seq "$rounds"); do
  for name in "${names[@]}"; do load "$name"; done
done

# After the rounds, so that what the compiler does at the first requests is not measured; each base is asked for the first time.
# The providers are named one by one, because the made-up ones take part in no blend by themselves.
all=$(seq -s, -f 'p%02.0f' 0 59)
first=()
for base in CHF SEK NOK DKK PLN CZK HUF ILS INR; do
  first+=("$(curl -sf -o /dev/null -w '%{time_starttransfer}\n' \
    "http://127.0.0.1:$port/v1/rates?base=$base&quotes=$thirty&select=consensus&providers=$all")")
done

middle_of() { sort -n | awk '{v[NR] = $1} END {print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2}'; }
one=$(middle_of < "$work/JSON, gathered")
echo "$(date -u +%F), $(nproc) cores, $(uname -sr), .NET $(dotnet --version), $rounds rounds of ${seconds} s, $connections connections"
echo
echo "| 3 providers x 30 quotes | CPU µs | of JSON, gathered |"
echo "|---|---|---|"
for name in "${names[@]}"; do
  middle_of < "$work/$name" | awk -v n="$name" -v one="$one" '{printf "| %s | %.1f | %.2f |\n", n, $1, $1 / one}'
done
echo
printf '%s\n' "${first[@]}" | middle_of \
  | awk '{printf "Consensus of all 60 x 30, first time: %.1f ms to the first byte (median of nine bases)\n", $1 * 1000}'
