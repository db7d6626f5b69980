// The moderation desk of `greffe serve`, as a moderator uses it: a small site with an inbox is copied to a folder of its
// own, served, and read, decided, answered and undone in a browser. Files on disk are looked at after each decision.
//
//   GREFFE=path/to/greffe node --test tests/browser/desk.mjs
//
// It is no `*.test.mjs`: those are driven by a built site, this one by the program.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { DESKTOP, PROJECT, check, none, withPage } from './lib.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const built = ['release', 'debug'].map((profile) => path.join(process.env.CARGO_TARGET_DIR ?? path.join(PROJECT, 'target'), profile, 'greffe'));
const GREFFE = process.env.GREFFE ?? built.find((file) => fs.existsSync(file));
const PHONE = { width: 390, height: 844 };
const DIGEST = '0123456789abcdef'.repeat(4);

// ----------------------------------------------------------------------------------------------------------- the site

const received = (id, kind, title, body, more = '', intake = '') => [
  `inbox/eau/${id}.md`,
  `---\nkind: ${kind}\n${title ? `title: ${JSON.stringify(title)}\n` : ''}author: {pseudonym: "Loutre 12"}\ndate: 2026-11-20T10:00\nreceipt: ${DIGEST}\n${more}intake:\n  received: 2026-11-20T10:05:00+01:00\n  source: "essai.json"\n${intake}---\n\n${body}\n`,
];

const FILES = Object.fromEntries([
  ['greffe.yaml', 'title: Essai\n'],
  ['.gitignore', 'inbox/\nprivate/\n'],
  ['content/eau/consultation.yaml', `title: "L’eau du plateau"
summary: Un résumé.
organiser: {name: La mairie}
moderation:
  charter: Soyez courtois.
  reasons:
    - {id: insulte, title: Insulte, summary: "Injure ou moquerie visant une personne."}
    - {id: hors-sujet, title: Hors sujet}
`],
  ['content/eau/contributions/a.md', '---\nkind: proposal\ntitle: Des compteurs pour tous\nauthor: {pseudonym: Renarde 07}\ndate: 2026-11-02\n---\n\nRelever les compteurs chaque semaine et publier les volumes le lendemain, commune par commune.\n'],
  received('i-20261120-000001', 'proposal', 'Planter des haies', 'Des haies **partout**.\n\nÉcrivez-moi : jean.martin@orange.fr.'),
  received('i-20261120-000002', 'comment', '', 'Vous êtes des voleurs.', 'parent: a\n', '  marks: [spam]\n'),
  received('i-20261120-000003', 'proposal', 'Compteurs', 'Il faut relever les compteurs chaque semaine et publier les volumes le lendemain, voilà.', '', '  marks: [campaign, late]\n  same_as: a\n'),
  received('i-20261120-000004', 'comment', '"><script>window.pwned = 1</script>', '<script>window.pwned = 2</script> <img src=x onerror="window.pwned = 3"> [lien](javascript:window.pwned=4) ![i](https://evil.example/p.png)',
    'place: "<svg onload=window.pwned=5>"\nthemes: ["<style>*{display:none}</style>"]\n', '  marks: [incomplete]\n'),
  ['private/eau/contacts/i-20261120-000001.yaml', 'name: Jean Martin\nemail: jean.martin@orange.fr\n'],
]);

const servers = [];
after(() => servers.forEach((child) => child.kill()));

/** Serves a site of its own; gives its address, a reader of its files, and what the server printed. */
async function desk(more = {}) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'greffe-desk-'));
  for (const [name, text] of Object.entries({ ...FILES, ...more })) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  const port = await new Promise((free) => {
    const probe = http.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => free(port));
    });
  });
  const child = spawn(GREFFE, ['serve', '--root', root, '--port', String(port), '--lang', 'fr'], {
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
  servers.push(child);
  let said = '';
  child.stdout.on('data', (words) => { said += words; });
  child.stderr.on('data', (words) => { said += words; });
  const origin = `http://127.0.0.1:${port}`;
  for (let turn = 0; !said.includes('/.greffe/desk/'); turn++) {
    if (turn > 300) throw new Error(`the server did not start: ${said}`);
    await new Promise((later) => setTimeout(later, 100));
  }
  const tree = () => {
    const found = {};
    const walk = (folder) => {
      for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
        const name = path.join(folder, entry.name);
        if (entry.isDirectory()) walk(name);
        else found[name] = fs.readFileSync(path.join(root, name), 'utf8');
      }
    };
    walk('.');
    return found;
  };
  return {
    root, origin, url: `${origin}/.greffe/desk/`, said: () => said, tree,
    one: (id) => `${origin}/.greffe/desk/c/eau/${id}`,
    read: (name) => fs.readFileSync(path.join(root, name), 'utf8'),
    has: (name) => fs.existsSync(path.join(root, name)),
    close() { child.kill(); fs.rmSync(root, { recursive: true, force: true }); },
  };
}

