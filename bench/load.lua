-- Asks for the addresses after `--` in turn; prints requests, microseconds, faults and the median in microseconds.
local paths, place = {}, 0

function init(arguments) paths = arguments end

function request()
  place = place % #paths + 1
  return wrk.format("GET", paths[place])
end

function done(summary, latency)
  local errors = summary.errors
  local faults = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("FIGURES %d %d %d %d\n", summary.requests, summary.duration, faults, latency:percentile(50)))
end
