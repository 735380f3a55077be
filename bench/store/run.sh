#!/usr/bin/env bash
# What the store and the Api over it cost: the time until a publish is visible, processor time of history, 12 million stored figures and
# their export, and start and memory of an Api with 100 providers. Each with a limit measured in the same run, or with its size.
# A redis-server of its own on a free port, files in a folder of its own; loopback only; about eight minutes.
#   bench/store/run.sh        writes the table to standard output
set -euo pipefail
cd "$(dirname "$0")"
for tool in redis-server redis-cli curl wrk awk; do
  command -v "$tool" >/dev/null || { echo "bench/store needs $tool, which is not on PATH" >&2; exit 1; }
done

dotnet build -c Release -nologo -v q >&2
bench=$(dotnet msbuild -getProperty:TargetPath -p:Configuration=Release)
work=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

# Both as they are deployed: published, which compiles them ahead for this machine.
dotnet publish -c Release -nologo -v q ../../Api -o "$work/api" >&2
dotnet publish -c Release -nologo -v q ../http -o "$work/http" >&2
api="$work/api/Rates.Api.dll"; http="$work/http/Rates.Http.Bench.dll"

redis=$((15000 + RANDOM % 10000)); port=$((redis + 1)); bare=$((redis + 2))
redis-server --port $redis --bind 127.0.0.1 --dir "$work" --save '' --maxmemory-policy noeviction > "$work/redis.log" & pids+=($!)
until redis-cli -p $redis ping >/dev/null 2>&1; do sleep 0.1; done
ticks=$(getconf CLK_TCK)
cpu() { awk -v t="$ticks" '{printf "%.0f", ($14 + $15) * 1000 / t}' "/proc/$1/stat"; }   # ms of processor time so far
resident() { awk '/VmRSS/ {printf "%d", $2 / 1024}' "/proc/$1/status"; }                  # MB
used() { redis-cli -p $redis info memory | awk -F: '/^used_memory:/ {printf "%d", $2}'; }
now() { local micros=${EPOCHREALTIME/./}; echo $((micros / 1000)); }
# Waits until the port answers, and prints the milliseconds since the instant in the third argument. The shell itself looks at the port:
# a program that is started each 10 ms would take a third of a processor from what is measured.
mkfifo "$work/nothing"; exec 9<>"$work/nothing"
answered() { # port path instant
  until { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null; do read -rt 0.002 -u 9 || true; done
  exec 3>&-
  until curl -sf -o /dev/null "http://127.0.0.1:$1$2"; do read -rt 0.002 -u 9 || true; done
  echo $(($(now) - $3))
}
start_api() {
  Rates__Redis=127.0.0.1:$redis Rates__DataFolder="$work/$1" Logging__LogLevel__Default=None ASPNETCORE_URLS=http://127.0.0.1:$port \
    dotnet "$api" > "$work/api.log" 2>&1 & pids+=($!); api_pid=$!
}

version=$(redis-server --version | sed 's/.* v=\([^ ]*\).*/\1/')
echo "$(date -u +%F), $(nproc) cores, $(uname -sr), .NET $(dotnet --version), Redis $version"
echo
echo "| what | Api | measured beside it |"
echo "|---|---|---|"
dotnet "$bench" visible 127.0.0.1:$redis 1000

# Start and memory, with 100 providers.
redis-cli -p $redis flushall >/dev/null
dotnet "$bench" sheets 127.0.0.1:$redis 100
mkdir "$work/bodies"; echo '{}' > "$work/bodies/rates"
starts=9
for try in $(seq $starts); do
  t=$(now); start_api "start$try"; answered $port "/v1/rates?base=EUR&quotes=USD&providers=p000" "$t" >> "$work/api-start"
  cpu "$api_pid" >> "$work/api-cpu"; echo >> "$work/api-cpu"
  if [ "$try" = $starts ]; then
    for load in 1 2 3; do
      wrk -t1 -c16 -d2s "http://127.0.0.1:$port/v1/rates?base=EUR&providers=all" >/dev/null
      wrk -t1 -c16 -d2s "http://127.0.0.1:$port/v1/rates?base=USD&quotes=EUR,GBP,JPY&select=median" >/dev/null
    done
    resident "$api_pid" > "$work/memory"
  fi
  kill "$api_pid"; wait "$api_pid" 2>/dev/null || true
  t=$(now); dotnet "$http" bare $bare "$work/bodies" & bare_pid=$!; pids+=($bare_pid)
  answered $bare /rates "$t" >> "$work/bare-start"
  cpu "$bare_pid" >> "$work/bare-cpu"; echo >> "$work/bare-cpu"
  kill "$bare_pid"; wait "$bare_pid" 2>/dev/null || true
done
middle_of() { sort -n "$1" | sed -n "$((($2 + 1) / 2))p"; }
row() { echo "| $1 | $2 | ${3:-} |"; }
row "start to the first right answer, 100 providers, ms, middle of $starts" "$(middle_of "$work/api-start" $starts)" \
  "bare Kestrel: $(middle_of "$work/bare-start" $starts)"
row "the same, ms of processor time" "$(middle_of "$work/api-cpu" $starts)" "bare Kestrel: $(middle_of "$work/bare-cpu" $starts)"
row "resident after load, 100 providers, MB" "$(cat "$work/memory")"

# 12 million figures: 100 providers, 25 years, 18 or 19 quotes a day.
redis-cli -p $redis flushall >/dev/null
dotnet "$bench" sheets 127.0.0.1:$redis 100
before=$(used)
figures=$(dotnet "$bench" history 127.0.0.1:$redis 100 25 18 19)
each_of() { awk -v all="$1" -v count="$2" 'BEGIN {printf "%.2f", all / count}'; }
bytes=$(($(used) - before))
row "Redis, $figures figures of 100 providers, MB" "$((bytes / 1000000))" "$(each_of $bytes "$figures") bytes a figure"
dotnet "$bench" sheets "$work/sqlite" 100
dotnet "$bench" history "$work/sqlite" 100 25 18 19 >/dev/null
bytes=$(du -cb "$work"/sqlite/rates.db* | awk 'END {print $1}')
row "SQLite, the same, MB" "$((bytes / 1000000))" "$(each_of "$bytes" "$figures") bytes a figure"

# The same exported whole, and reads beside it: in each round first reads alone, then reads while an export runs, which is then ended.
read_p99() {
  wrk -t1 -c16 -d2s -s reads.lua "http://127.0.0.1:$port/v1/rates?base=EUR&quotes=USD,GBP&providers=p001" | awk '/^p99/ {print $2}'
}
export_all() { # name format: rows with processor time, memory, and p99 of reads beside it
  local whole="http://127.0.0.1:$port/v1/history?providers=all&from=2001-01-01&to=2025-12-31&format=$2"
  local idle b peak present exporting round rounds=9 quiet busy
  read_p99 >/dev/null
  idle=$(resident "$api_pid"); peak=$idle; b=$(cpu "$api_pid")
  curl -sf "$whole" | wc -lc > "$work/whole" & exporting=$!
  while kill -0 $exporting 2>/dev/null; do
    present=$(resident "$api_pid"); peak=$((present > peak ? present : peak)); sleep 0.1
  done
  row "$1: processor time, s" "$(each_of $(($(cpu "$api_pid") - b)) 1000)" "$(awk '{print $1 " lines, " $2 " bytes"}' "$work/whole")"
  row "$1: most memory, MB over before" "$((peak - idle))" "$idle before"
  : > "$work/quiet"; : > "$work/busy"; : > "$work/ratio"
  for round in $(seq $rounds); do
    quiet=$(read_p99)
    curl -sf -o /dev/null "$whole" & exporting=$!
    sleep 0.3
    busy=$(read_p99)
    kill $exporting 2>/dev/null || true; wait $exporting 2>/dev/null || true
    echo "$quiet" >> "$work/quiet"; echo "$busy" >> "$work/busy"; echo "$(each_of "$busy" "$quiet")" >> "$work/ratio"
  done
  row "$1: p99 of reads beside it, microseconds, middle of $rounds" "$(middle_of "$work/busy" $rounds)" \
    "without it $(middle_of "$work/quiet" $rounds); ratio, middle of $rounds: $(middle_of "$work/ratio" $rounds)"
}
start_api export
answered $port "/v1/rates?base=EUR&quotes=USD&providers=p000" 0 >/dev/null
export_all "whole as CSV, Redis" csv 3
export_all "whole as NDJSON, Redis" ndjson 3
kill "$api_pid"; wait "$api_pid" 2>/dev/null || true
dotnet "$bench" serve "$work/sqlite" $port & api_pid=$!; pids+=($api_pid)
answered $port "/v1/rates?base=EUR&quotes=USD&providers=p000" 0 >/dev/null
export_all "whole as CSV, SQLite" csv 3
kill "$api_pid"; wait "$api_pid" 2>/dev/null || true

# History: one provider, 20 years of 27 quotes.
redis-cli -p $redis flushall >/dev/null
dotnet "$bench" sheets 127.0.0.1:$redis 1
dotnet "$bench" history 127.0.0.1:$redis 1 20 27 >/dev/null
row "history read from Redis, 20 years x 27 quotes, processor time" "$(dotnet "$bench" load 127.0.0.1:$redis 20)"
redis-cli -p $redis flushall >/dev/null
dotnet "$bench" sheets 127.0.0.1:$redis 1
dotnet "$bench" history 127.0.0.1:$redis 1 20 40 >/dev/null
start_api history
answered $port "/v1/rates?base=EUR&quotes=USD&providers=p000" 0 >/dev/null
history="http://127.0.0.1:$port/v1/history?providers=p000"
quotes=USD,GBP,JPY,CHF,CAD
all=$(curl -sf "http://127.0.0.1:$port/v1/rates?base=EUR&providers=p000" | grep -o '"[A-Z]\{3\}":[0-9]' | cut -c2-4 | head -27 | paste -sd,)
each() { # name query times rounds: ms of processor time a request on one connection that stays, in the last of the rounds
  local b
  for time in $(seq "$3"); do printf 'url = "%s"\noutput = "%s"\n' "$history&$2" "$work/body"; done > "$work/requests"
  for round in $(seq "$4"); do
    b=$(cpu "$api_pid")
    curl -sf -K "$work/requests"
  done
  row "history, $1, ms of processor time" "$(each_of $(($(cpu "$api_pid") - b)) "$3")" "$(stat -c %s "$work/body") bytes"
}
each "one year x 5 quotes, published base" "base=EUR&quotes=$quotes&from=2024-01-01&to=2024-12-31" 1200 4
each "one year x 5 quotes, cross" "base=USD&quotes=EUR,GBP,JPY,CHF,CAD&from=2024-01-01&to=2024-12-31" 1200 4
idle=$(resident "$api_pid")
each "20 years x 27 quotes" "base=EUR&quotes=$all&from=2006-01-01&to=2025-12-31" 20 2
row "memory after 20 years x 27 quotes, MB over before" "$(($(resident "$api_pid") - idle))"
each "20 years x 27 quotes, CSV" "base=EUR&quotes=$all&from=2006-01-01&to=2025-12-31&format=csv" 20 2
