import type { Response } from 'express';
import type { ErrorCode } from '../../errors.js';
import { definePage, sendPage } from '../frame/page.js';

/** What went wrong, for a person with a browser. */
export interface ProblemView {
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly requestId: string;
}

interface WayOut {
  readonly href: string;
  readonly words: string;
}

const page = definePage<ProblemView & { readonly wayOut: WayOut | null }>('problem');

export function problemPage(problem: ProblemView, res: Response): void {
  const { title, detail, status, code, requestId } = problem;
  const wayOut = wayOutOf(res.req.path, code);
  sendPage(
    res,
    page({ title, home: wayOut?.href ?? null }, { title, detail, status, code, requestId, wayOut }),
  );
}

/** Where to go from here. A candidate has no account, so the start page would only ask to sign in. */
export function wayOutOf(path: string, code: ErrorCode): WayOut | null {
  if (code === 'inviteNeeded' || code === 'linkUnknown') return null;
  if (/^\/invitation(\/|$)/.test(path)) return { href: '/invitation', words: 'Back to your invitation' };
  return { href: '/', words: 'Go to the start page' };
}