/** Runs `use(page, site)` on a site of its own; scripts are off, as the desk must not need them. */
async function atDesk(use, options = {}, more = {}) {
  const site = await desk(more);
  try {
    await withPage({ javaScriptEnabled: false, ...options }, async (page) => {
      await page.goto(site.url);
      // Nobody is named: git has no name in this folder.
      await page.fill('#by', 'Le greffe');
      await page.click('button[value=who]');
      await use(page, site);
    });
  } finally {
    site.close();
  }
}

const note = (page) => page.locator('.desk-note').innerText();

/** Asks as any program may, outside of a browser. */
function ask(url, { method = 'GET', headers = {}, body = '' } = {}) {
  return new Promise((answer, fail) => {
    const request = http.request(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => { text += part; });
      response.on('end', () => answer({ status: response.statusCode, headers: response.headers, text }));
    });
    request.on('error', fail);
    request.end(body);
  });
}

// ------------------------------------------------------------------------------------------------------- the journeys

check('desk: the queue, its filters, and what is published of it: nothing', () => atDesk(async (page, site) => {
  await page.goto(site.url);
  assert.match(await page.locator('main').innerText(), /4 contributions attendent une décision/);
  assert.equal(await page.locator('.desk-row').count(), 4);
  await page.click('nav a:has-text("Robot probable")');
  assert.equal(await page.locator('.desk-row').count(), 1);
  await page.click('nav a:has-text("Sans signalement")');
  assert.match(await page.locator('.desk-row').innerText(), /Planter des haies/);
  for (const at of ['/', '/eau/', '/eau/contributions/', '/search/', '/eau/contributions/i-20261120-000001/', '/inbox/eau/i-20261120-000001.md']) {
    const { text } = await ask(site.origin + at);
    assert.doesNotMatch(text, /haies|000001|voleurs|\.greffe\/desk/, at);
  }
}));

check('desk: accept, then undo, to the byte', () => atDesk(async (page, site) => {
  const before = site.tree();
  await page.goto(site.one('i-20261120-000001'));
  assert.equal(await page.locator('.desk-sheet .prose strong').innerText(), 'partout');
  assert.match(await page.locator('.desk-warnings').innerText(), /adresse électronique.*jean\.martin@orange\.fr/s);
  await page.click('text=Publier telle quelle');
  assert.match(await note(page), /Publiée\s:\seau\/i-20261120-000001/);
  assert.match(page.url(), /i-20261120-000002/, 'the next that waits');
  const text = site.read('content/eau/contributions/i-20261120-000001.md');
  assert.match(text, /moderation: \{state: published, date: \d{4}-\d\d-\d\d, by: Le greffe, received: 2026-11-20T10:05:00\+01:00\}/);
  assert.doesNotMatch(text, /intake|essai\.json/);
  assert.ok(!site.has('inbox/eau/i-20261120-000001.md'));
  await page.click('text=Annuler cette décision');
  assert.match(await note(page), /annulée/);
  assert.deepEqual(site.tree(), before);
}));

check('desk: withhold for a reason of the charter; what others quote is told', () => atDesk(async (page, site) => {
  await page.goto(site.one('i-20261120-000002'));
  await page.click('summary:has-text("Écarter")');
  assert.match(await page.locator('.desk-decide').innerText(), /Injure ou moquerie visant une personne/);
  await page.check('#reason-insulte');
  await page.click('button[value=withhold]');
  assert.match(await note(page), /Écartée\s:\seau\/i-20261120-000002/);
  assert.doesNotMatch(site.read('content/eau/contributions/i-20261120-000002.md'), /voleurs|Loutre/);
  assert.match(site.read('private/eau/withheld/i-20261120-000002.md'), /voleurs/);
  // A published one too, found by words of its title.
  await page.fill('#q', 'compteurs pour');
  await page.click('text=Chercher');
  await page.click('.desk-row h2 a');
  await page.click('summary:has-text("Écarter")');
  await page.check('#reason-hors-sujet');
  await page.check('#title_may_stay');
  await page.click('button[value=withhold]');
  assert.match(await note(page), /inbox\/eau\/i-20261120-000003\.md:\d+/, 'eight of its words wait in the inbox');
  assert.match(site.read('content/eau/contributions/a.md'), /title: Des compteurs pour tous\n/);
  assert.doesNotMatch(site.read('content/eau/contributions/a.md'), /Relever|Renarde/);
  await page.goto(site.one('a'));
  const sheet = await page.locator('.desk-sheet').innerText();
  assert.doesNotMatch(sheet, /Relever les compteurs|Renarde/);
  assert.match(sheet, /Des compteurs pour tous[\s\S]*Écartée.*Le greffe.*Hors sujet/);
  // Contested, read again, published after all.
  await page.click('summary:has-text("Lire les mots écartés")');
  assert.match(await page.locator('.desk-decide .prose').innerText(), /Relever les compteurs/);
  await page.click('text=Publier après tout');
  assert.match(site.read('content/eau/contributions/a.md'), /title: Des compteurs pour tous\n.*state: published.*\n---\n\nRelever/s);
}));

