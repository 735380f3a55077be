-- What the scripts of queries that never repeat share: the quotes to ask for, and requests that are written beforehand, so that wrk does
-- not become the bottleneck. A script fills the requests in its init.
quotes = {}
local codes = "USD GBP JPY CHF CAD AUD CNY SEK NOK DKK PLN CZK HUF RON BGN TRY ILS INR IDR KRW MXN "
  .. "MYR NZD PHP SGD THB ZAR BRL HKD ISK"
for code in codes:gmatch("%u+") do
  quotes[#quotes + 1] = code
end

function three_providers()
  local providers = {}
  for j = 1, 3 do providers[j] = string.format("p%02d", math.random(0, 59)) end
  return table.concat(providers, ",")
end

requests = {}
local at = 0

request = function()
  at = at % #requests + 1
  return requests[at]
end
