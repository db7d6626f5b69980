// Every page of the site, read by the browser's parser; and some of each kind opened from disk.

import fs from 'node:fs';
import path from 'node:path';
import { SITE, address, check, files, none, readable, resolve, sample, survey, watch, withPage } from './lib.mjs';

check('crawl: the site has a home page, and every page says its kind', async () => {
  const pages = await survey();
  if (!pages.some((p) => p.file === 'index.html')) throw new Error('no index.html at the root');
  none((await readable()).filter((p) => !p.kind).map((p) => p.file), 'page without <body data-page>');
});

check('crawl: every internal link leads to a file', async () => {
  const there = new Set(files());
  const wrong = new Set();
  for (const page of await survey()) {
    for (const href of [...page.links, ...page.resources]) {
      // The 404 page alone may hold whole paths; the served tests follow them.
      if (/(^|\/)404\.html$/.test(page.file) && href.startsWith('/')) continue;
      const to = resolve(page.file, href);
      if (to.outside !== undefined || there.has(to.file)) continue;
      const folder = there.has(`${to.file.replace(/\/?$/, '/')}index.html`.replace(/^\//, ''));
      wrong.add(`${page.file}: ${href || '(empty)'} ${folder ? 'is a folder: say index.html' : 'is not there'}`);
    }
  }
  none([...wrong], 'broken link');
});

check('crawl: every fragment leads to an element', async () => {
  const ids = new Map((await survey()).map((p) => [p.file, new Set(p.ids)]));
  const wrong = new Set();
  for (const page of await survey()) {
    for (const href of page.links) {
      const to = resolve(page.file, href);
      if (!to.fragment || to.fragment === 'top' || !ids.has(to.file)) continue;
      if (!ids.get(to.file).has(to.fragment)) wrong.add(`${page.file}: ${href}`);
    }
  }
  none([...wrong], 'broken fragment');
});

check('crawl: links are relative, so that the site stands under any path', async () => {
  const wrong = [];
  for (const page of await survey()) {
    // What a host shows for a missing address is shown at any depth: there, only whole paths can be right.
    if (/(^|\/)404\.html$/.test(page.file)) continue;
    for (const href of [...page.links, ...page.resources]) {
      if (href.startsWith('/')) wrong.push(`${page.file}: ${href}`);
      if (/^(file|https?:\/\/(localhost|127\.))/i.test(href)) wrong.push(`${page.file}: ${href}`);
    }
  }
  none(wrong, 'link that depends on where the site stands');
});

check('crawl: links use known schemes', async () => {
  const wrong = [];
  for (const page of await survey()) {
    for (const href of page.links) {
      const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(href)?.[1].toLowerCase();
      if (scheme && !['http', 'https', 'mailto', 'tel'].includes(scheme)) wrong.push(`${page.file}: ${href.slice(0, 80)}`);
    }
  }
  none(wrong, 'link with another scheme');
});

check('crawl: every page is reached from the home page by links', async () => {
  const pages = new Map((await survey()).map((p) => [p.file, p]));
  const reached = new Set(['index.html']);
  const todo = ['index.html'];
  while (todo.length) {
    const page = pages.get(todo.pop());
    for (const href of page.links) {
      const { file } = resolve(page.file, href);
      if (pages.has(file) && !reached.has(file)) {
        reached.add(file);
        todo.push(file);
      }
    }
    // A home page that only sends on to the reader's language leads there.
    const sent = page.refresh && /url\s*=\s*['"]?([^'"]+)/i.exec(page.refresh)?.[1];
    if (sent && pages.has(resolve(page.file, sent).file) && !reached.has(resolve(page.file, sent).file)) {
      reached.add(resolve(page.file, sent).file);
      todo.push(resolve(page.file, sent).file);
    }
  }
  none((await readable()).map((p) => p.file).filter((f) => !reached.has(f) && !/(^|\/)404(\/index)?\.html$/.test(f)), 'orphan page');
});

check('crawl: former addresses send readers to a page', async () => {
  const there = new Set(files());
  const wrong = [];
  for (const page of await survey()) {
    if (page.refresh === null) continue;
    const target = /url\s*=\s*['"]?([^'"]+)/i.exec(page.refresh)?.[1];
    if (!target || !there.has(resolve(page.file, target).file)) wrong.push(`${page.file}: ${page.refresh}`);
  }
  none(wrong, 'redirection to nowhere');
});

check('crawl: nothing is loaded from another host', async () => {
  const wrong = [];
  for (const page of await survey()) {
    for (const href of page.resources) {
      if (resolve(page.file, href).outside !== undefined && !/^data:image\//.test(href)) wrong.push(`${page.file}: ${href}`);
    }
  }
  for (const file of files().filter((f) => f.endsWith('.css'))) {
    const css = fs.readFileSync(path.join(SITE, file), 'utf8');
    for (const [, url] of css.matchAll(/(?:url\(\s*['"]?|@import\s+['"])([^'")]+)/g)) {
      if (/^(https?:)?\/\//.test(url)) wrong.push(`${file}: ${url}`);
    }
  }
  none(wrong, 'resource of another host');
});

check('crawl: no inline script, style or handler, no frame', async () => {
  none((await survey()).flatMap((p) => p.inline.map((i) => `${p.file}: ${i}`)), 'inline code');
});

check('crawl: every page carries the policy default-src \'self\'', async () => {
  const wrong = [];
  for (const page of await survey()) {
    if (!page.csp) wrong.push(`${page.file}: no policy`);
    else if (!/default-src 'self'/.test(page.csp)) wrong.push(`${page.file}: ${page.csp}`);
    // A form of participation may be sent to its service or by mail, and to nothing else.
    else if (/unsafe|\*|https?:/.test(page.kind === 'take-part' ? page.csp.replace(/form-action 'self' https:\/\/[\w.:-]+;/, '') : page.csp)) wrong.push(`${page.file}: ${page.csp}`);
  }
  none(wrong, 'page with a weaker policy');
});

check('crawl: every page has a language, a title, one h1, one main, a viewport', async () => {
  const wrong = [];
  for (const page of await readable()) {
    if (!/^[a-z]{2,3}(-|$)/.test(page.lang ?? '')) wrong.push(`${page.file}: lang=${page.lang}`);
    if (!page.title) wrong.push(`${page.file}: no title`);
    if (page.h1.length !== 1 || !page.h1[0]) wrong.push(`${page.file}: ${page.h1.length} h1 ${JSON.stringify(page.h1)}`);
    if (page.mains !== 1) wrong.push(`${page.file}: ${page.mains} main landmarks`);
    if (!/width=device-width/.test(page.viewport ?? '')) wrong.push(`${page.file}: viewport ${page.viewport}`);
    if (/user-scalable\s*=\s*no|maximum-scale/.test(page.viewport ?? '')) wrong.push(`${page.file}: cannot be zoomed`);
    if (page.quirks) wrong.push(`${page.file}: quirks mode`);
  }
  none(wrong, 'page without its landmarks');
});

check('crawl: every page links its data, and the data parses', async () => {
  const wrong = [];
  for (const page of await readable()) {
    if (/(^|\/)404(\/index)?\.html$/.test(page.file)) continue;
    const data = page.alternates.find((href) => /(^|\/)index\.json$/.test(href));
    if (!data) {
      wrong.push(`${page.file}: no <link rel="alternate" type="application/json"> to index.json`);
      continue;
    }
    if (!page.visibleData) wrong.push(`${page.file}: no visible link to index.json`);
    const file = path.join(SITE, resolve(page.file, data).file);
    if (path.dirname(file) !== path.dirname(path.join(SITE, page.file))) wrong.push(`${page.file}: ${data} is not beside it`);
    try {
      JSON.parse(fs.readFileSync(file, 'utf8'));
    } catch (problem) {
      wrong.push(`${page.file}: ${data}: ${problem.message}`);
    }
  }
  none(wrong, 'page without its data');
});

check('crawl: pages opened from disk ask nobody, and report nothing', async () => {
  const most = Number(process.env.GREFFE_SAMPLE ?? 12);
  none(await withPage({}, async (page) => {
    const seen = watch(page);
    for (const { file } of await sample(most)) {
      await page.goto(address(file));
      await page.evaluate(() => new Promise((r) => setTimeout(r, 20)));
    }
    return seen;
  }), 'thing a page should not do');
});
