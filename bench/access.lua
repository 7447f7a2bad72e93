-- For wrk: asks for the addresses in the file that PATHS names with the keys in the file that KEYS names, in turn, and waits DELAY ms between
-- two requests of a connection. Prints the rate, the quantiles in milliseconds, and how many were answered otherwise than with 200 and 429.
local function lines(name)
    local found = {}
    for line in io.lines(os.getenv(name)) do found[#found + 1] = line end
    return found
end

local paths, keys, pause = lines("PATHS"), lines("KEYS"), tonumber(os.getenv("DELAY"))
local place = 0
others = 0

local threads = {}
function setup(thread) threads[#threads + 1] = thread end

function delay() return pause end

function request()
    place = place + 1
    return wrk.format("GET", paths[place % #paths + 1], {["x-api-key"] = keys[place % #keys + 1]})
end

function response(status)
    if status ~= 200 and status ~= 429 then others = others + 1 end
end

function done(summary, latency)
    local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    for _, thread in ipairs(threads) do failed = failed + thread:get("others") end
    io.write(string.format("%.0f %.2f %.2f %d\n", summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3,
        latency:percentile(99) / 1e3, failed))
end
