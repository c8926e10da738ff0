// Load test of a gateway for k6 (https://k6.io), written by agw render-loadtest. It differs from the production guide's:
// - requests arrive at a constant rate, so that a slow gateway cannot lower the load that it is measured with;
// - the warm-up is a scenario of its own, and no threshold looks at it;
// - prompts vary, so that no cache answers; an answer that is no JSON is a failure and not an exception;
// - thresholds are those of the guide's results table, the same as agw bench has.
// k6 reads an event stream as a whole: its first byte stands for the first token here, and the time between tokens
// cannot be had. agw bench measures both.
//
//   k6 run -e GATEWAY_URL=http://localhost:8080 -e TOKEN=$TOKEN loadtest.js
import http from 'k6/http';
import { check } from 'k6';
import { Rate, Trend } from 'k6/metrics';

const VALUES = __VALUES__;

const URL = __ENV.GATEWAY_URL ? __ENV.GATEWAY_URL.replace(/\/+$/, '') + VALUES.path : VALUES.url;
const TOKEN = __ENV.TOKEN;

const overhead = new Trend('gateway_overhead_ms');
const firstByte = new Trend('ttft_ms');
const completed = new Rate('stream_completed');
const tokens = new Trend('completion_tokens');

function arrivals(start, duration) {
  return {
    executor: 'constant-arrival-rate',
    rate: VALUES.rate,
    timeUnit: VALUES.timeUnit,
    startTime: start + 's',
    duration: duration + 's',
    preAllocatedVUs: VALUES.preAllocatedVUs,
    maxVUs: VALUES.maxVUs,
    gracefulStop: VALUES.timeoutSeconds + 's',
  };
}

const scenarios = { measured: arrivals(VALUES.warmUpSeconds, VALUES.durationSeconds) };
if (VALUES.warmUpSeconds > 0) {
  scenarios.warmup = arrivals(0, VALUES.warmUpSeconds);
}

const thresholds = {
  'http_req_failed{scenario:measured}': [{ threshold: 'rate<0.01', abortOnFail: true, delayAbortEval: '30s' }],
  'http_req_duration{scenario:measured,expected_response:true}': ['p(50)<5000', 'p(95)<15000', 'p(99)<30000'],
  'gateway_overhead_ms{scenario:measured}': ['p(99)<50'],
  'stream_completed{scenario:measured}': ['rate>0.999'],
  'dropped_iterations{scenario:measured}': ['count==0'],
};
if (VALUES.stream) {
  thresholds['ttft_ms{scenario:measured}'] = ['p(95)<' + VALUES.ttftMillis];
}

export const options = { scenarios, thresholds, summaryTrendStats: ['med', 'p(95)', 'p(99)', 'max'] };

const WORDS = ['river', 'engine', 'market', 'window', 'garden', 'signal', 'harbour', 'letter', 'winter', 'planet'];

function prompt() {
  let text = 'Request ' + __VU + '-' + __ITER + ': tell a story with';
  for (let left = 5 + Math.floor(Math.random() * 55); left > 0; left--) {
    text += ' ' + WORDS[Math.floor(Math.random() * WORDS.length)];
  }
  return text + '.';
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (e) {
    return {};
  }
}

// Server-Timing: agw;dur=1.037
function gatewayMillis(response) {
  const timing = /(?:^|,)\s*agw;dur=([0-9.]+)/.exec(response.headers['Server-Timing'] || '');
  return timing ? Number(timing[1]) : undefined;
}

function whole(response) {
  const answer = parsed(response.body);
  if (answer.usage) {
    tokens.add(answer.usage.completion_tokens);
  }
  return Array.isArray(answer.choices) && answer.choices.length > 0;
}

export default function () {
  const body = {
    model: VALUES.model,
    max_tokens: VALUES.maxTokens,
    messages: [{ role: 'user', content: prompt() }],
  };
  if (VALUES.stream) {
    body.stream = true;
  }
  const headers = { 'Content-Type': 'application/json' };
  if (TOKEN) {
    headers.Authorization = 'Bearer ' + TOKEN;
  }
  const response = http.post(URL, JSON.stringify(body), { headers, timeout: VALUES.timeoutSeconds + 's' });
  const complete = check(response, {
    'status is 200': (r) => r.status === 200,
    'the answer is complete': (r) =>
      VALUES.stream ? String(r.body).trimEnd().endsWith('data: [DONE]') : whole(r),
  });
  completed.add(complete);
  if (response.status === 200) {
    firstByte.add(response.timings.waiting);
  }
  const millis = gatewayMillis(response);
  if (millis !== undefined) {
    overhead.add(millis);
  }
}
