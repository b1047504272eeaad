/**
 * A program of the prober's image: reads what the probes of all processes wrote (standard input, a line each), and writes each line
 * anew with what Clinic.js Doctor makes of its samples in their place. What is no such line is left out.
 */
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import Analysis from '@clinic/doctor/analysis/index.js';
import { z } from 'zod';

const finite = z.number().min(0).max(1e15);
const lineSchema = z.looseObject({
  stats: z
    .array(
      z.object({
        timestamp: finite,
        delay: finite,
        cpu: finite,
        memory: z.object({ rss: finite, heapTotal: finite, heapUsed: finite, external: finite }),
        handles: finite,
        loopUtilization: finite,
      }),
    )
    .max(1000),
  gc: z
    .array(
      z.object({
        name: z.string().max(40),
        args: z.object({ startTimestamp: finite, endTimestamp: finite }),
      }),
    )
    .max(1000),
});
type Line = z.infer<typeof lineSchema>;

async function categoryOf({ stats, gc }: Line): Promise<string | null> {
  const nodeVersion = { major: Number(process.versions.node.split('.')[0]) };
  const analysis = new Analysis(Readable.from([{ nodeVersion }]), Readable.from(gc), Readable.from(stats));
  for await (const { issueCategory } of analysis) return issueCategory;
  return null;
}

function read(line: string): Line | null {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

for (const line of (await text(process.stdin)).split('\n').flatMap((one) => read(one) ?? [])) {
  const { stats: _stats, gc: _gc, ...rest } = line;
  const category = await categoryOf(line).catch(() => null);
  process.stdout.write(`${JSON.stringify({ ...rest, category })}\n`);
}
