import { STATUS_CODES } from 'node:http';

export type FieldError = { field: string; reason: string };

export type ProblemBody = { title: string; status: number; detail: string; errors?: FieldError[] };

/** An answer that is an error, thrown to where answers are made. All texts are ours and may be shown. */
export class Problem extends Error {
  readonly status: number;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    detail: string,
    { errors, headers = {} }: { errors?: FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  toBody(): ProblemBody {
    const title = STATUS_CODES[this.status] ?? 'Error';
    const body = { title, status: this.status, detail: this.message };
    return this.errors ? { ...body, errors: this.errors } : body;
  }
}

export const PROBLEM_TYPE = 'application/problem+json';

/** A parameter of the query that makes no sense. */
export function badParameter(field: string, reason: string): Problem {
  return new Problem(400, 'A parameter of the query makes no sense.', { errors: [{ field, reason }] });
}
