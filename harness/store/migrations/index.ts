import type { Migration } from 'kysely';
import { runs } from './0001-runs.js';
import { access } from './0002-access.js';
import { accounts } from './0003-accounts.js';
import { review } from './0004-review.js';
import { signIn } from './0005-sign-in.js';
import { hooks } from './0006-hooks.js';
import { intakes } from './0007-intakes.js';
import { traces } from './0008-traces.js';
import { orders } from './0009-orders.js';
import { archives } from './0010-archives.js';

/** Forward only, in the order of their names. One that was released never changes. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-runs': runs,
  '0002-access': access,
  '0003-accounts': accounts,
  '0004-review': review,
  '0005-sign-in': signIn,
  '0006-hooks': hooks,
  '0007-intakes': intakes,
  '0008-traces': traces,
  '0009-orders': orders,
  '0010-archives': archives,
};
