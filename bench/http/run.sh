#!/usr/bin/env bash
# How close does the Api come to bare Kestrel and to nginx, when all three are asked the same and serve the same bytes?
# Three servers on one core, wrk on another, 64 connections, interleaved rounds, every second one in reverse. Medians; of
# ratios, the median of each round's ratio, so that a busy machine disturbs both sides alike. Loopback only; about two minutes.
# wrk is kept awake. It would sleep while it waits for a server that is slower than itself, and the server's system call that sends an
# answer would then wake it on its other core: up to 2 microseconds, which a server that is a little faster does not pay at all.
#   bench/http/run.sh [rounds]        writes the table to standard output
set -euo pipefail
cd "$(dirname "$0")"
rounds=${1:-8}
seconds=1
server_core=0
client_core=1
connections=64

for tool in wrk nginx curl taskset cc; do
  command -v "$tool" >/dev/null || { echo "bench/http needs $tool, which is not on PATH" >&2; exit 1; }
done
[ "$(nproc)" -ge 2 ] || { echo "bench/http needs two cores: one for the server, one for wrk" >&2; exit 1; }

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
cc -O2 -shared -fPIC -o "$work/awake.so" awake.c -ldl

port() { echo $((20000 + (RANDOM + $$) % 20000)); }
await() { # url
  for _ in $(seq 100); do curl -sf -o /dev/null "$1" && return; sleep 0.1; done
  echo "no answer from $1" >&2
  exit 1
}

api=$(port); bare=$((api + 1)); web=$((api + 2))
mkdir "$work/data" "$work/bodies"
taskset -c $server_core dotnet "$bench" api $api "$work/data" & pids+=($!); api_pid=$!
await "http://127.0.0.1:$api/health/ready"

thirty=USD,GBP,JPY,CHF,CAD,AUD,CNY,SEK,NOK,DKK,PLN,CZK,HUF,RON,BGN,TRY,ILS,INR,IDR,KRW,MXN,MYR,NZD,PHP,SGD,THB,ZAR,BRL,HKD,ISK
declare -A query=(
  [small]="?base=EUR&quotes=USD,GBP&providers=p07"
  [middle]="?base=EUR&quotes=$thirty&providers=p07,p21,p42"
  [all]="?base=EUR&providers=all"
  [random]="?base=NOK&quotes=USD,GBP,JPY,CHF,CAD,AUD,CNY,SEK,BRL,ISK&providers=p07,p21,p42"
)
for size in small middle all random; do curl -sf -o "$work/bodies/$size" "http://127.0.0.1:$api/v1/rates${query[$size]}"; done

taskset -c $server_core dotnet "$bench" bare $bare "$work/bodies" & pids+=($!); bare_pid=$!
cat > "$work/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $work/nginx.pid; error_log $work/error.log crit;
events { worker_connections 1024; }
http {
  access_log off; sendfile off; tcp_nodelay on; keepalive_requests 100000000; keepalive_timeout 65s;
  open_file_cache max=16 inactive=1h; output_buffers 2 256k; default_type application/json; etag off;
  client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work; uwsgi_temp_path $work; scgi_temp_path $work;
  server { listen 127.0.0.1:$web; root $work/bodies; }
}
CONF
chmod 755 "$work" "$work/bodies"
taskset -c $server_core nginx -e "$work/error.log" -c "$work/nginx.conf" & pids+=($!); web_pid=$!
await "http://127.0.0.1:$bare/small"
await "http://127.0.0.1:$web/small"

ticks=$(getconf CLK_TCK)
cpu() { # pid: its clock ticks and its children's, so far
  local sum=0 pid
  for pid in "$1" $(pgrep -P "$1" || true); do sum=$((sum + $(awk '{print $14 + $15}' "/proc/$pid/stat"))); done
  echo $sum
}
load() { # name pid url [script]: appends "requests/s microseconds-of-cpu" to the name's file
  local before after text
  before=$(cpu "$2")
  text=$(LD_PRELOAD="$work/awake.so" taskset -c $client_core wrk -t1 -c$connections -d${seconds}s ${4:+-s "$4"} "$3")
  after=$(cpu "$2")
  grep -q 'Non-2xx' <<<"$text" && { echo "$3 was refused" >&2; exit 1; }
  awk -v cpu=$((after - before)) -v ticks="$ticks" '
    /requests in/ {n = $1}
    /Requests\/sec/ {printf "%.0f %.2f\n", $2, cpu / ticks * 1e6 / n}' <<<"$text" >> "$work/$1"
}

