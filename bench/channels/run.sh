#!/usr/bin/env bash
# Requests a second of each channel, as a ratio to an echo over the same transport. AMQP needs a rabbitmq-server, which is started on free
# ports in a folder of its own; loopback only; about two minutes.
#   bench/channels/run.sh     writes the table to standard output
set -euo pipefail
cd "$(dirname "$0")"
dotnet build -c Release -nologo -v q >&2
exec dotnet "$(dotnet msbuild -getProperty:TargetPath -p:Configuration=Release)"
