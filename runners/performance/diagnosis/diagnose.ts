import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Diagnosis } from '../../../assessments/kit/schema/performance.js';
import { nodeBin } from '../../sandbox/image.js';
import type { Pod } from '../../sandbox/types.js';
import type { Side } from '../types.js';
import { readDiagnosis } from './read.js';

const PROBE = new URL('./probe.mjs', import.meta.url);
const LOOK_MS = 1200;
/** The probe writes a little after its time is over. */
const WRITE_MS = 250;
/** More requests than any service answers in that time. */
const PLENTY = 200_000;
const MAX_KB = 256;
/** Reading takes no time, except from a pipe: a service may have put one there that nobody ever writes to. */
const READ_MS = 5000;
const FOLDER = '/data';
const DOCTOR = `${nodeBin(22)}/node /opt/assayer/doctor.mjs`;

/**
 * Starts the service once more with a profiler in it, and loads it. Nothing is measured meanwhile: profiling costs.
 * @returns false when it did not come up; else what the profiler wrote may be read, at any time while the pod is there
 */
export async function lookInside(side: Side): Promise<boolean> {
  const probe = encodeURIComponent(await readFile(PROBE, 'utf8'));
  const up = await side.restart({
    NODE_OPTIONS: `--import=data:text/javascript,${probe}`,
    ASSAYER_DIAGNOSIS: `${FOLDER}/diagnosis`,
    ASSAYER_DIAGNOSIS_MS: String(LOOK_MS),
  });
  if (!up) return false;
  await side.drive({
    connections: 10,
    from: 0,
    count: PLENTY,
    rate: null,
    withinMs: LOOK_MS,
    slowClients: 0,
  });
  await sleep(WRITE_MS);
  return true;
}

/** What the profiler wrote; null when that is nothing, such as when the start command has Node options of its own. */
export async function readLook(pod: Pod, image: string): Promise<Diagnosis | null> {
  return readDiagnosis(await linesWritten(pod, image));
}

/** Read, and judged by Clinic.js Doctor's analysis, in a container of its own: the candidate's is never entered. */
async function linesWritten(pod: Pod, image: string): Promise<string[]> {
  const reader = await pod.start({
    role: 'diagnosis',
    image,
    command: ['/bin/sh', '-c', `head -q -c ${MAX_KB * 1024} ${FOLDER}/diagnosis-*.json | ${DOCTOR}`],
    env: { PATH: '/usr/bin:/bin' },
    workdir: '/',
    uid: pod.uid('service'),
    mounts: [{ volume: 'data', path: FOLDER, readOnly: true }],
    memoryMb: 256,
    cpus: 1,
    pids: 16,
    stdin: false,
    output: { kind: 'log', logKb: MAX_KB },
  });
  try {
    await Promise.race([reader.ended, sleep(READ_MS, undefined, { ref: false })]);
    return reader.logs().flatMap(({ stream, text }) => (stream === 'stdout' ? [text] : []));
  } finally {
    await reader.remove();
  }
}