check('desk: several at once, all or none', () => atDesk(async (page, site) => {
  const before = site.tree();
  await page.goto(site.url);
  await page.click('summary:has-text("Décider de plusieurs")');
  await page.click('text=Publier les contributions cochées');
  assert.match(await note(page), /Cochez au moins une contribution/);
  await page.check('input[value="eau/i-20261120-000002"]');
  await page.check('input[value="eau/i-20261120-000004"]');
  await page.click('summary:has-text("Décider de plusieurs")');
  await page.selectOption('#several-reason', 'insulte');
  await page.click('text=Écarter les contributions cochées');
  assert.match(await note(page), /000002, eau\/i-20261120-000004/);
  assert.equal(await page.locator('.desk-row').count(), 3);
  await page.click('.desk-note >> text=Annuler cette décision');
  assert.deepEqual(site.tree(), before);
  await page.goto(site.url);
  await page.check('input[value="eau/i-20261120-000001"]');
  await page.check('input[value="eau/i-20261120-000009"]');
  await page.click('summary:has-text("Décider de plusieurs")');
  await page.click('text=Publier les contributions cochées');
  assert.match(await note(page), /Rien n’a été changé/);
  assert.deepEqual(site.tree(), before);
}, {}, Object.fromEntries([received('i-20261120-000009', 'comment', '', 'Bien.', 'parent: personne\n')])));

check('desk: merge, by words of a title', () => atDesk(async (page, site) => {
  await page.goto(site.one('i-20261120-000003'));
  assert.match(await page.locator('.desk-warnings').innerText(), /content\/eau\/contributions\/a\.md:\d+/);
  await page.click('summary:has-text("Réunir")');
  await page.fill('#into', 'nulle part');
  await page.click('button:has-text("Réunir")');
  assert.match(await page.locator('.desk-note').getAttribute('class'), /is-failed/);
  assert.match(await page.locator('.desk-decide').innerText(), /Aucune contribution publiée/);
  await page.fill('#into', 'pour tous');
  await page.click('button:has-text("Réunir") >> nth=0');
  await page.check('#into-a');
  await page.click('button:has-text("Réunir") >> nth=1');
  assert.match(await note(page), /Réunie\s:\seau\/i-20261120-000003/);
  assert.match(site.read('content/eau/contributions/i-20261120-000003.md'), /\nmerged_into: a\n/);
}));

check('desk: answer what is published, and what is typed is not lost', () => atDesk(async (page, site) => {
  await page.goto(site.url);
  await page.click('text=1 contribution publiée n’a pas de réponse');
  await page.click('.desk-row h2 a');
  await page.fill('#answer-author', ' ');
  await page.fill('#answer-title', 'Sur les compteurs');
  await page.selectOption('#answer-decision', 'kept-in-part');
  await page.fill('#answer-words', 'Le relevé sera **mensuel**.\n\n<script>window.pwned = 1</script>');
  await page.click('text=Publier la réponse');
  assert.match(await note(page), /qui répond/);
  assert.match(await page.inputValue('#answer-words'), /Le relevé sera \*\*mensuel\*\*/);
  await page.fill('#answer-author', 'Direction de l’eau');
  await page.click('text=Publier la réponse');
  assert.match(await note(page), /Réponse écrite/);
  assert.equal(await page.locator('.desk-response .prose strong').innerText(), 'mensuel');
  const text = site.read('content/eau/responses/r-a.md');
  assert.match(text, /^---\ntitle: Sur les compteurs\nto:\n\s*- a\nauthor:\n\s+name: Direction de l’eau\ndate: \d{4}-\d\d-\d\d\ndecision: kept-in-part\n---\n\nLe relevé sera/);
  await page.click('text=Annuler cette décision');
  assert.ok(!site.has('content/eau/responses/r-a.md'));
}));

