import MarkdownIt from 'markdown-it';
import { html } from './templates.js';

/** A text in Markdown as part of a page. */
export interface Article {
  /** Ready HTML. */
  readonly body: object;
  /** Its sections, for a list of contents. */
  readonly sections: readonly { readonly id: string; readonly title: string }[];
}

/** HTML in the text stays text, and links lead only to addresses that a browser does not run. */
const markdown = new MarkdownIt({ html: false, typographer: false });
// Wide tables and code scroll by themselves, and can be scrolled with the keyboard.
markdown.renderer.rules['fence'] = markdown.renderer.rules['code_block'] = (tokens, index) =>
  `<pre tabindex="0"><code>${markdown.utils.escapeHtml(tokens[index]?.content ?? '')}</code></pre>\n`;
markdown.renderer.rules['table_open'] = () =>
  '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table class="data">';
markdown.renderer.rules['table_close'] = () => '</table></div>';

const slug = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** The text's own first heading is left out, since the page has one, and the others move down to leave it on top. */
export function article(text: string): Article {
  const sections: { id: string; title: string }[] = [];
  const tokens = markdown.parse(text.replace(/^\s*# .*\n/, ''), {});
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') continue;
    if (token.type === 'heading_open' && token.tag === 'h2') {
      const title = tokens[index + 1]?.content ?? '';
      const id = `section-${slug(title)}`;
      token.attrSet('id', id);
      sections.push({ id, title });
    }
    if (token.tag === 'h1') token.tag = 'h2';
  }
  return { body: html(markdown.renderer.render(tokens, markdown.options, {})), sections };
}
