import type { Performance } from '../../../assessments/kit/schema/performance.js';

/** Of a service that costs a third more than the reference, and leaks nothing. */
export const PERFORMANCE: Performance = {
  loads: [
    {
      profile: 'mixed',
      title: 'Reading profiles while deliveries come in',
      connections: 10,
      unsure: null,
      ended: null,
      cost: {
        ratio: { value: 0.741, low: 0.722, high: 0.763 },
        cpuMs: { candidate: 0.371, reference: 0.275 },
        speed: { value: 0.702, low: 0.65, high: 0.761 },
        perSecond: { candidate: 2204, reference: 3140 },
        pairs: [
          [0.731, 0.744, 0.75, 0.738, 0.741],
          [0.722, 0.751, 0.763, 0.747, 0.733],
        ],
        referenceSpread: 0.02,
      },
      latency: {
        perSecond: 1256,
        candidate: { p50: 0.91, p90: 1.84, p99: 5.2 },
        reference: { p50: 0.64, p90: 1.22, p99: 3.1 },
        p99: { value: 0.6, low: 0.48, high: 0.77 },
        right: 1,
      },
      eventLoop: {
        candidate: { p50: 0.52, p90: 1.1, p99: 3.9 },
        reference: { p50: 0.41, p90: 0.83, p99: 2.4 },
        p99: { value: 0.62, low: 0.47, high: 0.8 },
        right: 1,
      },
      memory: {
        requests: 6280,
        growthKb: { candidate: 310, reference: 290 },
        candidateMb: [88, 91, 92, 92.5, 93],
        referenceMb: [81, 83, 84, 84.2, 84.5],
      },
      spike: {
        perSecond: 6280,
        answered: 1,
        shed: 0,
        failed: 0,
        referenceFailed: 0,
        wrong: 0,
        recoveredMs: 200,
      },
      overload: {
        perSecond: 9420,
        answered: 0.31,
        shed: 0,
        failed: 0.69,
        referenceFailed: null,
        wrong: 0,
        recoveredMs: 400,
      },
      slowClients: { clients: 200, answered: 1, reference: 1 },
      cores: null,
      answers: { requests: 9240, right: 1, wrong: 0, fault: null },
      state: { looked: true, fault: null },
      memoryPeakMb: 118.4,
      generatorShare: 0.41,
    },
  ],
  diagnosis: {
    summary: 'The event loop was held up for 12 ms at most while 1,200 requests a second came in.',
    category: 'event-loop',
    hot: [
      { name: 'list', at: 'src/routes/proofs.js:24', share: 0.22 },
      { name: 'append', at: 'src/store/journal.js:31', share: 0.09 },
    ],
    samples: [
      { atMs: 0, delayMs: 2, heapMb: 14, busy: 0.2 },
      { atMs: 200, delayMs: 12, heapMb: 19, busy: 0.93 },
      { atMs: 400, delayMs: 5, heapMb: 17, busy: 0.9 },
    ],
  },
  method:
    'Both services ran side by side on one processor and were sent the same requests in turns, the other one frozen. What counts is the processor time for each correct answer, read from outside.',
  environment:
    'both services on processor 0, the load generator on processor 1; docker 20.10.24, control groups v1',
};
