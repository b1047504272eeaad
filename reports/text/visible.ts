/**
 * Text of strangers (candidates, their logs, their answers) made inert for any page, file or terminal. Nothing is silently
 * dropped but colour codes, which are common and harmless: what could deceive is shown as an escape, such as `\u202e`.
 */

const COLOUR_CODES = /\u001b\[[0-9;:?]*[A-Za-z]/g;

/**
 * Controls but tab and newline, formatting characters (direction marks, zero width, tags), line and paragraph separators,
 * private use, lone surrogates, and the two non-characters that XML refuses.
 */
const UNSEEN = /[^\P{Cc}\t\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\ufffe\uffff]/gu;

/** Accents piled on one letter would climb over the lines around. */
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;

/** Everything that cannot be seen, or moves what can, as a visible escape. Keeps newlines and tabs. */
export function visible(text: string): string {
  return text
    .replace(COLOUR_CODES, '')
    .replace(/\r\n/g, '\n')
    .replace(PILED_MARKS, '$1')
    .replace(UNSEEN, escapeOf);
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** At most `max` characters of the beginning, visible, and how many more there were. */
export function clip(text: string, max: number): string {
  return cut(text, max, text.length);
}

/** One visible line of at most `max` characters. Of a text that is far longer, only the beginning is looked at. */
export function oneLine(text: string, max = 300): string {
  const head = text.slice(0, max * 4);
  const line = head.replace(/\s+/g, ' ').trim();
  return cut(line, max, line.length + text.length - head.length);
}

function cut(text: string, max: number, length: number): string {
  if (length <= max) return visible(text);
  const kept = text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
  return `${visible(kept)}… (${(length - max).toLocaleString('en')} more characters)`;
}
