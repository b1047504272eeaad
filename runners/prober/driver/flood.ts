import type { Container } from '../../sandbox/types.js';
import { tooMuchOutput } from './verdicts.js';

/** Output of one start that ends it. */
const MAX_BOOT_OUTPUT_BYTES = 32 * 2 ** 20;
const WATCH_MS = 100;

/** While a service starts: `tooMuch` settles once it has written more than any start needs. */
export function watchOutput(container: Container) {
  let timer: NodeJS.Timeout | undefined;
  const tooMuch = new Promise<ReturnType<typeof tooMuchOutput>>((resolve) => {
    timer = setInterval(() => {
      const bytes = container.outputBytes();
      if (bytes > MAX_BOOT_OUTPUT_BYTES) resolve(tooMuchOutput(bytes));
    }, WATCH_MS);
  });
  return { tooMuch, stop: () => clearInterval(timer) };
}
