-- Reads that leave the server time: each connection asks 5 ms after its last answer. Prints the 99th percentile in microseconds.
function delay()
  return 5
end

function done(summary, latency)
  io.write(string.format("p99 %d\n", latency:percentile(99)))
end
