import { TestEnvironment } from 'jest-environment-node';
import { receiveChecks, type CheckBody } from '../../../../assessments/kit/index.js';
import { probeNamed } from '../../../security/index.js';
import type { CheckRequest } from '../../protocol.js';

/** How a check file reaches this agent from inside jest's realm. */
export type RunBody = (check: CheckRequest, body: CheckBody) => Promise<void>;

/** Deadlines are ours, see `runCheck`; jest's own must never come first. */
const NEVER_MS = 2 ** 31 - 1;

/**
 * The jest environment of a check file: a realm whose `check()` makes one test of each wanted check, and leaves the
 * others of the file alone.
 */
export function environmentFor(
  wanted: ReadonlyMap<string, CheckRequest>,
  run: RunBody,
): typeof TestEnvironment {
  return class CheckEnvironment extends TestEnvironment {
    constructor(...given: ConstructorParameters<typeof TestEnvironment>) {
      super(...given);
      const scope = this.global;
      receiveChecks(
        {
          register(meta, body) {
            const check = wanted.get(meta.id);
            if (check && body) scope.test(check.id, () => run(check, body), NEVER_MS);
          },
          probe: probeNamed,
        },
        scope,
      );
    }
  };
}
