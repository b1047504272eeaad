import type { Level } from '../vocabulary/words.js';
import type { TopicId } from '../vocabulary/topics.js';

/** Where a setting of the service comes from. Secrets are made anew for each run and masked in all evidence. */
export type EnvSource =
  | { readonly from: 'literal'; readonly value: string }
  | { readonly from: 'secret'; readonly bytes: number }
  | { readonly from: 'port' }
  | { readonly from: 'dataDir' }
  | { readonly from: 'stub'; readonly stub: string };

/**
 * A scripted third party. The prober answers for it on `port` of the pod. What it answers when a check has scripted nothing
 * stands in the pack's `stubs/<name>.stub.ts`, whose default export is a list of `StubReply`.
 */
export interface StubSpec {
  readonly port: number;
  /** What it stands for, in a few words. */
  readonly description: string;
}

/** Ceilings for one pod. All are enforced by the engine. */
export interface Limits {
  readonly memoryMb: number;
  readonly cpus: number;
  readonly pids: number;
  /** Size of the work directory with node_modules and build output, MiB. */
  readonly workMb: number;
  /** Size of the data directory, MiB. */
  readonly dataMb: number;
  /** Output kept per start: this many KiB of the head and as many of the tail. */
  readonly logKb: number;
  readonly installSeconds: number;
  readonly buildSeconds: number;
  readonly bootSeconds: number;
  /** For all checks together. Each stage has its checks' share, by their own deadlines, and what those before it left. */
  readonly checksSeconds: number;
}

/** A topic's bars: the share (0 to 1) of the points of the checks up to that level that the level asks for. */
export type LevelBars = Readonly<Record<Level, number>>;

/** One versioned pack, without its files. */
export interface AssessmentSpec {
  /** Kebab-case, equal to the folder's name in this repo. */
  readonly id: string;
  /** Semantic version; any change of checks, weights or brief raises it. */
  readonly version: string;
  readonly title: string;
  /** One or two sentences for the catalogue. */
  readonly summary: string;
  readonly mainTopic: TopicId;
  /** What a candidate needs, hours from and to. */
  readonly timeBudgetHours: readonly [number, number];
  /** The port the brief names and the service is told. */
  readonly port: number;
  /** Asked (GET) until it answers with anything: then the service is up. */
  readonly readyPath: string;
  readonly env: Readonly<Record<string, EnvSource>>;
  readonly stubs: Readonly<Record<string, StubSpec>>;
  readonly limits: Limits;
  readonly levelBars: LevelBars;
  /** Weight of each topic in the overall score; topics without checks are left out. */
  readonly topicWeights: Readonly<Partial<Record<TopicId, number>>>;
  /** Score bands (0 to 100) that the pack's own solutions must land in; `pack verify` holds them to it. */
  readonly solutionBands: Readonly<Record<Level, readonly [number, number]>>;
  /**
   * Ids of the checks that the brief's public checks ask for as well: a candidate is told at once, by their titles, whether
   * they were met. Default none.
   */
  readonly publicChecks?: readonly string[] | undefined;
  /** The most that an empty or cheating submission may score. */
  readonly cheatCeiling: number;
}

/** Declares the assessment; `assessment.ts` exports the result as its default. Checked against the schema on loading. */
export function defineAssessment(spec: AssessmentSpec): AssessmentSpec {
  return spec;
}
