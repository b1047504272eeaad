import { recordAudit } from '../store/audit.js';
import type { Store } from '../store/database.js';
import type { OrganisationSettings } from '../store/organisations.js';
import { readSettings, writeSettings } from '../store/organisations.js';
import type { Actor } from './principal.js';

/** Changes what is named and leaves the rest. `expect` may refuse what it finds, by throwing. */
export function changeSettings(
  store: Store,
  actor: Actor,
  changes: { readonly [K in keyof OrganisationSettings]?: OrganisationSettings[K] | undefined },
  expect: (settings: OrganisationSettings) => void,
): Promise<OrganisationSettings> {
  return store.transaction().execute(async (tx) => {
    const before = await readSettings(tx, actor.organisation);
    expect(before);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const after: OrganisationSettings = { ...before, ...given };
    await writeSettings(tx, actor.organisation, after);
    const entry = { action: 'organisation.changed', subject: actor.organisation } as const;
    await recordAudit(tx, actor, { ...entry, details: given });
    return after;
  });
}
