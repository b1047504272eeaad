import { shortText } from '../../assessments/kit/index.js';
import { inMib, type IntakeLimits } from './limits.js';
import { followLinks, type Link } from './links.js';
import { checkPath, cleanPath, isLeftOut } from './paths.js';
import { tooLarge, unsafe } from './refusal.js';
import type { Spool } from './spool.js';
import type { TreeFile } from './tree-file.js';
import type { EntrySink, FileContent, SpecialKind } from './types.js';

/** Gathers the entries of one source and holds them to the rules, whatever the order they come in. */
export class Tree implements EntrySink {
  readonly #files = new Map<string, TreeFile>();
  readonly #links: Link[] = [];
  /** Each path that is taken, folders too, by how it looks to a system that ignores case or composes letters. */
  readonly #taken = new Map<string, { path: string; folder: boolean }>();
  #scanned = 0;
  #totalBytes = 0;

  constructor(
    private readonly spool: Spool,
    private readonly limits: IntakeLimits,
  ) {}

  leavesOut(name: string): boolean {
    return isLeftOut(name);
  }

  folder(name: string): void {
    this.#admit(name);
  }

  async file(name: string, executable: boolean, content: FileContent): Promise<void> {
    const path = this.#admit(name);
    if (path === null) return;
    this.#take(path);
    let size = 0;
    const kept = await this.spool.keep(content, (bytes) => {
      size += bytes;
      if (size > this.limits.fileBytes) {
        throw tooLarge(`The file "${shortText(path)}" is larger than ${inMib(this.limits.fileBytes)}.`);
      }
      this.#count(bytes);
    });
    this.#put({ path, executable, content: kept });
  }

  link(name: string, target: string, kind: 'symbolic' | 'hard'): void {
    const path = this.#admit(name);
    if (path === null) return;
    this.#take(path);
    this.#links.push({ path, target, kind });
    if (this.#links.length > this.limits.links) {
      throw tooLarge(`The submission has more than ${this.limits.links} links.`);
    }
  }

  special(name: string, kind: SpecialKind): void {
    const path = this.#admit(name);
    if (path !== null) throw unsafe(`The entry "${shortText(path)}" is a ${kind}, not a file.`);
  }

  /** The files, sorted by path; links replaced by copies of what they lead to. */
  finish(options: { readonly stripTopFolder: boolean }): TreeFile[] {
    for (const copy of followLinks(this.#files, this.#links)) {
      checkPath(copy.path, this.limits);
      this.#count(copy.content.size);
      this.#put(copy);
    }
    const files = [...this.#files.values()];
    const stripped = options.stripTopFolder ? withoutTopFolder(files) : files;
    return stripped.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** The clean path, or null for what is left out. */
  #admit(name: string): string | null {
    this.#scanned += 1;
    if (this.#scanned > this.limits.scannedEntries) {
      throw tooLarge(`The submission has more than ${this.limits.scannedEntries} entries.`);
    }
    const path = cleanPath(name);
    if (path === null || isLeftOut(path)) return null;
    checkPath(path, this.limits);
    return path;
  }

  #take(path: string): void {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
      this.#claim(path.slice(0, end), true);
    }
    this.#claim(path, false);
  }

  #claim(path: string, folder: boolean): void {
    const key = path.normalize('NFC').toLowerCase();
    const there = this.#taken.get(key);
    if (there === undefined) {
      this.#taken.set(key, { path, folder });
      return;
    }
    if (there.path !== path) {
      throw unsafe(
        `"${shortText(there.path)}" and "${shortText(path)}" differ only in case or in how letters are composed.`,
      );
    }
    if (!(there.folder && folder)) throw unsafe(`The entry "${shortText(path)}" is there twice.`);
  }

  #put(file: TreeFile): void {
    if (this.#files.size >= this.limits.entries) {
      throw tooLarge(`The submission has more than ${this.limits.entries} files.`);
    }
    this.#files.set(file.path, file);
  }

  #count(bytes: number): void {
    this.#totalBytes += bytes;
    if (this.#totalBytes > this.limits.totalBytes) {
      throw tooLarge(
        `The files of the submission are larger than ${inMib(this.limits.totalBytes)} together.`,
      );
    }
  }
}

/** Archives of a whole folder, such as GitHub makes, hold everything under one name. */
function withoutTopFolder(files: TreeFile[]): TreeFile[] {
  const first = files[0]?.path ?? '';
  const top = first.slice(0, first.indexOf('/') + 1);
  if (top === '' || !files.every((file) => file.path.startsWith(top))) return files;
  return files.map((file) => ({ ...file, path: file.path.slice(top.length) }));
}
