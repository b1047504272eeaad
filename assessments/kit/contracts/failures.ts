/**
 * How a check body ends early. The prober tells them apart by `kind`, not by class: a pack's bundle carries its own copy
 * of these classes.
 */
export type FailureKind = 'failed' | 'service' | 'harness' | 'inconclusive' | 'notApplicable' | 'partial';

export class CheckEnd extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly details: { expected?: string; observed?: string; fraction?: number } = {},
  ) {
    super(message);
    this.name = 'CheckEnd';
  }
}

/** The service broke the exchange: refused, reset, too late, too large. Fails the check. */
export class ServiceError extends CheckEnd {
  constructor(message: string, observed?: string) {
    super('service', message, observed === undefined ? {} : { observed });
    this.name = 'ServiceError';
  }
}

/** Our own fault: the control channel or a stub did not work. The check becomes `error` and costs nothing. */
export class HarnessError extends CheckEnd {
  constructor(message: string) {
    super('harness', message);
    this.name = 'HarnessError';
  }
}
