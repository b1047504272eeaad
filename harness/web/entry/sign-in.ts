import type { Response } from 'express';
import { definePage, sendPage } from '../frame/page.js';

export interface SignIn {
  /** Path to go to afterwards. */
  readonly to: string;
  readonly wrong: boolean;
  readonly csrf: string;
}

const page = definePage<SignIn>('sign-in');

export const signInPage = (view: SignIn, res: Response): void =>
  sendPage(res, page({ title: 'Sign in' }, view));
