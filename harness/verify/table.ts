import type { VerifyReport } from './types.js';

/** The report for a terminal: a line a case, then the checks that prove themselves least, then what is wrong. */
export function verifyTable(report: VerifyReport): string {
  const width = Math.max(...report.cases.map((item) => item.id.length), 4);
  const rows = report.cases.map((item) => {
    const failed = Object.entries(item.outcomes).filter(
      ([, outcome]) => outcome === 'fail' || outcome === 'partial',
    );
    const list = failed.length > 6 ? `${failed.length} checks` : failed.map(([id]) => id).join(' ') || '-';
    const score = item.score === null ? 'none' : item.score.toFixed(1);
    return `${item.kind.padEnd(10)} ${item.id.padEnd(width)} ${score.padStart(6)} ${item.seconds.toFixed(1).padStart(6)}s  ${list}`;
  });
  const proofs = Object.values(report.caughtBy).map((mutants) => mutants.length);
  const summary =
    `${report.pack.id} ${report.pack.version}: ${report.cases.length} submissions in ${report.seconds}s; ` +
    `${proofs.length} checks, ${proofs.filter((count) => count > 0).length} proved by a mutant.`;
  const head = `${'kind'.padEnd(10)} ${'id'.padEnd(width)}  score    time  fails`;
  return [head, ...rows, '', summary, ...report.problems.map((text) => `  problem: ${text}`), ''].join('\n');
}
