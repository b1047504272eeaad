import type { MeasuredCheck } from 'assayer/kit';

const load = { topic: 'T10', practice: '10.6' } as const;

const cost = {
  ...load,
  why: 'Processor time for each request decides how many machines a service needs, and it is what a busy machine cannot blur.',
  remedy:
    'Profile first. Look for work that is done for each request and could be done once: parsing, copying, scanning all records, compiling, logging whole payloads.',
  questions: [
    {
      ask: 'Where does your service spend its processor time under this load, and how would you find out?',
      listenFor:
        'A CPU profile under load rather than a guess; self time against total time; one change, then measured again.',
    },
  ],
} satisfies Partial<MeasuredCheck>;

/** What the load says about a service; bars are relative to the senior solution. */
export const checks: readonly MeasuredCheck[] = [
  {
    ...load,
    id: 'load-answers-right',
    title: 'Answers stay right while many ask at once',
    level: 'junior',
    points: 2,
    bar: { figure: 'answers', atLeast: 0.99 },
    why: 'A service that is fast and wrong is of no use, and load is when shared state and unhandled errors show.',
    remedy:
      'Read the first fault and repeat it with a handful of parallel requests; look for state shared between requests.',
    questions: [
      {
        ask: 'What can go wrong under parallel requests that a single one never shows?',
        listenFor:
          'Check-then-act across an await, shared mutable state, exhausted pools, errors that nobody catches.',
      },
    ],
  },
  {
    ...load,
    id: 'load-nothing-lost',
    title: 'After the load every accepted merge has exactly one proof',
    level: 'mid',
    points: 3,
    bar: { figure: 'state' },
    why: 'What was accepted was promised. Lost or doubled records under load are found weeks later, by customers.',
    remedy:
      'Write before answering, and let parallel reports of one pull request share one record from the moment that it is first seen.',
    questions: [
      {
        ask: 'How do you make sure that two reports of one pull request at the same moment give one proof?',
        listenFor:
          'Claiming the key synchronously before the first await (a map of promises) or a unique constraint.',
      },
    ],
  },
  {
    ...cost,
    id: 'cost-bearable',
    title: 'A request costs at most five times what it costs the reference',
    level: 'junior',
    points: 2,
    bar: { figure: 'cost', atLeast: 0.2 },
  },
  {
    ...cost,
    id: 'cost-good',
    title: 'A request costs at most twice what it costs the reference',
    level: 'mid',
    points: 2,
    bar: { figure: 'cost', atLeast: 0.5 },
  },
  {
    ...cost,
    id: 'cost-excellent',
    title: 'A request costs hardly more than it costs the reference',
    level: 'senior',
    points: 2,
    bar: { figure: 'cost', atLeast: 0.8 },
  },
  {
    ...load,
    id: 'latency-tail',
    title: 'Under steady load, 99 of 100 answers come quickly',
    level: 'mid',
    points: 2,
    bar: { figure: 'latency', atLeast: 0.25, orWithinMs: 25 },
    why: 'People notice the slow answers, not the mean. A page that makes twenty calls meets the 99th percentile often.',
    remedy:
      'Look for what blocks the event loop now and then: synchronous files or crypto, large JSON, scans over all records.',
    questions: [
      {
        ask: 'Your median is fine and the 99th percentile is not. Where do you look first?',
        listenFor:
          'Event-loop delay, garbage collection, queues in front of pools, periodic work; measured at a fixed rate.',
      },
    ],
  },
  {
    ...load,
    practice: '10.2',
    id: 'event-loop-free',
    title: 'Light requests do not wait for heavy ones',
    level: 'mid',
    points: 1,
    bar: { figure: 'eventLoop', atLeast: 0.25, orWithinMs: 25 },
    why: 'While one request computes, nobody else is served: a health check that waits takes a healthy instance out of service.',
    remedy:
      'Bound what one request may do in one go: pages instead of whole lists, streams instead of whole files, worker threads for what computes.',
    questions: [
      {
        ask: 'How long may one request hold the event loop, and how would you notice that it holds it longer?',
        listenFor:
          'A few milliseconds; event-loop delay or utilisation as a metric with an alert; splitting work or moving it to a worker.',
      },
    ],
  },
  {
    ...load,
    id: 'memory-steady',
    title: 'Memory does not grow with the number of requests',
    level: 'mid',
    points: 2,
    bar: { figure: 'memory', atMostKb: 8192 },
    why: 'A leak of a few kilobytes a request ends a busy service within the day, at the worst moment.',
    remedy:
      'Bound caches and maps, remove listeners and timers when their request ends, keep no request objects.',
    questions: [
      {
        ask: 'How would you find what leaks?',
        listenFor:
          'Two heap snapshots under load compared by retained size and constructor; a suspicion tested by a load test.',
      },
    ],
  },
  {
    ...load,
    id: 'slow-clients-harmless',
    title: 'Slow clients hold nobody else up',
    level: 'mid',
    points: 1,
    bar: { figure: 'slowClients', atLeast: 0.99 },
    why: 'A hundred bad networks, or one bad person, must not take the service from everybody else.',
    remedy:
      'Do no work for a request before its head has arrived, keep the timeouts of the server on, bound what one client may hold.',
    questions: [
      {
        ask: 'Which timeouts does a Node HTTP server have, and what is each for?',
        listenFor:
          'headersTimeout, requestTimeout, keepAliveTimeout; slow loris; where a proxy in front takes over.',
      },
    ],
  },
  {
    ...load,
    id: 'spike-absorbed',
    title: 'A moment of twice the bearable load is answered in full, and leaves no trace',
    level: 'mid',
    points: 1,
    bar: { figure: 'spike', failedAtMost: 0.01, withinMs: 2000 },
    why: 'A link that is shared, a batch of deliveries, a client that reconnects: load comes in bursts, and bursts are short.',
    remedy:
      'Accept and queue for a moment: generous backlog and connection limits, work bounded, nothing closed without an answer.',
    questions: [
      {
        ask: 'Where do requests wait while more come in than you can answer, and how many can wait there?',
        listenFor:
          'The accept queue, the socket buffers, the event loop; limits of each; why a short queue absorbs and a long one only delays.',
      },
    ],
  },
  {
    ...load,
    id: 'overload-survived',
    title: 'After three times the bearable load, ordinary requests are soon served as before',
    level: 'senior',
    points: 2,
    bar: { figure: 'recovery', withinMs: 3000 },
    why: 'Peaks come. What matters is that the service turns away or queues within bounds, and is itself again when they are over.',
    remedy:
      'Bound queues and work in progress, answer 429 or 503 early when they are full, never let waiting work pile up without end.',
    questions: [
      {
        ask: 'What should a service do when more comes than it can serve?',
        listenFor:
          'Shed early and cheaply, bounded queues, back-pressure, Retry-After; why unbounded queues make everybody late.',
      },
    ],
  },
];