check('desk: by keyboard alone', () => atDesk(async (page, site) => {
  await page.goto(site.one('i-20261120-000002'));
  const reach = async (wanted) => {
    for (let stop = 0; stop < 60; stop++) {
      await page.keyboard.press('Tab');
      const at = page.locator(':focus');
      if (await at.count() && await at.evaluate((el, wanted) => el.matches(wanted), wanted)) return;
    }
    throw new Error(`Tab never reaches ${wanted}`);
  };
  await reach('.desk-action summary');
  await page.keyboard.press('Enter');
  await reach('input[type=radio]');
  await page.keyboard.press('ArrowDown');
  assert.ok(await page.isChecked('#reason-hors-sujet'));
  await reach('button[value=withhold]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/note=/);
  assert.match(await note(page), /Écartée/);
  assert.match(site.read('content/eau/contributions/i-20261120-000002.md'), /reason: hors-sujet/);
}));

check('desk: a decision that the content does not bear is refused, with its place', () => atDesk(async (page, site) => {
  const before = site.tree();
  await page.goto(site.one('i-20261120-000009'));
  await page.click('text=Publier telle quelle');
  assert.match(await note(page), /Rien n’a été changé/);
  assert.match(await note(page), /content\/eau\/contributions\/i-20261120-000009\.md:\d+/);
  assert.deepEqual(site.tree(), before);
}, {}, Object.fromEntries([received('i-20261120-000009', 'comment', '', 'Bien.', 'parent: personne\n')])));

check('desk: contact details are shown when they are asked for, and not before', () => atDesk(async (page, site) => {
  await page.goto(site.one('i-20261120-000001'));
  assert.doesNotMatch(await page.content(), /Jean Martin/);
  await page.click('text=Les montrer');
  assert.match(await page.locator('#contact').innerText(), /Jean Martin/);
  assert.doesNotMatch(site.said(), /Jean Martin|000001/);
}));

// --------------------------------------------------------------------------------------------------------- the attacks

check('desk: what a participant wrote is only words', async () => {
  const site = await desk();
  try {
    await withPage({}, async (page) => {
      const seen = [];
      page.on('request', (request) => { if (!request.url().startsWith(site.origin)) seen.push(request.url()); });
      page.on('dialog', (dialog) => { seen.push(dialog.message()); dialog.dismiss(); });
      for (const at of [site.url, site.one('i-20261120-000004'), `${site.url}find?q=${encodeURIComponent('"><script>window.pwned=1</script>')}`,
        `${site.url}?mark=${encodeURIComponent('"><script>window.pwned=1</script>')}`]) {
        await page.goto(at);
        await page.waitForTimeout(50);
        assert.equal(await page.evaluate(() => globalThis.pwned), undefined, at);
        assert.equal(await page.locator('main :is(script, style, img, svg), main [onerror], main a[href^=javascript]').count(), 0, at);
      }
      none(seen, 'thing that a page of the desk asked for or did');
    });
  } finally {
    site.close();
  }
});

check('desk: forms of others, of other runs and of programs change nothing', async () => {
  const site = await desk();
  const evil = http.createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<form id=f method=post action="${site.url}do"><input name=verb value=accept><input name=id value="eau/i-20261120-000001"><input name=token value="TOKEN"><button>go</button></form>`.replace('TOKEN', evil.token));
  });
  await new Promise((ready) => evil.listen(0, '127.0.0.1', ready));
  try {
    const before = site.tree();
    const page = await ask(site.url);
    const token = /name="?token"? value="?([0-9a-f]{64})/.exec(page.text)[1];
    evil.token = token;
    // Even with the right token, from another origin.
    await withPage({}, async (browser) => {
      for (const host of ['127.0.0.1', 'localhost']) {
        await browser.goto(`http://${host}:${evil.address().port}/`);
        const [answer] = await Promise.all([browser.waitForResponse((r) => r.url().endsWith('/do')), browser.click('button')]);
        assert.equal(answer.status(), 403);
      }
      // In a frame of another page it is not shown.
      await browser.goto(`http://127.0.0.1:${evil.address().port}/`);
      const shown = await browser.evaluate((url) => new Promise((done) => {
        const frame = document.createElement('iframe');
        frame.src = url;
        frame.onload = () => { try { done(frame.contentDocument !== null); } catch { done(false); } };
        document.body.append(frame);
      }), site.url);
      assert.equal(shown, false);
      assert.equal(browser.frames().some((frame) => frame !== browser.mainFrame() && frame.url().startsWith(site.url)), false);
    });
    const form = (token) => new URLSearchParams({ verb: 'accept', id: 'eau/i-20261120-000001', ...(token && { token }) }).toString();
    const own = { Origin: site.origin, 'Content-Type': 'application/x-www-form-urlencoded' };
    for (const [what, headers, body] of [
      ['no origin', { ...own, Origin: undefined }, form(token)],
      ['null', { ...own, Origin: 'null' }, form(token)],
      ['another port', { ...own, Origin: 'http://127.0.0.1:1' }, form(token)],
      ['another site', { ...own, 'Sec-Fetch-Site': 'cross-site' }, form(token)],
      ['no token', own, form()],
      ['another token', own, form('0'.repeat(64))],
      ['another host', { ...own, Host: 'evil.example', Origin: 'http://evil.example' }, form(token)],
    ]) {
      const kept = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
      assert.equal((await ask(`${site.url}do`, { method: 'POST', headers: kept, body })).status, 403, what);
    }
    assert.equal((await ask(`${site.url}do`, { method: 'POST', headers: own, body: `${form(token)}&words=${'x'.repeat(600 << 10)}` })).status, 413);
    assert.equal((await ask(`${site.url}do?${form(token)}`)).status, 404, 'asking does nothing');
    assert.equal((await ask(site.url, { method: 'PUT', headers: own })).status, 405);
    assert.equal((await ask(site.url, { headers: { Host: 'evil.example' } })).status, 403);
    for (const at of ['c/eau/..%2f..%2fgreffe.yaml', 'c/../../private', 'c/eau/%00', 'x', 'c/', '../../private/eau/contacts/i-20261120-000001.yaml?contact=1']) {
      const { status, text } = await ask(`${site.url}${at}`);
      assert.ok(status === 404, `${at}: ${status}`);
      assert.doesNotMatch(text, /Jean Martin/);
    }
    const { headers } = page;
    assert.equal(headers['cache-control'], 'no-store');
    assert.match(headers['content-security-policy'], /default-src 'self'.*frame-ancestors 'none'/);
    assert.equal(headers['x-frame-options'], 'DENY');
    assert.deepEqual(site.tree(), before);
    // And the right form from the right place is heard.
    const done = await ask(`${site.url}do`, { method: 'POST', headers: { ...own, 'Sec-Fetch-Site': 'same-origin' }, body: new URLSearchParams({ token, verb: 'who', by: 'Le greffe' }).toString() });
    assert.equal(done.status, 303);
  } finally {
    evil.closeAllConnections();
    evil.close();
    site.close();
  }
});

