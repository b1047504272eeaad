import type { Evidence, Finding } from '../../../assessments/kit/index.js';
import type { ContainerExit } from '../../sandbox/types.js';
import type { Note } from '../types.js';

/** How the service ended: we asked it to, it was still starting, or it had been up and ended by itself. */
export type Manner = 'asked' | 'starting' | 'byItself';

type Exit = Pick<ContainerExit, 'code' | 'oomKilled'>;

/** What became of the service during one check. */
export interface Deaths {
  add(exit: Exit, manner: Manner, logTail: readonly string[]): void;
  /** The check itself begins: what came before is told, and not held against it. */
  begin(): void;
  /** The finding of the check, with what became of the service meanwhile: who does not live through a check has not passed it. */
  told(finding: Finding): Finding;
}

const MOST_EVIDENCE = 4;

export function watchDeaths(): Deaths {
  const evidence: Evidence[] = [];
  let died: Exit | null = null;
  return {
    add(exit, manner, logTail) {
      if (manner === 'asked') return;
      if (manner === 'byItself') died ??= exit;
      evidence.push({
        kind: 'note',
        text: `The service ended by itself during this check (${howOf(exit)}).`,
      });
      evidence.push({ kind: 'log', label: 'the end of its log', lines: logTail });
    },
    begin() {
      died = null;
    },
    told(finding) {
      const told = { ...finding, evidence: [...finding.evidence, ...evidence.slice(0, MOST_EVIDENCE)] };
      if (!died || !finding.fraction) return told;
      const message = `The service ended by itself during this check (${howOf(died)}), so what it had answered earns nothing.`;
      return { ...told, outcome: 'fail', fraction: 0, message, expected: 'a service that lives on' };
    },
  };
}

const howOf = ({ code, oomKilled }: Exit): string => (oomKilled ? 'out of memory' : `exit code ${code}`);

/** Before which checks the service was found dead, and how. */
export interface FoundDead {
  readonly exit: Exit;
  readonly checkId: string;
}

const MOST_NAMED = 3;

/** How often the service had to be brought back, in a sentence each; nothing where it never had to be. */
export function revivals(dead: readonly FoundDead[], hung: readonly string[]): Note[] {
  const notes: Note[] = [];
  if (dead.length > 0) {
    const ways = [...new Set(dead.map(({ exit }) => howOf(exit)))].slice(0, MOST_NAMED).join(', ');
    const message = `The service had ended by itself (${ways}) ${before(dead.map(({ checkId }) => checkId))}.`;
    notes.push({ code: 'serviceDied', message });
  }
  if (hung.length > 0)
    notes.push({ code: 'serviceHung', message: `The service no longer answered ${before(hung)}.` });
  return notes;
}

function before(checks: readonly string[]): string {
  if (checks.length === 1) return `before the check "${checks[0]}" and was started again`;
  const named = checks.slice(0, MOST_NAMED).map((id) => `"${id}"`);
  const more = checks.length > MOST_NAMED ? ` and ${checks.length - MOST_NAMED} more` : '';
  return `${checks.length} times and was started again each time: before the checks ${named.join(', ')}${more}`;
}
