import type { Response } from 'express';
import { definePage, sendPage } from '../frame/page.js';

/** What went wrong, for a person with a browser. */
export interface ProblemView {
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
}

const page = definePage<ProblemView>('problem');

export const problemPage = ({ title, detail, status, code, requestId }: ProblemView, res: Response): void =>
  sendPage(res, page({ title }, { title, detail, status, code, requestId }));
