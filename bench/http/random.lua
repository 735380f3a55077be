-- Every request another base, quotes and providers.
local quotes = {}
for code in ("USD GBP JPY CHF CAD AUD CNY SEK NOK DKK PLN CZK HUF RON BGN TRY ILS INR IDR KRW MXN MYR NZD PHP SGD THB ZAR BRL HKD ISK"):gmatch("%u+") do
  quotes[#quotes + 1] = code
end

request = function()
  local asked = {}
  for i = 1, 10 do asked[i] = quotes[math.random(#quotes)] end
  local providers = {}
  for i = 1, 3 do providers[i] = string.format("p%02d", math.random(0, 59)) end
  return wrk.format("GET", "/v1/rates?base=" .. quotes[math.random(#quotes)] .. "&quotes=" .. table.concat(asked, ",") .. "&providers=" .. table.concat(providers, ","))
end
