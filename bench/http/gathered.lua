-- The same thirty quotes in another order, of other providers, every time: no answer is found, each is made. The one argument is added
-- to each query. Written beforehand, so that wrk does not become the bottleneck.
local quotes = {}
local codes = "USD GBP JPY CHF CAD AUD CNY SEK NOK DKK PLN CZK HUF RON BGN TRY ILS INR IDR KRW MXN "
  .. "MYR NZD PHP SGD THB ZAR BRL HKD ISK"
for code in codes:gmatch("%u+") do
  quotes[#quotes + 1] = code
end

local requests, at = {}, 0

init = function(arguments)
  for i = 1, 20000 do
    for j = #quotes, 2, -1 do
      local k = math.random(j)
      quotes[j], quotes[k] = quotes[k], quotes[j]
    end
    local providers = {}
    for j = 1, 3 do providers[j] = string.format("p%02d", math.random(0, 59)) end
    requests[i] = wrk.format("GET", "/v1/rates?base=EUR&quotes=" .. table.concat(quotes, ",")
      .. "&providers=" .. table.concat(providers, ",") .. (arguments[1] or ""))
  end
end

request = function()
  at = at % #requests + 1
  return requests[at]
end
