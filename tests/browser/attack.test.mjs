// The site made by tests/attack/make.py, whose contributions are lists of script-injection payloads: nothing runs,
// nothing leaves, and every payload can be read as the text it is. `expected.json` beside the site's sources (its path
// in GREFFE_ATTACK) says what each contribution wrote.

import fs from 'node:fs';
import { address, check, files, none, readable, survey, watch, withPage } from './lib.mjs';

const expected = JSON.parse(fs.readFileSync(process.env.GREFFE_ATTACK, 'utf8'));

/** What is left of words when everything invisible is gone: spaces, controls, format characters, lone surrogates. */
const bare = (words) => words.normalize('NFC').replace(/[\s\p{C}\p{Z}\p{M}\uFFFD\u115F\u1160\u3164\uFFA0\u2800]/gu, '');

check('attack: no page holds inline code, a handler, a frame or a script link', async () => {
  none((await survey()).flatMap((p) => p.inline.map((i) => `${p.file}: ${i}`)), 'inline code');
});

check('attack: no participant brings a script, an image, a form or a style', async () => {
  // What the theme itself loads is the same on every page of the site: the home page has none of theirs.
  const wrong = [];
  await withPage({}, async (page) => {
    for (const { file } of await readable()) {
      const html = fs.readFileSync(new URL(address(file)), 'utf8');
      const found = await page.evaluate((html) => {
        const doc = new DOMParser().parseFromString(html, 'text/html');
        const inside = '[data-untrusted], main';
        return [...doc.querySelectorAll(inside)].flatMap((root) =>
          [...root.querySelectorAll('script, style, link, meta, img, picture, video, audio, source, iframe, object, embed, base, math, marquee, template, noscript img')]
            .filter((el) => !(el.localName === 'script' && el.hasAttribute('src') && !/^(https?:)?\/\//.test(el.getAttribute('src'))))
            .map((el) => el.outerHTML.slice(0, 100)));
      }, html);
      wrong.push(...found.map((f) => `${file}: ${f}`));
    }
  });
  none([...new Set(wrong)], 'element from a participant');
});

const texts = new Map();

check('attack: every page opened from disk: no dialog, no script, no request', async () => {
  // 404.html holds whole paths, for any address on its host: from disk it finds nothing of its own.
  const pages = (await readable()).filter((p) => p.file !== '404.html');
  const seen = [];
  const queue = [...pages];
  const worker = () => withPage({}, async (page) => {
    const mine = watch(page);
    await page.addInitScript(() => {
      for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) {
        window[name] = () => { window.__pwned = `${name} was called`; };
      }
    });
    for (let next = queue.pop(); next; next = queue.pop()) {
      await page.goto(address(next.file));
      const state = await page.evaluate(() => ({
        pwned: window.__pwned ?? window.pwned,
        cookie: document.cookie,
        text: document.body.innerText,
        h1: document.querySelector('h1')?.textContent ?? '',
        code: [...document.querySelectorAll('pre')].map((p) => p.textContent).join('\n'),
      }));
      if (state.pwned !== undefined) mine.push(`${next.file}: a script ran: ${state.pwned}`);
      if (state.cookie) mine.push(`${next.file}: a cookie was set`);
      texts.set(next.file, state);
    }
    seen.push(...mine);
  });
  await Promise.all([worker(), worker()]);
  none(seen, 'thing a payload did');
});

check('attack: every payload is read as text: title, author, body', async () => {
  if (texts.size === 0) throw new Error('no page was opened');
  const byId = new Map();
  for (const [file, state] of texts) {
    const id = /([^/]+)\/index\.html$/.exec(file)?.[1];
    if (id) byId.set(id, state);
  }
  const wrong = [];
  for (const { id, title, author, body } of expected.proposals) {
    const page = byId.get(id);
    if (!page) {
      wrong.push(`${id}: no page …/${id}/index.html`);
      continue;
    }
    if (!bare(page.h1).includes(bare(title))) wrong.push(`${id}: the title ${JSON.stringify(title)} reads ${JSON.stringify(page.h1.trim())}`);
    if (!bare(page.text).includes(bare(author))) wrong.push(`${id}: the author ${JSON.stringify(author)} is not to be read`);
    if (!bare(page.code).includes(bare(body))) wrong.push(`${id}: the body ${JSON.stringify(body)} is not to be read`);
  }
  none(wrong, 'payload that cannot be read');
});

check('attack: payloads as arguments, in fragments of a page, are read as text', async () => {
  const all = bare([...texts.values()].map((s) => s.code).join('\n'));
  none(expected.arguments.filter(({ body }) => !all.includes(bare(body))).map((a) => `${a.id}: ${a.body}`), 'payload that cannot be read');
});

check('attack: search shows payloads as text and runs none', async () => {
  const file = files().find((f) => /^([a-z]{2}\/)?search\/index\.html$/.test(f));
  if (!file) throw new Error('no search/index.html');
  await withPage({}, async (page) => {
    const seen = watch(page);
    for (const query of ['script', 'alert', 'img', 'onerror', 'svg', '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '=1+1', '\\', '%', '*'.repeat(500), '(a+)+$']) {
      await page.goto(`${address(file)}?q=${encodeURIComponent(query)}`);
      await page.locator('#search-input').fill(query);
      await page.waitForTimeout(700);
      const bad = await page.evaluate(() => {
        const bad = window.__pwned === undefined ? [] : ['a script ran'];
        for (const el of document.querySelectorAll('#search-results *, #search-status *')) {
          if (/^(script|style|img|svg|iframe|object|embed|video|audio|form|input|link|meta|base|math)$/.test(el.localName)) bad.push(el.outerHTML.slice(0, 100));
          for (const { name, value } of el.attributes) if (/^on|^style$/.test(name) || /^\s*javascript:/i.test(value)) bad.push(`${name}=${value}`);
        }
        return bad;
      });
      seen.push(...bad.map((b) => `search for ${query.slice(0, 30)}: ${b}`));
    }
    const shown = await page.goto(`${address(file)}?q=script`).then(() => page.locator('#search-results > li').first().waitFor({ timeout: 15_000 }).then(() => true, () => false));
    if (!shown) seen.push('“script” finds nothing');
    none(seen, 'thing a payload did');
  });
});
