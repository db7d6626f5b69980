// One page of each kind under axe-core: phone and desktop, light and dark; and what axe cannot see: reflow, keyboard.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import { DESKTOP, PHONE, address, check, none, sample, withPage } from './lib.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const [size, viewport] of [['320 px', PHONE], ['1280 px', DESKTOP]]) {
  for (const colorScheme of ['light', 'dark']) {
    check(`accessibility: axe finds nothing, ${size}, ${colorScheme}`, async () => {
      const found = [];
      await withPage({ viewport, colorScheme, reducedMotion: 'reduce' }, async (page) => {
        for (const { file, kind } of await sample(1)) {
          await page.goto(address(file));
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
          for (const v of violations) {
            const nodes = v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} — ${n.html.slice(0, 120)} — ${(n.failureSummary ?? '').split('\n').slice(1).join(';').trim().slice(0, 200)}`);
            found.push(`${kind} (${file}): ${v.id} [${v.impact}] ${v.help} (${v.nodes.length}×)\n      ${nodes.join('\n      ')}`);
          }
        }
      });
      none(found, 'accessibility violation');
    });
  }
}

check('accessibility: no page scrolls sideways at 320 px', async () => {
  const wide = [];
  await withPage({ viewport: PHONE }, async (page) => {
    for (const { file, kind } of await sample(3)) {
      await page.goto(address(file));
      const over = await page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return null;
        const outer = [...document.body.querySelectorAll('*')].filter((el) => el.getBoundingClientRect().right > width + 0.5);
        const first = outer.filter((el) => ![...el.children].some((c) => outer.includes(c))).slice(0, 3);
        return `${document.documentElement.scrollWidth} px: ${first.map((el) => `<${el.localName} class="${el.className}"> ${(el.textContent ?? '').trim().slice(0, 40)}`).join(' | ')}`;
      });
      if (over) wide.push(`${kind} (${file}): ${over}`);
    }
  });
  none(wide, 'page wider than the phone');
});

check('accessibility: the first Tab offers to skip to the content, and focus is always visible', async () => {
  const wrong = [];
  await withPage({}, async (page) => {
    for (const { file, kind } of await sample(1)) {
      await page.goto(address(file));
      // A page may put the reader's cursor in its own field: start from the top.
      await page.evaluate(() => { document.activeElement?.blur(); });
      for (let stop = 0; stop < 8; stop++) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
          const el = document.activeElement;
          if (!el || el === document.body) return null;
          const style = getComputedStyle(el);
          const box = el.getBoundingClientRect();
          const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
          const target = el.getAttribute('href')?.startsWith('#') ? document.getElementById(el.getAttribute('href').slice(1)) : null;
          return {
            what: `<${el.localName}> ${(el.textContent || el.getAttribute('aria-label') || el.id || '').trim().slice(0, 40)}`,
            ring,
            seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0,
            skips: !!target && (target.matches('main') || !!target.closest('main') || !!target.querySelector('main')),
          };
        });
        if (!at) break;
        if (stop === 0 && !at.skips) wrong.push(`${kind} (${file}): first stop is ${at.what}, not a link to the content`);
        if (!at.ring) wrong.push(`${kind} (${file}): no focus ring on ${at.what}`);
        if (!at.seen) wrong.push(`${kind} (${file}): focus is out of sight on ${at.what}`);
      }
    }
  });
  none(wrong, 'keyboard problem');
});

check('accessibility: without JavaScript every page can be read', async () => {
  const wrong = [];
  await withPage({ javaScriptEnabled: false }, async (page) => {
    for (const { file, kind } of await sample(3)) {
      await page.goto(address(file));
      if (!(await page.locator('h1').first().isVisible())) wrong.push(`${kind} (${file}): no visible h1`);
      const words = (await page.locator('main').innerText()).trim();
      if (words.length < 20) wrong.push(`${kind} (${file}): ${words.length} characters of content`);
    }
  });
  none(wrong, 'page that needs JavaScript');
});

check('accessibility: without its style sheet a page reads in order', async () => {
  // The heading comes before what it heads: the first heading of the main content is the h1.
  const wrong = [];
  await withPage({}, async (page) => {
    for (const { file, kind } of await sample(1)) {
      await page.goto(address(file));
      const first = await page.evaluate(() => document.querySelector('main :is(h1,h2,h3,h4,h5,h6)')?.localName ?? null);
      const before = await page.evaluate(() => !!document.querySelector('h1') && !document.querySelector('main h1'));
      if (first !== 'h1' && !before) wrong.push(`${kind} (${file}): begins with ${first}`);
    }
  });
  none(wrong, 'page out of order');
});
