import { LEVELS, STAGES } from '../../../assessments/kit/index.js';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { oneLine } from '../../text/visible.js';
import { LEVEL_WORDS, figure, moment } from '../../text/words.js';
import type { StageChart } from '../charts/stages.js';
import { stageChart } from '../charts/stages.js';
import { reproduceCommand } from './checks.js';
import { levelViews } from './levels.js';

export interface TrustView {
  readonly weights: readonly { readonly name: string; readonly weight: string }[];
  readonly bars: readonly { readonly level: string; readonly bar: string }[];
  readonly stages: StageChart;
  readonly groups: readonly {
    readonly heading: string;
    readonly facts: readonly { readonly name: string; readonly value: string }[];
  }[];
  readonly reproduce: string;
  /** SHA-256 of scorecard.json, hex. */
  readonly hash: string;
}

/** What a sceptic asks for: how it was judged, where and with what it ran, how to run it again. */
export function trustView(card: Scorecard, hash: string): TrustView {
  const { provenance, submission, timings, policy, resources = [] } = card;
  const { engine, host } = provenance;
  const facts = (values: Readonly<Record<string, string | number>>) =>
    Object.entries(values).map(([name, value]) => ({
      name: oneLine(name, 60),
      value: oneLine(String(value), 200),
    }));
  return {
    weights: levelViews(card).map(({ id, name, weight }) => ({ name: `${id} ${name}`, weight })),
    bars: LEVELS.map((level) => ({
      level: LEVEL_WORDS[level],
      bar: `${figure(policy.levelBars[level] * 100)} %`,
    })),
    stages: stageChart(timings, STAGES),
    groups: [
      {
        heading: 'Identity',
        facts: facts({
          'Submission digest': submission.digest ?? 'none',
          'Assessment digest': provenance.assessmentDigest,
          Seed: provenance.seed,
          Attempt: provenance.attempt,
          Graded: moment(provenance.gradedAt),
        }),
      },
      {
        heading: 'Environment',
        facts: facts({
          Engine: `${engine.name} ${engine.version}, API ${engine.apiVersion}, cgroup ${engine.cgroup}, ${engine.runtime}`,
          Host: `${host.cpus} CPUs, ${figure(host.memoryMb)} MB, kernel ${host.kernel}, ${host.arch}`,
          ...provenance.versions,
        }),
      },
      { heading: 'Images', facts: facts(provenance.images) },
      { heading: 'Limits', facts: facts(provenance.limits) },
      ...(resources.length > 0 ? [{ heading: 'Used', facts: facts(used(resources)) }] : []),
    ],
    reproduce: reproduceCommand(card),
    hash,
  };
}

/** One line for each kind of container. */
const used = (resources: NonNullable<Scorecard['resources']>): Record<string, string> =>
  Object.fromEntries(
    resources.map(({ role, containers, cpuSeconds, memoryPeakMb, pidsPeak, outputKb }) => [
      `${role} (${containers})`,
      `${figure(cpuSeconds)} s of processor time, at most ${figure(memoryPeakMb, 0)} MiB and ${figure(pidsPeak, 0)} processes, ${figure(outputKb, 0)} KiB of output`,
    ]),
  );
