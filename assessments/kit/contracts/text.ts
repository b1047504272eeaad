/** Text of strangers made fit to show: names, log lines, anything a submission wrote. */

/** ANSI sequences: CSI, OSC (ended by BEL or ST), and two-character escapes. */
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
/** Control characters but tab and newline; marks that turn the direction of writing or cannot be seen. */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Without terminal codes, control characters and direction marks. Line ends become `\n`, tabs stay. */
export function cleanText(text: string): string {
  return wellFormed(text.replace(ANSI, '').replace(/\r\n?/g, '\n').replace(UNSEEN, ''));
}

/** One clean line of at most `max` characters, for a name inside a sentence. */
export function shortText(text: string, max = 120): string {
  const line = cleanText(text.slice(0, max * 8))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= max ? line : `${wellFormed(line.slice(0, max - 1))}…`;
}

/** The clean end of a log: whole lines where possible, at most `maxChars` characters. */
export function tailText(text: string, maxChars = 4000): string {
  const clean = cleanText(text.slice(-maxChars * 4)).trimEnd();
  if (clean.length <= maxChars) return clean;
  const tail = wellFormed(clean.slice(-maxChars));
  const lineEnd = tail.indexOf('\n');
  return lineEnd === -1 ? tail : tail.slice(lineEnd + 1);
}

function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}
