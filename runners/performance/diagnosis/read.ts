import { z } from 'zod';
import { cleanText, shortText } from '../../../assessments/kit/index.js';
import { diagnosisSchema, type Diagnosis } from '../../../assessments/kit/schema/performance.js';

const finite = z.number().min(0).max(1e9);

/** What the probe writes. The candidate's process could write anything there, so nothing of it is believed unseen. */
const lineSchema = z.object({
  folder: z.string().max(4096),
  busyMs: finite,
  samples: z
    .array(z.object({ atMs: finite, delayMs: finite, heapMb: finite, busy: z.number().min(0).max(1) }))
    .max(100),
  hot: z
    .array(
      z.object({ name: z.string().max(500), url: z.string().max(4096), line: z.int().min(0), ms: finite }),
    )
    .max(200),
  category: diagnosisSchema.shape.category.catch(null),
});
type Line = z.infer<typeof lineSchema>;

const MAX_HOT = 8;
/** Below this share of the busy time a function is not worth a look. */
const MIN_SHARE = 0.01;
const LONG_DELAY_MS = 100;

/** Lines that the probes of all processes wrote, to what the busiest of them says; null when none makes sense. Pure. */
export function readDiagnosis(lines: readonly string[]): Diagnosis | null {
  const read = lines.flatMap((line) => parse(line) ?? []).sort((a, b) => b.busyMs - a.busyMs);
  const [busiest] = read;
  if (!busiest) return null;
  const hot = ownCode(busiest);
  const delay = Math.max(0, ...busiest.samples.map(({ delayMs }) => delayMs));
  const { category, samples } = busiest;
  return { summary: summarise(delay, busiest.busyMs, hot), category, hot, samples };
}

function parse(line: string): Line | null {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** The candidate's own functions; libraries and Node are left out. */
function ownCode({ folder, busyMs, hot }: Line): Diagnosis['hot'] {
  return hot
    .flatMap(({ name, url, line, ms }) => {
      const path = url.replace(/^file:\/\//, '');
      const share = busyMs === 0 ? 0 : Math.min(1, ms / busyMs);
      if (!path.startsWith(`${folder}/`) || path.includes('/node_modules/') || share < MIN_SHARE) return [];
      const place = cleanText(path.slice(folder.length + 1)).slice(-150);
      return [{ name: shortText(name, 80), at: shortText(`${place}:${line}`, 160), share }];
    })
    .slice(0, MAX_HOT);
}

function summarise(delayMs: number, busyMs: number, hot: Diagnosis['hot']): string {
  const held = `the event loop was held up for ${Math.round(delayMs)} ms at the longest`;
  const verdict =
    delayMs > LONG_DELAY_MS
      ? `In a short look with a profiler, ${held}: something computes or reads for long without letting go.`
      : `In a short look with a profiler, ${held}, which is nothing unusual.`;
  const [top] = hot;
  const spent = `The process was busy for ${Math.round(busyMs)} ms`;
  return top
    ? `${verdict} ${spent}; of its own functions, ${top.name} (${top.at}) took most, ${Math.round(top.share * 100)} %.`
    : `${verdict} ${spent}, nearly all of it in libraries and in Node itself.`;
}
