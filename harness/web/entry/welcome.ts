import type { Response } from 'express';
import { definePage, sendPage } from '../frame/page.js';

/** The page behind a link that lets somebody in for the first time, or again. */
export interface Welcome {
  readonly heading: string;
  readonly lead: string;
  /** Where the form goes. */
  readonly action: string;
  readonly key: string;
  /** Who it is; the first admin of an organisation says so itself. */
  readonly asksName: boolean;
  readonly email: string;
  readonly name: string;
  /** Asked for together with the name. */
  readonly organisation: string;
  readonly submit: string;
  readonly emailFault: string | null;
  readonly passwordFault: string | null;
  readonly csrf: string;
}

const page = definePage<Welcome>('welcome');

export const welcomePage = (view: Welcome, res: Response): void =>
  sendPage(res, page({ title: view.heading }, view));

const over = definePage<{ readonly advice: string }>('link-over');

export const linkOverPage = (advice: string, res: Response): void =>
  sendPage(res.status(410), over({ title: 'This link no longer works' }, { advice }));
