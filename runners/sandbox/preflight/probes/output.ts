import type { Container } from '../../types.js';
import { untilSaid } from '../script.js';
import type { Trial } from '../types.js';

const MIB = 1024 ** 2;
const KEPT_KB = 64;
/** A quarter of what an unbounded reader takes in this time. */
const MOST_BYTES = 64 * MIB;
const FLOOD_MS = 1_000;
const PROMPT_MS = 8_000;

export const logFlood: Trial = {
  id: 'log-flood',
  title: 'A flood of output is slowed down and kept in part',
  async try(lab) {
    const script =
      'const block = Buffer.alloc(65536, "x".repeat(99) + "\\n"); for (;;) require("node:fs").writeSync(1, block);';
    const flood = await lab.start(script, { change: { output: { kind: 'log', logKb: KEPT_KB } } });
    try {
      await untilFlowing(flood);
      await new Promise((resolve) => setTimeout(resolve, FLOOD_MS));
      const bytes = flood.outputBytes();
      const kept = flood.logs().reduce((sum, { text }) => sum + text.length + 1, 0);
      return {
        holds: bytes > 0 && bytes < MOST_BYTES && kept <= 2 * KEPT_KB * 1024,
        detail: `${(bytes / MIB).toFixed(1)} MiB taken in ${FLOOD_MS / 1000} s, ${Math.round(kept / 1024)} KiB kept`,
      };
    } finally {
      await flood.remove();
    }
  },
};

async function untilFlowing(flood: Container): Promise<void> {
  for (let tries = 0; tries < 400 && flood.outputBytes() === 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 25));
}

/** Deaf to a polite request, then stopped. */
const STUBBORN = `
process.on('SIGTERM', () => {});
setInterval(() => {}, 1000);
say('up');
setTimeout(() => process.kill(process.pid, 'SIGSTOP'), 30);
`;

export const killable: Trial = {
  id: 'killable',
  title: 'What will not end is ended',
  async try(lab) {
    const stubborn = await lab.start(STUBBORN);
    await untilSaid(stubborn);
    await stubborn.signal('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const deaf = stubborn.running();
    const started = performance.now();
    await stubborn.remove();
    await stubborn.ended;
    const ms = Math.round(performance.now() - started);
    return {
      holds: deaf && ms < PROMPT_MS,
      detail: `${deaf ? 'deaf to SIGTERM and stopped' : 'ended by itself'}; gone after ${ms} ms`,
    };
  },
};
