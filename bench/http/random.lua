-- Every request another base, quotes and providers, at the path that wrk was given.
-- Written beforehand, so that wrk does not become the bottleneck.
local quotes = {}
local codes = "USD GBP JPY CHF CAD AUD CNY SEK NOK DKK PLN CZK HUF RON BGN TRY ILS INR IDR KRW MXN "
  .. "MYR NZD PHP SGD THB ZAR BRL HKD ISK"
for code in codes:gmatch("%u+") do
  quotes[#quotes + 1] = code
end

local requests, at = {}, 0

init = function()
  for i = 1, 20000 do
    local asked = {}
    for j = 1, 10 do asked[j] = quotes[math.random(#quotes)] end
    local providers = {}
    for j = 1, 3 do providers[j] = string.format("p%02d", math.random(0, 59)) end
    requests[i] = wrk.format("GET", wrk.path .. "?base=" .. quotes[math.random(#quotes)]
      .. "&quotes=" .. table.concat(asked, ",") .. "&providers=" .. table.concat(providers, ","))
  end
end

request = function()
  at = at % #requests + 1
  return requests[at]
end
