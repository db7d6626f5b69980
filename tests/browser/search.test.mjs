// Search, from disk. The contract between the theme and these tests: on `search/index.html`, `#search-input` (name=q),
// `#search-results` (a list), `#search-status` (announced), `#search-filters` (selects and inputs). Words to look for
// are taken from the titles of the site itself.

import fs from 'node:fs';
import path from 'node:path';
import { SITE, address, check, files, none, readable, resolve, serve, watch, withPage } from './lib.mjs';

const searchPages = () => files().filter((f) => /^([a-z]{2}\/)?search\/index\.html$/.test(f));
const fold = (words) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Titles of what can be found: those of pages about one thing. */
async function titles(searchPage) {
  const prefix = searchPage.replace(/search\/index\.html$/, '');
  const kinds = /^(proposal|article|amendment|contribution|wording|petition|meeting|vote|text)$/;
  return (await readable()).filter((p) => kinds.test(p.kind ?? '') && p.file.startsWith(prefix)).map((p) => p.h1[0] ?? '');
}

/** Words to look for: those of titles, long enough to be no word of every sentence. */
const words = async (searchPage) => [...new Set((await titles(searchPage)).flatMap((t) => t.match(/\p{L}{8,}/gu) ?? []))];

async function open(page, file, query = '') {
  await page.goto(address(file) + query);
  await page.locator('#search-input').waitFor();
}

/** Types words and waits until the announced status has settled. */
async function ask(page, words) {
  const before = await page.locator('#search-status').innerText();
  await page.fill('#search-input', words);
  await page.waitForFunction(
    (old) => { const now = document.querySelector('#search-status').innerText.trim(); return now && now !== old; },
    before.trim(), { timeout: 15_000 },
  ).catch(() => {});
  await page.waitForTimeout(400);
  return page.locator('#search-results > li').count();
}

check('search: the page keeps its contract', async () => {
  if (searchPages().length === 0) throw new Error('no search/index.html');
  for (const file of searchPages()) {
    await withPage({}, async (page) => {
      await open(page, file);
      const wrong = await page.evaluate(() => {
        const wrong = [];
        const input = document.querySelector('#search-input');
        const results = document.querySelector('#search-results');
        const status = document.querySelector('#search-status');
        const filters = document.querySelector('#search-filters');
        if (input?.name !== 'q') wrong.push('#search-input is not named q');
        if (!input?.closest('form, search, [role=search]')) wrong.push('#search-input stands in no form or search landmark');
        if (!(input?.labels?.length || input?.getAttribute('aria-label'))) wrong.push('#search-input has no label');
        if (!/^(ol|ul)$/.test(results?.localName)) wrong.push('#search-results is not a list');
        if (!(status?.getAttribute('aria-live') || status?.getAttribute('role') === 'status')) wrong.push('#search-status is not announced');
        if (!filters?.querySelector('select, input')) wrong.push('#search-filters holds no select or input');
        for (const f of filters?.querySelectorAll('select, input:not([type=hidden])') ?? []) {
          if (!(f.labels?.length || f.getAttribute('aria-label'))) wrong.push(`filter ${f.name || f.id} has no label`);
        }
        return wrong;
      });
      none(wrong.map((w) => `${file}: ${w}`), 'broken promise');
    });
  }
});

check('search: a word typed without its accents is found and marked', async (skip) => {
  const [file] = searchPages();
  const accented = (await titles(file)).flatMap((t) => t.match(/\p{L}{6,}/gu) ?? []).filter((w) => fold(w) !== w.toLowerCase());
  if (accented.length === 0) return skip('no title with an accent');
  await withPage({}, async (page) => {
    const seen = watch(page);
    await open(page, file);
    for (const word of accented.slice(0, 3)) {
      const count = await ask(page, fold(word));
      if (count === 0) throw new Error(`“${fold(word)}” finds nothing, though a title says “${word}”`);
      const marks = await page.locator('#search-results mark').allInnerTexts();
      const stem = fold(word).slice(0, 4);
      if (!marks.some((m) => fold(m).includes(stem))) throw new Error(`“${fold(word)}”: marks are ${JSON.stringify(marks.slice(0, 5))}`);
      if (!(await page.locator('#search-status').innerText()).trim()) throw new Error('the status says nothing');
    }
    none(seen, 'thing search should not do');
  });
});

