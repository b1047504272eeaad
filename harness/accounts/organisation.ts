import { recordAudit } from '../store/audit.js';
import type { Store } from '../store/database.js';
import type { OrganisationView } from '../store/organisations.js';
import { findOrganisation, holdOrganisation, renameOrganisation } from '../store/organisations.js';
import type { Actor } from './principal.js';

/** `expect` may refuse what it finds, by throwing. */
export function rename(
  store: Store,
  actor: Actor,
  name: string,
  expect: (organisation: OrganisationView) => void,
): Promise<OrganisationView> {
  return store.transaction().execute(async (tx) => {
    await holdOrganisation(tx, actor.organisation);
    const before = await findOrganisation(tx, actor.organisation);
    expect(before);
    if (before.name === name) return before;
    await renameOrganisation(tx, actor.organisation, name);
    const entry = { action: 'organisation.changed', subject: actor.organisation } as const;
    await recordAudit(tx, actor, { ...entry, details: { name } });
    return { ...before, name };
  });
}
