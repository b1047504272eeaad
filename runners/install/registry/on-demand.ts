/** Something that runs while it is wanted. */
export interface Running {
  /** Resolves when it has ended by itself. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts one thing when it is first asked for, and again after it has ended or could not start. */
export class OnDemand<T extends Running> {
  private current: Promise<T> | null = null;

  constructor(private readonly start: () => Promise<T>) {}

  get(): Promise<T> {
    if (this.current !== null) return this.current;
    const starting = this.start();
    this.current = starting;
    const forget = (): void => {
      if (this.current === starting) this.current = null;
    };
    starting.then(({ ended }) => ended.then(forget), forget);
    return starting;
  }

  async stop(): Promise<void> {
    const stopping = this.current;
    this.current = null;
    const running = await stopping?.catch(() => null);
    await running?.stop();
  }
}
