import type { Response } from 'express';
import { definePage, sendPage } from '../frame/page.js';

export interface SignIn {
  /** Path to go to afterwards. */
  readonly to: string;
  /** What was typed before. */
  readonly email: string;
  /** Why it did not work, in one sentence; null at the first try. */
  readonly fault: string | null;
  /** The form for API tokens is open. */
  readonly withToken: boolean;
  /** Name of the organisation's own sign-in; null where none is set up. */
  readonly provider: string | null;
  readonly csrf: string;
}

const page = definePage<SignIn>('sign-in');

export const signInPage = (view: SignIn, res: Response): void =>
  sendPage(res, page({ title: 'Sign in' }, view));
