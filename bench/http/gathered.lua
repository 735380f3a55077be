-- The same thirty quotes in another order, of other providers, every time: no answer is found, each is made. The one argument is added
-- to each query.
dofile("prepared.lua")

init = function(arguments)
  for i = 1, 20000 do
    for j = #quotes, 2, -1 do
      local k = math.random(j)
      quotes[j], quotes[k] = quotes[k], quotes[j]
    end
    requests[i] = wrk.format("GET", "/v1/rates?base=EUR&quotes=" .. table.concat(quotes, ",")
      .. "&providers=" .. three_providers() .. (arguments[1] or ""))
  end
end