check('search: an elided word is found without its article, and with it', async (skip) => {
  const [file] = searchPages();
  const elided = (await titles(file))
    .map((t) => /(?<!\p{L})((?:l|d|qu|jusqu|lorsqu|n|s)['’])(\p{L}{5,})/iu.exec(t)).filter(Boolean);
  if (elided.length === 0) return skip('no elision in a title');
  await withPage({}, async (page) => {
    await open(page, file);
    for (const [, article, word] of elided.slice(0, 3)) {
      for (const query of [fold(word), `${fold(article).replace('’', "'")}${fold(word)}`]) {
        if ((await ask(page, query)) === 0) throw new Error(`“${query}” finds nothing, though a title says “${article}${word}”`);
      }
    }
  });
});

check('search: singular finds plural', async (skip) => {
  const [file] = searchPages();
  const plural = (await titles(file)).flatMap((t) => t.match(/\p{L}{6,}s(?!\p{L})/gu) ?? []).filter((w) => !/(ss|us|is|as|os)$/i.test(w));
  if (plural.length === 0) return skip('no plural in a title');
  await withPage({}, async (page) => {
    await open(page, file);
    for (const word of plural.slice(0, 2)) {
      const query = fold(word).slice(0, -1);
      if ((await ask(page, query)) === 0) throw new Error(`“${query}” finds nothing, though a title says “${word}”`);
    }
  });
});

check('search: nothing found is said, not left blank', async () => {
  await withPage({}, async (page) => {
    await open(page, searchPages()[0]);
    if ((await ask(page, 'zzxxqqkkww')) !== 0) throw new Error('results for a word that no language has');
    if (!(await page.locator('#search-status').innerText()).trim()) throw new Error('the status says nothing');
  });
});

check('search: words of every sentence are told apart from words that stand nowhere', async () => {
  await withPage({}, async (page) => {
    await open(page, searchPages()[0]);
    const prompt = await page.locator('#search-status').innerText();
    await ask(page, 'zzxxqqkkww');
    const none = await page.locator('#search-status').innerText();
    const common = (await page.locator('html').getAttribute('lang')).startsWith('fr') ? 'dans' : 'the';
    await ask(page, common);
    const said = await page.locator('#search-status').innerText();
    if (!said.includes(common) || said === prompt || said === none.replace('zzxxqqkkww', common)) throw new Error(`“${common}”: ${said}`);
  });
});

check('search: a query in the address is run', async () => {
  const [word] = await words(searchPages()[0]);
  await withPage({}, async (page) => {
    await open(page, searchPages()[0], `?q=${encodeURIComponent(word)}`);
    await page.locator('#search-results > li').first().waitFor({ timeout: 15_000 });
    const value = await page.inputValue('#search-input');
    if (value !== word) throw new Error(`the field says “${value}”, not “${word}”`);
  });
});

check('search: the same works from a server, under a path, with the published headers', async () => {
  const [file] = searchPages();
  const [word] = await words(file);
  const server = await serve();
  try {
    await withPage({}, async (page) => {
      const seen = watch(page, { origin: server.url });
      await page.goto(`${server.url}${file}?q=${encodeURIComponent(word)}`);
      await page.locator('#search-results > li').first().waitFor({ timeout: 15_000 });
      none(seen, 'thing search should not do');
    });
  } finally {
    await server.close();
  }
});

check('search: every result leads to an element that exists', async () => {
  const [file] = searchPages();
  const few = (await words(file)).slice(0, 5);
  const there = new Set(files());
  const wrong = [];
  await withPage({}, async (page) => {
    await open(page, file);
    for (const word of few) {
      await ask(page, word);
      const hrefs = await page.locator('#search-results a').evaluateAll((as) => as.map((a) => a.getAttribute('href')));
      for (const href of hrefs) {
        const to = resolve(file, href);
        if (to.outside !== undefined || !there.has(to.file)) wrong.push(`${word}: ${href}`);
        else if (to.fragment && !fs.readFileSync(path.join(SITE, to.file), 'utf8').includes(`id="${to.fragment}"`)
          && !fs.readFileSync(path.join(SITE, to.file), 'utf8').includes(`id=${to.fragment}`)) wrong.push(`${word}: ${href}: no such element`);
      }
    }
  });
  none(wrong, 'result that leads nowhere');
});

check('search: filters narrow the results', async (skip) => {
  const [file] = searchPages();
  const few = (await words(file)).slice(0, 3);
  await withPage({}, async (page) => {
    await open(page, file);
    const selects = await page.locator('#search-filters select:visible').evaluateAll((all) =>
      all.map((s) => ({ id: s.id, name: s.name, options: [...s.options].map((o) => o.value) })));
    if (selects.length === 0) return skip('no select among the filters');
    let narrowed = 0;
    for (const word of few) {
      const all = await ask(page, word);
      if (all === 0) continue;
      const status = await page.locator('#search-status').innerText();
      for (const select of selects) {
        const which = page.locator(select.id ? `#${select.id}` : `#search-filters select[name="${select.name}"]`);
        for (const value of select.options.filter((v) => v !== '').slice(0, 4)) {
          await which.selectOption(value);
          await page.waitForTimeout(400);
          const some = await page.locator('#search-results > li').count();
          if (some > all) throw new Error(`“${word}” with ${select.name}=${value}: ${some} results, ${all} without`);
          if (some < all || (await page.locator('#search-status').innerText()) !== status) narrowed++;
        }
        await which.selectOption(select.options[0]);
        await page.waitForTimeout(300);
      }
      if ((await page.locator('#search-results > li').count()) !== all) throw new Error(`“${word}”: lifting the filters does not bring the results back`);
    }
    if (narrowed === 0) throw new Error('no filter changed anything');
  });
});

check('search: usable with the keyboard alone', async () => {
  const [file] = searchPages();
  const [word] = await words(file);
  await withPage({}, async (page) => {
    await open(page, file);
    const reach = async (selector, most) => {
      for (let i = 0; i < most; i++) {
        if (await page.evaluate((s) => !!document.activeElement?.matches(s), selector)) return true;
        await page.keyboard.press('Tab');
      }
      return false;
    };
    if (!(await reach('#search-input', 60))) throw new Error('Tab never reaches the field');
    await page.keyboard.type(word);
    await page.locator('#search-results > li').first().waitFor({ timeout: 15_000 });
    if (!(await reach('#search-filters select, #search-filters input', 30))) throw new Error('Tab never reaches a filter');
    if (!(await reach('#search-results a', 60))) throw new Error('Tab never reaches a result');
    await Promise.all([page.waitForURL((url) => !url.pathname.endsWith('search/index.html')), page.keyboard.press('Enter')]);
    if (!(await page.locator('h1').first().isVisible())) throw new Error('the result has no h1');
  });
});

check('search: without JavaScript the page leads to lists', async () => {
  const there = new Map((await readable()).map((p) => [p.file, p]));
  for (const file of searchPages()) {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(address(file));
      const hrefs = [];
      for (const link of await page.locator('main a').all()) if (await link.isVisible()) hrefs.push(await link.getAttribute('href'));
      const pages = hrefs.map((href) => there.get(resolve(file, href).file)).filter(Boolean);
      const lists = /(^|\/)(contributions|by-date|by-votes|by-article|amendments)\/index\.html$/;
      if (!pages.some((p) => lists.test(p.file) || /^(list|contributions)/.test(p.kind))) {
        throw new Error(`${file}: leads to ${JSON.stringify(pages.map((p) => `${p.kind}: ${p.file}`))}, no list among them`);
      }
    });
  }
});
