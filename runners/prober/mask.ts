import { cleanText } from '../../assessments/kit/contracts/text.js';

/** Text for evidence: without the run's secrets and without control characters, cut to a length. */
export interface Mask {
  text(text: string, max: number): string;
  headers(headers: Readonly<Record<string, string>>): Record<string, string>;
  /** The same as a word for a POSIX shell, secrets as variables. */
  shell(text: string): string;
}

const MAX_HEADERS = 40;
const MAX_HEADER_VALUE = 512;
/** Shorter values would mask ordinary words. */
const MIN_SECRET = 6;

export function createMask(env: Readonly<Record<string, string>>, secrets: readonly string[]): Mask {
  const known = secrets
    .map((name) => ({ name, value: env[name] ?? '' }))
    .filter(({ value }) => value.length >= MIN_SECRET)
    .sort((a, b) => b.value.length - a.value.length);

  const hide = (text: string): string =>
    known.reduce((masked, { name, value }) => masked.replaceAll(value, `$${name}`), text);

  return {
    text(text, max) {
      // Hidden before the cut, so that no part of a secret is left at the edge.
      const clean = cleanText(hide(text));
      return clean.length <= max ? clean : `${cleanText(clean.slice(0, max))}…`;
    },
    headers(headers) {
      const shown = Object.entries(headers).slice(0, MAX_HEADERS);
      return Object.fromEntries(
        shown.map(([name, value]) => [name, this.text(hideCredential(name, value), MAX_HEADER_VALUE)]),
      );
    },
    shell(text) {
      const quoted = `'${text.replaceAll("'", `'\\''`)}'`;
      const names = [...known.map(({ name }) => name), 'TOKEN', 'COOKIE'];
      const word = names.reduce((done, name) => done.replaceAll(`$${name}`, `'"$${name}"'`), quoted);
      return word.replace(/^''(?=")|(?<=")''$/g, '');
    },
  };
}

/** Credentials of the service's users: the scheme and the attributes stay, the value goes. */
function hideCredential(name: string, value: string): string {
  switch (name.toLowerCase()) {
    case 'authorization':
    case 'proxy-authorization':
      return value.replace(/^(\S+\s+)?.*$/s, '$1$$TOKEN');
    case 'cookie':
      return value.replace(/=[^;]*/g, '=$$COOKIE');
    case 'set-cookie':
      return value
        .replace(/^([^=;]+)=[^;]*/, '$1=$$COOKIE')
        .replace(/(, [^=;,\s]+)=[^;]*(?=;|$)/g, '$1=$$COOKIE');
    default:
      return value;
  }
}
