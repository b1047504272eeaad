import type { Dimension, Level } from '../vocabulary/words.js';
import type { TopicId } from '../vocabulary/topics.js';
import type { CheckContext, RequestOptions } from './context.js';

/** A question for the interview, with what a good answer contains. */
export interface InterviewQuestion {
  readonly ask: string;
  readonly listenFor: string;
}

/** Everything about a check but its body. All of it is data, shown on scorecards and in the catalogue. */
export interface CheckMeta {
  /** Unique in the pack, kebab-case, stable over versions: rule ids and links are made from it. */
  readonly id: string;
  /** Shown to the hiring manager and, unless `publicTitle` is set, to the candidate. States the good behaviour. */
  readonly title: string;
  /** What a candidate may read, where `title` would give the hidden test away. */
  readonly publicTitle?: string;
  readonly topic: TopicId;
  /** Practice id of the topic, such as `1.2`. */
  readonly practice: string;
  readonly level: Level;
  readonly dimension: Dimension;
  /** Points to win, over 0. */
  readonly points: number;
  /** Why it matters in production, one or two sentences. */
  readonly why: string;
  /** What to change, in one or two sentences. */
  readonly remedy: string;
  readonly questions: readonly InterviewQuestion[];
  /** Start the service anew with an empty data directory before this check. Default false. */
  readonly fresh?: boolean;
  /**
   * The outcome depends on how fast things happen. If such a check fails while the host is short of processor time by no
   * doing of the service, it stays without a result. Default false.
   */
  readonly timed?: boolean;
  /** Deadline for the body, milliseconds. Default 15 000. */
  readonly timeoutMs?: number;
}

/** What stands in the source of whoever follows a practice. One of them is enough, anywhere but in tests. */
export interface Sought {
  /** In words that go on after "The source has", such as `a comparison in constant time`. */
  readonly what: string;
  /** Functions that are called, such as `timingSafeEqual`. */
  readonly calls: readonly string[];
  /** Packages that are imported. */
  readonly packages?: readonly string[];
}

/** A check without a body, for what only the source can tell. It says no more than that something is there, so give it few points. */
export interface SourceCheckMeta extends Omit<CheckMeta, 'fresh' | 'timed' | 'timeoutMs'> {
  readonly sought: Sought;
}

export type CheckBody = (t: CheckContext) => Promise<void>;

/** What receives the checks of a file: the pack loader (which keeps the data) or the prober (which runs them). */
export interface CheckRegistry {
  /** @param body null for a check of the source */
  register(meta: CheckMeta | SourceCheckMeta, body: CheckBody | null): void;
  /** Expands a probe of the shared library; null when there is none of that name. */
  probe(name: string): ProbeTemplate | null;
}

/** A reusable check: its words have defaults, its body is given what the pack's contract needs. */
export interface ProbeTemplate {
  readonly name: string;
  readonly defaults: Pick<
    CheckMeta,
    'title' | 'topic' | 'practice' | 'level' | 'dimension' | 'why' | 'remedy' | 'questions'
  >;
  /** `options` is what the pack wrote in `probe(name, meta, options)`; the probe says which shape it takes. */
  body(t: CheckContext, options: Readonly<Record<string, unknown>>): Promise<void>;
}

/** A request that a pack gives to a probe. */
export interface ProbeRequest extends RequestOptions {
  readonly method: string;
  readonly path: string;
}

const REGISTRY = Symbol.for('assayer.registry');

function registry(): CheckRegistry {
  const found = (globalThis as Record<symbol, unknown>)[REGISTRY];
  if (!found)
    throw new Error('check() was called outside a pack loader or a prober; run it with `assayer grade`');
  return found as CheckRegistry;
}

/** Makes `target` the receiver of every `check()` call evaluated with `scope` as its global object. */
export function receiveChecks(target: CheckRegistry, scope: object = globalThis): void {
  (scope as Record<symbol, unknown>)[REGISTRY] = target;
}

/**
 * Declares one check. The body throws to fail (see `fail`, `expectStatus` and jest's `expect`) and returns to pass.
 */
export function check(meta: CheckMeta, body: CheckBody): void {
  registry().register(meta, body);
}

/** Declares a check that is answered by the source of the submission, where nothing can be seen from outside. */
export function sourceCheck(meta: SourceCheckMeta): void {
  registry().register(meta, null);
}

/**
 * Declares a check whose body comes from the shared security probe library (`runners/security`).
 * @throws Error when the library has no probe of that name.
 */
export function probe(
  name: string,
  meta: Pick<CheckMeta, 'id' | 'points'> & Partial<CheckMeta>,
  options: Readonly<Record<string, unknown>>,
): void {
  const template = registry().probe(name);
  if (!template) throw new Error(`there is no probe named "${name}" in the probe library`);
  registry().register({ ...template.defaults, ...meta }, (t) => template.body(t, options));
}
