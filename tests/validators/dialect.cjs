// Renders Markdown as the production site does and reports markup that it left behind.
//
// Usage: node dialect.cjs FILE...     prints [{"html": ..., "leftovers": [...]}, ...]
//        node dialect.cjs < LIST      reads a JSON list of documents instead
// Exit status 1: some document has leftovers. A document that the renderer throws on
// has "error" in place of "html".
'use strict';

const fs = require('node:fs');
const MarkdownIt = require('markdown-it');

const plugin = (name) => {
  const loaded = require(name);
  return loaded.default ?? loaded;
};
const { afm: transform } = require('adobe-afm-transform');

const md = new MarkdownIt({ html: true, breaks: true, typographer: true })
  .use(plugin('markdown-it-attrs'), {
    allowedAttributes: ['id', 'class', 'style', 'target'],
  })
  .use(plugin('markdown-it-anchor'), {
    level: [1, 2, 3, 4, 5, 6],
    slugify: () => '',
  })
  .use(plugin('markdown-it-collapsible'));

const LEFTOVERS = [
  /\{#[^}]*\}/g,
  /\{(?:target|style)=[^}]*\}/g,
  /\*\*/g,
  /\[!(?:NOTE|TIP|IMPORTANT|CAUTION|WARNING|ADMINISTRATION|ADMIN|AVAILABILITY|PREREQUISITES|ERROR|INFO|SUCCESS|MORELIKETHIS)\]/g,
  /^\+\+\+.*/gm,
  /\]\(http/g,
  /<>/g, // an escape or entity in the title of a collapsible part
];

function judge(document) {
  const body = document.replace(/^---\n[^]*?\n---\n/, '');
  try {
    const html = md.render(transform(body, 'extension', (text) => md.render(text)));
    const visible = html
      .replace(/<!--[^]*?-->/g, '')
      .replace(/<(pre|code)\b[^]*?<\/\1>/g, '');
    const leftovers = LEFTOVERS.flatMap((pattern) => visible.match(pattern) ?? []);
    return { html, leftovers };
  } catch (error) {
    return { error: String(error), leftovers: [] };
  }
}

const paths = process.argv.slice(2);
const documents = paths.length
  ? paths.map((path) => fs.readFileSync(path, 'utf8'))
  : JSON.parse(fs.readFileSync(0, 'utf8'));
const results = documents.map(judge);
process.stdout.write(JSON.stringify(results));
process.exitCode = results.some((one) => one.error || one.leftovers.length) ? 1 : 0;
