import { stop } from 'esbuild';
import type { Pack } from '../assessments/kit/index.js';
import type { Config } from './config.js';
import { AssayerError } from './errors.js';
import { packRoots } from './packs/builtin.js';
import { listPacks, loadPack, resolvePack } from './packs/index.js';

/** The assessments that this installation knows, by id. A pack is loaded when first asked for, and then kept. */
export interface Catalogue {
  list(): Promise<Pack[]>;
  ids(): Promise<string[]>;
  /** Null when there is no such assessment. Rejects when there is one that cannot be loaded. */
  find(id: string): Promise<Pack | null>;
}

/**
 * Those that come with the program and those in the folders of the settings; of two with one id the former wins. One that
 * cannot be loaded is told to `onBroken` and left out of the list.
 */
export function openCatalogue(
  config: Pick<Config, 'packDirs'>,
  onBroken: (id: string, error: unknown) => void,
): Catalogue {
  const roots = packRoots(config);
  const loaded = new Map<string, Promise<Pack>>();
  let loading = 0;

  async function folders(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const root of [...roots].reverse()) {
      for (const id of await listPacks(root)) found.set(id, root);
    }
    return found;
  }

  function load(id: string, root: string): Promise<Pack> {
    const known = loaded.get(id);
    if (known) return known;
    const pack = resolvePack(id, root).then(loadPack);
    loaded.set(id, pack);
    loading += 1;
    pack
      // A pack that is mended is found at the next try.
      .catch(() => loaded.delete(id))
      // The compiler is a process of its own, which would stay for as long as we do.
      .finally(() => (loading -= 1) === 0 && stop());
    return pack;
  }

  return {
    ids: async () => [...(await folders()).keys()].sort(),
    async list() {
      const found = [...(await folders())].sort(([a], [b]) => a.localeCompare(b));
      const packs = await Promise.all(
        found.map(([id, root]) =>
          load(id, root).catch((error: unknown) => {
            onBroken(id, error);
            return null;
          }),
        ),
      );
      return packs.filter((pack) => pack !== null);
    },
    async find(id) {
      const known = loaded.get(id);
      if (known) return known;
      const root = (await folders()).get(id);
      return root === undefined ? null : load(id, root);
    },
  };
}

/**
 * The assessment of this id, which a request is for, or whose address it asks for (`assessmentMissing`).
 * @throws AssayerError `missing`, which names those that there are
 */
export async function wantedPack(
  catalogue: Pick<Catalogue, 'find' | 'ids'>,
  id: string,
  missing: 'assessmentUnknown' | 'assessmentMissing' = 'assessmentUnknown',
): Promise<Pack> {
  const pack = await catalogue.find(id);
  if (pack) return pack;
  throw new AssayerError(missing, { id, known: (await catalogue.ids()).join(', ') || 'none' });
}
