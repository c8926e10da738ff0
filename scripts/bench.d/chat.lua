-- One chat completion per request; prints what came out as one line of JSON.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer sk-load"
wrk.body = '{"model":"gpt-4o","messages":[{"role":"user","content":"Say something of some length, please. '
    .. string.rep("Any words will do. ", 8) .. '"}]}'

function done(summary, latency, requests)
    local e = summary.errors
    io.write(string.format(
        '{"requests":%d,"errors":%d,"seconds":%.3f,"p50":%.1f,"p99":%.1f}\n',
        summary.requests, e.connect + e.read + e.write + e.status + e.timeout,
        summary.duration / 1e6, latency:percentile(50), latency:percentile(99)))
end
