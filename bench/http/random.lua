-- Every request another base, quotes and providers, at the path that wrk was given.
dofile("prepared.lua")

init = function()
  for i = 1, 20000 do
    local asked = {}
    for j = 1, 10 do asked[j] = quotes[math.random(#quotes)] end
    requests[i] = wrk.format("GET", wrk.path .. "?base=" .. quotes[math.random(#quotes)]
      .. "&quotes=" .. table.concat(asked, ",") .. "&providers=" .. three_providers())
  end
end
