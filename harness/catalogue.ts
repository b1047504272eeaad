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
  onBroken: (id: string, error: unknown, dir: string) => void,
): Catalogue {
  const roots = packRoots(config);
  const loaded = new Map<string, Promise<Pack>>();
  let loading = 0;

  function load(id: string): Promise<Pack> {
    const known = loaded.get(id);
    if (known) return known;
    const pack = resolvePack(id, ...roots).then(loadPack);
    loaded.set(id, pack);
    loading += 1;
    pack
      // A pack that is mended is found at the next try.
      .catch(() => loaded.delete(id))
      // The compiler is a process of its own, which would stay for as long as we do.
      .finally(() => (loading -= 1) === 0 && stop());
    return pack;
  }

  const ids = (): Promise<string[]> => listPacks(...roots);
  return {
    ids,
    async list() {
      const packs = await Promise.all(
        (await ids()).map((id) =>
          load(id).catch(async (error: unknown) => {
            onBroken(id, error, await resolvePack(id, ...roots));
            return null;
          }),
        ),
      );
      return packs.filter((pack) => pack !== null);
    },
    find: async (id) => (loaded.has(id) || (await ids()).includes(id) ? load(id) : null),
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
