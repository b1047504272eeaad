import { visible } from '../text/visible.js';

type Attributes = Readonly<Record<string, string | number>>;

/** One element. `children` are elements made by this function; text goes through `xmlText` first. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const head = [
    name,
    ...Object.entries(attributes).map(([key, value]) => `${key}="${attribute(value)}"`),
  ].join(' ');
  return children.length === 0 ? `<${head}/>` : `<${head}>${children.join('')}</${name}>`;
}

/** Text content, with nothing in it that XML 1.0 forbids. */
export function xmlText(text: string): string {
  return visible(text).replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Line breaks in attributes would be read as spaces; they are kept as references. */
function attribute(value: string | number): string {
  return xmlText(String(value)).replace(/["'\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
