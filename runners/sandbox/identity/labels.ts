import type { PodSpec } from '../types.js';
import { formatIdentity, hasEnded, parseIdentity, type ProcessIdentity } from './owner.js';

/** All that we make carries these; nothing without `assayer.owner` is ever touched. */
export const LABEL = {
  owner: 'assayer.owner',
  process: 'assayer.process',
  pod: 'assayer.pod',
  run: 'assayer.run',
  attempt: 'assayer.attempt',
  /** Seconds since 1970. */
  deadline: 'assayer.deadline',
  role: 'assayer.role',
  /** First user id of the pod's block; on the pause container alone. */
  uids: 'assayer.uids',
  /** On cache volumes, which outlive their makers. */
  cache: 'assayer.cache',
} as const;

export type Labels = Readonly<Record<string, string>>;

export function podLabels(
  owner: string,
  maker: ProcessIdentity,
  pod: string,
  spec: PodSpec,
  nowMs: number,
): Labels {
  return {
    [LABEL.owner]: owner,
    [LABEL.process]: formatIdentity(maker),
    [LABEL.pod]: pod,
    [LABEL.run]: spec.run,
    [LABEL.attempt]: String(spec.attempt),
    [LABEL.deadline]: String(Math.ceil(nowMs / 1000) + spec.ttlSeconds),
  };
}

/** Past its deadline, or made by a process that has ended. Labels that cannot be read count as past. */
export function isExpired(
  labels: Labels,
  nowMs: number,
  ended: (maker: ProcessIdentity) => boolean = hasEnded,
): boolean {
  const deadline = Number(labels[LABEL.deadline]);
  if (!(deadline * 1000 > nowMs)) return true;
  const maker = parseIdentity(labels[LABEL.process] ?? '');
  return maker === null || ended(maker);
}
