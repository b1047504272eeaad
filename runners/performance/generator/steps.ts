import type { LoadStep } from '../../../assessments/kit/index.js';

export interface LoadTarget {
  readonly host: string;
  readonly port: number;
  /** Sent with each request unless its step says otherwise. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A step as bytes for the wire. */
export interface WireStep {
  readonly step: LoadStep;
  readonly method: string;
  readonly bytes: Buffer;
}

const MAX_STEPS = 10_000;

/** @throws Error for a profile without requests or with too many: the pack's fault */
export function toWireSteps(
  steps: readonly LoadStep[],
  defaults: Readonly<Record<string, string>>,
): WireStep[] {
  if (steps.length === 0 || steps.length > MAX_STEPS) {
    throw new Error(`a load profile makes 1 to ${MAX_STEPS} requests, not ${steps.length}`);
  }
  return steps.map((step) => ({
    step,
    method: step.method.toUpperCase(),
    bytes: toBytes(step, defaults),
  }));
}

function toBytes(step: LoadStep, defaults: Readonly<Record<string, string>>): Buffer {
  const headers: Record<string, string> = { ...defaults };
  const isText = typeof step.body === 'string';
  if (step.body !== undefined && !isText) headers['content-type'] = 'application/json';
  for (const [name, value] of Object.entries(step.headers ?? {})) headers[name.toLowerCase()] = value;
  const body = Buffer.from(
    step.body === undefined ? '' : isText ? (step.body as string) : JSON.stringify(step.body),
  );
  if (step.body !== undefined) headers['content-length'] = String(body.length);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${step.method.toUpperCase()} ${step.path} HTTP/1.1\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
