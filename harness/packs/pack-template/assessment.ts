import { defineAssessment } from 'assayer/kit';

export default defineAssessment({
  id: 'pack-template',
  version: '1.0.0',
  title: 'Notes',
  summary: 'Keeps the notes of many accounts, each for itself.',
  mainTopic: 'T4',
  timeBudgetHours: [1, 2],
  port: 3000,
  readyPath: '/healthz',
  // What the service is given as environment variables; the brief has to name them.
  env: { PORT: { from: 'port' } },
  // Third parties that your checks play, each with a file stubs/<name>.stub.ts.
  stubs: {},
  limits: {
    memoryMb: 128,
    cpus: 1,
    pids: 64,
    workMb: 128,
    dataMb: 16,
    logKb: 256,
    installSeconds: 120,
    buildSeconds: 60,
    bootSeconds: 20,
    checksSeconds: 60,
  },
  levelBars: { junior: 0.7, mid: 0.75, senior: 0.85 },
  // Of each topic that has checks, in the total.
  topicWeights: { T4: 1, T9: 1 },
  // Where `pack verify` expects the solutions of this pack, and its cheats.
  solutionBands: { junior: [20, 50], mid: [60, 90], senior: [100, 100] },
  cheatCeiling: 10,
  publicChecks: ['note-kept'],
});
