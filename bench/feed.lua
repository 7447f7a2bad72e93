-- For wrk: asks for the addresses in the file that PATHS names, with HEADER, each thread from another place on, and prints the quantiles.
local paths = {}
for path in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = path end

local headers = {}
local name, value = os.getenv("HEADER"):match("(.-): (.*)")
if name then headers[name] = value end

local threads = 0
function setup(thread)
    thread:set("first", threads * 7919)
    threads = threads + 1
end

function init()
    place = first
end

function request()
    place = place + 1
    return wrk.format("GET", paths[place % #paths + 1], headers)
end

function done(summary, latency)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format("%.0f %.2f %.2f %d\n", summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3,
        latency:percentile(99) / 1e3, failed))
end
