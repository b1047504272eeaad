import { execa } from 'execa';
import { RegistryFault } from './fault.js';

/** The registry that ours fetches from. */
export interface Upstream {
  readonly url: string;
  /** PEM file with further certificates to trust; null when the system's are enough. */
  readonly caFile: string | null;
}

/** What npm on this machine is set to use. */
export async function npmUpstream(): Promise<Upstream> {
  const [url, caFile] = await Promise.all([npmConfig('registry'), npmConfig('cafile')]);
  if (!/^https?:\/\//.test(url)) {
    throw new RegistryFault(
      'npm on this worker names no registry. Set one with `npm config set registry URL`.',
    );
  }
  return { url, caFile: caFile.startsWith('/') ? caFile : null };
}

async function npmConfig(name: string): Promise<string> {
  const { stdout, failed } = await execa('npm', ['config', 'get', name], {
    stdin: 'ignore',
    timeout: 30_000,
    reject: false,
  });
  if (failed) throw new RegistryFault('npm does not run on this worker. Install Node.js with npm.');
  return stdout.trim();
}
