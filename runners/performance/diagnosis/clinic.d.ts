declare module '@clinic/doctor/analysis/index.js' {
  import type { Readable } from 'node:stream';

  /** Reads all three streams to their ends, and gives one judgement. */
  export default class Analysis
    extends Readable
    implements AsyncIterable<{ readonly issueCategory: string }>
  {
    constructor(systemInfo: Readable, traceEvents: Readable, processStats: Readable);
    [Symbol.asyncIterator](): AsyncIterator<{ readonly issueCategory: string }>;
  }
}