// ------------------------------------------------------------------------------------------------------ accessibility

for (const [size, viewport] of [['390 px', PHONE], ['1280 px', DESKTOP]]) {
  for (const colorScheme of ['light', 'dark']) {
    check(`desk: axe finds nothing and nothing scrolls sideways, ${size}, ${colorScheme}`, async () => {
      const site = await desk();
      const found = [];
      try {
        await withPage({ viewport, colorScheme, reducedMotion: 'reduce' }, async (page) => {
          await page.goto(site.url);
          await page.fill('#by', 'Le greffe');
          await page.click('button[value=who]');
          const look = async (what) => {
            await page.evaluate(() => { for (const one of document.querySelectorAll('details')) one.open = true; });
            await page.evaluate(axe);
            const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
            found.push(...violations.map((v) => `${what}: ${v.id} ${v.help} — ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary}`));
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            if (wide > 0) found.push(`${what}: ${wide} px too wide`);
          };
          for (const at of ['', '?mark=spam', 'find', 'find?q=compteurs', 'c/eau/a', 'c/eau/i-20261120-000001?contact=1', 'c/eau/i-20261120-000003', 'c/eau/i-20261120-000004']) {
            await page.goto(site.url + at);
            await look(at);
          }
          await page.goto(site.one('i-20261120-000002'));
          await page.click('summary:has-text("Écarter")');
          await page.check('#reason-insulte');
          await page.click('button[value=withhold]');
          await look('after a decision');
          await page.goto(site.one('i-20261120-000002'));
          await look('withheld');
          await page.goto(site.one('i-20261120-000003'));
          await page.click('summary:has-text("Réunir")');
          await page.fill('#into', 'compteurs');
          await page.click('button:has-text("Réunir")');
          await look('refused');
        });
      } finally {
        site.close();
      }
      none(found, 'accessibility violation');
    });
  }
}
