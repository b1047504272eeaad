import type { Pack } from '../../assessments/kit/index.js';
import { AssayerError } from '../errors.js';
import type { ApiDeps } from './types.js';

/** The assessment of this id. @throws AssayerError assessmentMissing */
export async function knownPack({ catalogue }: Pick<ApiDeps, 'catalogue'>, id: string): Promise<Pack> {
  const pack = await catalogue.find(id);
  if (pack) return pack;
  throw new AssayerError('assessmentMissing', { id });
}