load_api() { load "$1-$2" $api_pid "http://127.0.0.1:$api/v1/rates${query[$2]}"; }
load_bare() { load "$1-$2" $bare_pid "http://127.0.0.1:$bare/$2${query[$2]}"; }
load_nginx() { load "$1-$2" $web_pid "http://127.0.0.1:$web/$2${query[$2]}"; }
load_random() { load "$1-random" $api_pid "http://127.0.0.1:$api/v1/rates" random.lua; }
load_bare_random() { load "$1-random" $bare_pid "http://127.0.0.1:$bare/random" random.lua; }

# The just-in-time compiler gets its time before anything counts: a server on one core shares that core with it. What only random queries
# need was still being compiled after twelve seconds of them.
for warm in 1 2 3; do
  for size in small middle all; do load_api warm $size; load_bare warm $size; done
  for again in 1 2 3 4 5 6; do load_random warm; done
  load_bare_random warm
done
for round in $(seq "$rounds"); do
  order=(api bare nginx)
  ((round % 2)) || order=(nginx bare api)
  for size in small middle all; do
    for server in "${order[@]}"; do "load_$server" "$server" "$size"; done
  done
  if ((round % 2)); then load_random api; load_bare_random bare; else load_bare_random bare; load_random api; fi
done

middle_of() { sort -n | awk '{v[NR] = $1} END {print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2}'; }
median() { awk -v field="$2" '{print $field}' "$work/$1" | middle_of; }
ratio() { paste -d' ' "$work/$1" "$work/$2" | awk -v field="$3" '{print $field / $(field + 2)}' | middle_of; }
echo "$(date -u +%F), $(nproc) cores, $(uname -sr), .NET $(dotnet --version), nginx $(nginx -v 2>&1 | cut -d/ -f2)," \
  "$rounds rounds of ${seconds} s, $connections connections"
echo
echo "| query | bytes | Api | bare Kestrel | nginx | Api : bare | Api : nginx | CPU µs: Api | bare | nginx | CPU bare : Api |"
echo "|---|---|---|---|---|---|---|---|---|---|---|"
for size in small middle all; do
  a=$(median api-$size 1); b=$(median bare-$size 1); n=$(median nginx-$size 1)
  ac=$(median api-$size 2); bc=$(median bare-$size 2); nc=$(median nginx-$size 2)
  awk -v s=$size -v l="$(stat -c %s "$work/bodies/$size")" -v a="$a" -v b="$b" -v n="$n" -v ac="$ac" -v bc="$bc" -v nc="$nc" \
    -v ab="$(ratio api-$size bare-$size 1)" -v an="$(ratio api-$size nginx-$size 1)" -v cpu="$(ratio bare-$size api-$size 2)" \
    'BEGIN {printf "| %s | %d | %d/s | %d/s | %d/s | %.2f | %.2f | %.1f | %.1f | %.1f | %.2f |\n", s, l, a, b, n, ab, an, ac, bc, nc, cpu}'
done
awk -v a="$(median api-random 1)" -v b="$(median bare-random 1)" -v ac="$(median api-random 2)" -v bc="$(median bare-random 2)" \
  -v l="$(stat -c %s "$work/bodies/random")" -v ab="$(ratio api-random bare-random 1)" -v cpu="$(ratio bare-random api-random 2)" \
  'BEGIN {printf "| random | %d or so | %d/s | %d/s | – | %.2f | – | %.1f | %.1f | – | %.2f |\n", l, a, b, ab, ac, bc, cpu}'
