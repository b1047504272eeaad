import type { Problem } from '../problem.js';
import { definePage } from './page.js';

/** A problem for a person with a browser. */
export const problemPage = definePage<Problem>(
  'Problem',
  '<h1>{{title}}</h1><p>{{detail}}</p><p class="quiet">{{status}} {{code}} · request {{requestId}}</p>',
);
