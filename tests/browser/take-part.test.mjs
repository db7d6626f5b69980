// Taking part, on any site that has a form; what needs a given channel is tested on the site of tests/browser/channels,
// and skipped on others.

import assert from 'node:assert';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PHONE, SITE, address, check, readable, serve, watch, withPage } from './lib.mjs';
import { fill, fillAndSave } from './participation.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The pages of forms by channel, from the survey: only those whose form is there. */
async function forms() {
  const found = {};
  for (const { file } of (await readable()).filter((p) => p.kind === 'take-part')) {
    const channel = /<form id="take-part"[^>]*data-channel="(\w+)"/.exec(fs.readFileSync(path.join(SITE, file), 'utf8'))?.[1];
    if (channel) found[channel] ??= file;
  }
  return found;
}
const onForm = (channel, name, run, options = {}) => check(`take part: ${name}`, async (skip) => {
  const all = await forms();
  const file = channel ? all[channel] : Object.values(all)[0];
  if (!file) return skip(channel ? `no form of channel ${channel}` : 'no form');
  await withPage(options, (page, context) => run(page, file, context));
});
const json = (file) => JSON.parse(fs.readFileSync(path.join(SITE, file.replace(/index\.html$/, 'index.json')), 'utf8'));
const RECEIPT = /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/;
const proposal = { kind: 'proposal', title: 'Des compteurs', body: 'Posons des compteurs.\n\nEt lisons-les.' };

// ------------------------------------------------------------------------------------------------- every form

onForm(null, 'axe finds nothing, empty, with errors, and with the fields of each kind, at 320 px', async (page, file) => {
  await page.goto(address(file));
  await page.evaluate(axe);
  const wrong = async (when) => {
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    assert.deepEqual(violations.map((v) => `${when}: ${v.id} ${v.nodes.map((n) => n.target).join(' ')}`), []);
  };
  await wrong('empty');
  await page.click('#tp-send');
  await wrong('errors');
  for (const kind of await page.locator('[name=kind]').evaluateAll((all) => all.map((e) => e.value))) {
    await page.check(`[name=kind][value="${kind}"]`);
    await wrong(kind);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.ok(!wide, `${kind} scrolls sideways`);
  }
}, { viewport: PHONE, reducedMotion: 'reduce' });

onForm(null, 'errors are listed, the focus goes there, each leads to its field', async (page, file) => {
  await page.goto(address(file));
  await page.click('#tp-send');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'tp-errors');
  const links = page.locator('#tp-errors a');
  assert.ok((await links.count()) >= 3);
  for (let at = 0; at < (await links.count()); at++) {
    const words = await links.nth(at).textContent();
    await links.nth(at).focus();
    await page.keyboard.press('Enter');
    const told = await page.evaluate(() => {
      const el = document.activeElement;
      const said = (el.getAttribute('aria-describedby') ?? '').split(' ').map((i) => document.getElementById(i)?.textContent);
      return { invalid: el.getAttribute('aria-invalid'), said };
    });
    assert.equal(told.invalid, 'true', words);
    assert.ok(told.said.includes(words), `${words}: ${told.said}`);
  }
  // What is mended is no longer called wrong.
  await page.check('[name=kind][value=comment]');
  assert.equal(await page.locator('[data-field=kind] [aria-invalid]').count(), 0);
});

onForm(null, 'the length is counted, not at each key for who listens', async (page, file) => {
  await page.clock.install();
  await page.goto(address(file));
  const { max_length: most } = json(file);
  await page.check('[name=kind][value=comment]');
  await page.fill('#tp-body', 'a'.repeat(most - 1));
  assert.match(await page.textContent('#tp-left'), /^1 /);
  assert.equal(await page.textContent('#tp-left-said'), '');
  await page.clock.runFor(1500);
  assert.match(await page.textContent('#tp-left-said'), /^1 /);
  await page.fill('#tp-body', 'a'.repeat(most + 12));
  assert.match(await page.textContent('#tp-left'), /^12 /);
  await page.click('#tp-send');
  assert.equal(await page.locator('#tp-body').getAttribute('aria-invalid'), 'true');
});

onForm(null, 'a draft outlives the page, says so, and is deleted', async (page, file) => {
  await page.goto(address(file));
  assert.ok(!(await page.isVisible('#tp-draft')));
  await fill(page, { kind: 'proposal', title: 'Un titre gardé', body: 'Des mots gardés.', author_kind: 'organisation', organisation: 'Les Amis' });
  const receipt = await page.textContent('#tp-receipt .receipt-shown');
  assert.match(receipt, RECEIPT);
  await page.reload();
  assert.equal(await page.inputValue('#tp-title'), 'Un titre gardé');
  assert.equal(await page.inputValue('#tp-organisation'), 'Les Amis');
  assert.ok(await page.isChecked('#tp-consent'));
  assert.equal(await page.textContent('#tp-receipt .receipt-shown'), receipt, 'the receipt that was noted stays');
  assert.ok(await page.isVisible('#tp-draft'));
  await page.click('#tp-forget');
  assert.equal(await page.inputValue('#tp-title'), '');
  await page.reload();
  assert.equal(await page.inputValue('#tp-title'), '');
  assert.notEqual(await page.textContent('#tp-receipt .receipt-shown'), receipt);
});

onForm(null, 'where no draft can be kept, leaving asks first', async (page, file) => {
  await page.addInitScript(() => { Storage.prototype.setItem = () => { throw new Error('full'); }; });
  await page.goto(address(file));
  await page.check('[name=kind][value=comment]');
  await page.locator('#tp-body').pressSequentially('Des mots');
  let asked = 0;
  page.on('dialog', (dialog) => { asked += dialog.type() === 'beforeunload' ? 1 : 0; dialog.accept(); });
  await page.goto('about:blank');
  assert.equal(asked, 1);
});

onForm(null, 'the form opens and closes by the reader’s clock', async (page, file) => {
  const { opens_at: opens, closes_at: closes } = json(file);
  if (!closes) return;
  await page.clock.install({ time: new Date(Date.parse(closes) - 60_000) });
  await page.goto(address(file));
  assert.ok(await page.isVisible('#take-part'));
  await page.fill('#tp-body', 'Des mots de la dernière minute.');
  await page.clock.runFor(70_000);
  assert.ok(await page.isVisible('#tp-clock'));
  assert.ok(await page.isVisible('#tp-body'), 'who was writing keeps their words');
  assert.ok(await page.isDisabled('#tp-send'));
  await page.click('#tp-forget');
  await page.reload();
  assert.ok(!(await page.isVisible('#take-part')), 'who comes later finds no form');
  assert.ok(await page.isVisible('#tp-clock'));
  if (!opens) return;
  await page.clock.setSystemTime(new Date(Date.parse(opens) - 60_000));
  await page.reload();
  assert.ok(!(await page.isVisible('#take-part')));
});

onForm(null, 'without a script the form is whole, and its trap is out of the way', async (page, file) => {
  await page.goto(address(file));
  const hidden = await page.locator('#take-part [data-field] :is(input, select, textarea)').evaluateAll((all) => all.filter((e) => e.offsetParent === null).map((e) => e.name));
  assert.deepEqual(hidden, []);
  assert.ok(await page.isVisible('main noscript .notice'));
  const trap = page.locator('[name=website]');
  assert.equal(await trap.getAttribute('tabindex'), '-1');
  assert.equal(await trap.evaluate((e) => !!e.closest('[aria-hidden=true]')), true);
  assert.ok((await trap.boundingBox()).width <= 1 || (await trap.evaluate((e) => getComputedStyle(e.parentElement).position)) === 'absolute');
}, { javaScriptEnabled: false });

onForm(null, 'links from a text say what one writes about; a hostile one changes nothing else', async (page, file) => {
  const { texts } = json(file);
  const hostile = encodeURIComponent('"><img src=x onerror=alert(1)>');
  await page.goto(`${address(file)}?text=${hostile}&article=${hostile}&paragraph=${hostile}&parent=${hostile}&kind=${hostile}`);
  assert.equal(await page.locator('main img').count(), 0);
  assert.ok(!(await page.isVisible('#tp-parent')));
  await page.goto(`${address(file)}?parent=c-012`);
  assert.match(await page.textContent('#tp-parent'), /c-012/);
  const text = texts.find((t) => t.articles.length);
  if (!text) return;
  const article = text.articles.at(-1);
  await page.goto(`${address(file)}?text=${encodeURIComponent(text.id)}&article=${encodeURIComponent(article.id)}&paragraph=1`);
  assert.equal(await page.inputValue('#tp-text'), text.id);
  assert.equal(await page.inputValue('#tp-article'), article.id);
  assert.equal(await page.inputValue('#tp-paragraph'), '1');
  assert.equal(await page.inputValue('[name=version]'), text.version);
});

// --------------------------------------------------------------------------------------------------- a saved file

onForm('file', 'filled in with the keyboard alone, the file holds what was agreed', async (page, file) => {
  await page.goto(address(file));
  const to = async (name) => {
    for (let tab = 0; tab < 80; tab++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((n) => document.activeElement.name === n || document.activeElement.id === n, name)) return;
    }
    throw new Error(`the keyboard does not reach ${name}`);
  };
  await to('kind');
  await page.keyboard.press('Space');
  await to('title');
  await page.keyboard.type('Des compteurs');
  await to('body');
  await page.keyboard.type('Posons des compteurs.');
  await to('show');
  await page.keyboard.press('ArrowDown');
  await to('pseudonym');
  await page.keyboard.type('Une voisine');
  await to('consent');
  await page.keyboard.press('Space');
  await to('tp-send');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const saved = JSON.parse(fs.readFileSync(await download.path(), 'utf8'));
  const bare = saved.receipt.replaceAll('-', '');
  assert.equal(download.suggestedFilename(), `contribution-${bare.slice(0, 10)}.json`);
  assert.match(saved.receipt, RECEIPT);
  assert.match(saved.written, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const { receipt: _, written: __, ...rest } = saved;
  assert.deepEqual(rest, {
    'form-name': 'contribution-fichier', greffe: 'contribution/1', consultation: 'fichier', version: 'depot', kind: 'proposal',
    text: 'projet', title: 'Des compteurs', body: 'Posons des compteurs.', show: 'pseudonym', pseudonym: 'Une voisine',
    author_kind: 'citizen', consent: 'yes',
  });
  assert.equal(await page.evaluate(() => document.activeElement.id), 'tp-sent');
  assert.ok(!(await page.isVisible('#take-part')));
  await page.reload();
  assert.equal(await page.inputValue('#tp-title'), '', 'the draft is cleared once saved');
});

onForm('file', 'answers, anchors and an organisation are saved; what is hidden is not', async (page, file) => {
  const { saved } = await fillAndSave(page, file, {
    kind: 'argument', article: '1er', paragraph: '2', quote: 'la rivière, l’élevage', position: 'mixed', body: '<b>Oui</b>, mais.',
    'answer-titre': 'elu', 'answer-gestes': ['fuites', 'pluie'], 'answer-ordre': ['elevage', 'riviere'], 'answer-conso': '1 200,5',
    show: 'hidden', author_kind: 'organisation', organisation: 'Les Amis', register: 'R-1', email: 'a@b.fr',
  });
  assert.equal(saved['answer-gestes'], 'fuites|pluie');
  assert.equal(saved['answer-ordre'], 'elevage|riviere');
  assert.equal(saved['answer-conso'], '1200.5');
  assert.deepEqual([saved.article, saved.paragraph, saved.position, saved.body], ['1er', '2', 'mixed', '<b>Oui</b>, mais.']);
  assert.deepEqual([saved.organisation, saved.register, saved.email, saved.show], ['Les Amis', 'R-1', 'a@b.fr', 'hidden']);
  for (const name of ['website', 'name', 'pseudonym', 'parent', 'answer-remarque']) assert.ok(!(name in saved), name);
});

onForm('file', 'answers alone are about no text', async (page, file) => {
  const { saved } = await fillAndSave(page, file, { kind: 'answer', 'answer-titre': 'elu', show: 'hidden' });
  const { receipt: _, written: __, ...rest } = saved;
  assert.deepEqual(rest, {
    'form-name': 'contribution-fichier', greffe: 'contribution/1', consultation: 'fichier', kind: 'answer', 'answer-titre': 'elu',
    show: 'hidden', author_kind: 'citizen', consent: 'yes',
  });
});

onForm('file', 'a rewording begins with the words of the article, and must change them', async (page, file) => {
  await page.goto(address(file));
  await fill(page, { kind: 'wording', show: 'hidden' });
  await page.click('#tp-send');
  assert.equal(await page.locator('#tp-article').getAttribute('aria-invalid'), 'true');
  await page.selectOption('#tp-article', '1er');
  await page.waitForFunction(() => document.getElementById('tp-body').value !== '');
  const words = await page.inputValue('#tp-body');
  assert.equal(words, 'L’eau potable est servie avant tout autre usage.\n\nViennent ensuite la rivière, l’élevage et les cultures.');
  await page.click('#tp-send');
  assert.equal(await page.locator('#tp-body').getAttribute('aria-invalid'), 'true');
  await page.fill('#tp-body', words.replace('la rivière', 'le fleuve'));
  await page.selectOption('#tp-article', '2-bis');
  assert.match(await page.inputValue('#tp-body'), /le fleuve/, 'words that the reader wrote are not replaced');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#tp-send')]);
  assert.match(fs.readFileSync(await download.path(), 'utf8'), /le fleuve/);
});

onForm('file', 'what a person may get wrong is told before it is saved', async (page, file) => {
  const wrong = async (fields, name) => {
    await page.goto('about:blank');
    await page.goto(address(file));
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await fill(page, { ...proposal, show: 'hidden', ...fields });
    await page.click('#tp-send');
    assert.equal(await page.locator(`[data-field="${name}"] [aria-invalid=true]`).count() > 0, true, name);
    assert.equal(await page.locator('#tp-errors li').count(), 1, `${name}: ${await page.textContent('#tp-errors')}`);
  };
  await wrong({ title: ' ' }, 'title');
  await wrong({ body: ' ' }, 'body');
  await wrong({ link: 'javascript:alert(1)' }, 'link');
  await wrong({ article: '2-bis', paragraph: '2' }, 'paragraph');
  await wrong({ show: 'pseudonym' }, 'pseudonym');
  await wrong({ email: 'personne' }, 'email');
  await wrong({ 'answer-conso': 'beaucoup' }, 'answer-conso');
  await wrong({ 'answer-ordre': ['elevage', 'elevage'] }, 'answer-ordre');
  await wrong({ kind: 'argument' }, 'position');
  await wrong({ kind: 'answer', title: undefined, body: undefined }, 'answer-titre');
  await wrong({ author_kind: 'organisation' }, 'organisation');
});

onForm('file', 'the receipt is downloaded as text', async (page, file) => {
  await page.goto(address(file));
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#tp-receipt [data-do=save-receipt]')]);
  const text = fs.readFileSync(await download.path(), 'utf8');
  assert.match(text.split('\n')[0], RECEIPT);
  assert.match(text, /receipt\/index\.html/);
});

// ----------------------------------------------------------------------------------------------- other channels

onForm('email', 'the message has the fields line by line, the words last; a long one is copied', async (page, file) => {
  await page.goto(address(file));
  await fill(page, { ...proposal, show: 'hidden' });
  await page.click('#tp-send');
  const receipt = await page.locator('#tp-sent .receipt-shown').textContent();
  const link = new URL(await page.locator('#tp-mail').getAttribute('href'));
  assert.equal(link.protocol, 'mailto:');
  assert.equal(link.searchParams.get('subject'), `Contribution ${receipt}`);
  const lines = link.searchParams.get('body').split('\r\n');
  assert.ok(lines.includes('kind: proposal') && lines.includes(`receipt: ${receipt}`) && lines.includes('title: Des compteurs'));
  assert.deepEqual(lines.slice(lines.indexOf('body:')), ['body:', 'Posons des compteurs.', '', 'Et lisons-les.', '']);
  assert.ok(await page.isVisible('#tp-mail'));
  await page.reload();
  assert.equal(await page.inputValue('#tp-title'), 'Des compteurs', 'nobody knows that it was sent: the draft stays');
  await page.fill('#tp-body', 'é'.repeat(2000));
  await page.click('#tp-send');
  assert.ok(!(await page.isVisible('#tp-mail')) && (await page.isVisible('#tp-mail-long')));
  assert.match(await page.inputValue('#tp-message'), /é{2000}/);
  await page.click('[data-do=forget]');
  await page.waitForFunction(() => document.getElementById('tp-title')?.value === '');
});

onForm('netlify', 'the host’s answer is a page that shows the receipt; the draft is gone', async (page, file) => {
  const server = await serve();
  try {
    const posted = [];
    page.on('request', (request) => { if (request.method() === 'POST') posted.push(request.postData()); });
    const seen = watch(page, { origin: server.url });
    await page.goto(server.url + file);
    const kind = await page.locator('[name=show][type=radio]').count();
    await fill(page, { ...proposal, ...(kind ? { show: 'hidden' } : {}) });
    const receipt = await page.textContent('#tp-receipt .receipt-shown');
    await page.evaluate(() => { const send = document.getElementById('tp-send'); send.click(); send.click(); });
    await page.waitForURL(/take-part\/thanks\/index\.html$/);
    assert.equal(posted.length, 1, 'sent once');
    const fields = new URLSearchParams(posted[0]);
    assert.equal(fields.get('form-name'), `contribution-${fields.get('consultation')}`);
    assert.deepEqual([fields.get('greffe'), fields.get('receipt'), fields.get('title'), fields.get('consent')], ['contribution/1', receipt, 'Des compteurs', 'yes']);
    assert.equal(fields.get('website'), '');
    assert.equal(await page.textContent('#tp-receipt .receipt-shown'), receipt);
    await page.goto(server.url + file);
    assert.equal(await page.inputValue('#tp-title'), '');
    assert.deepEqual(seen, []);
  } finally {
    await server.close();
  }
});

onForm('netlify', 'a form that is sent without a script carries every field', async (page, file) => {
  const server = await serve();
  try {
    let posted = null;
    page.on('request', (request) => { if (request.method() === 'POST') posted = request.postData(); });
    await page.goto(server.url + file);
    await page.check('[name=kind][value=comment]');
    await page.fill('[name=body]', 'Sans script.');
    await page.check('[name=consent]');
    await page.click('#tp-send');
    await page.waitForURL(/thanks\/index\.html$/);
    const fields = new URLSearchParams(posted);
    assert.deepEqual([fields.get('kind'), fields.get('body'), fields.get('receipt'), fields.get('greffe')], ['comment', 'Sans script.', '', 'contribution/1']);
  } finally {
    await server.close();
  }
}, { javaScriptEnabled: false });

onForm('endpoint', 'only the page of the form lets it leave, and only to its service', async (page, file) => {
  const posted = [];
  await page.route(/formulaires\.example/, (route) => {
    posted.push(route.request().postData());
    return route.fulfill({ body: 'reçu', contentType: 'text/plain; charset=utf-8' });
  });
  await page.goto(address(file));
  await fill(page, { ...proposal, show: 'hidden' });
  await page.click('#tp-send');
  await page.waitForURL(/formulaires\.example/);
  assert.equal(new URLSearchParams(posted[0]).get('title'), 'Des compteurs');
  // The same form on another page of the site is refused by its policy.
  await page.goto(address(file.replace('take-part/', '')));
  const refused = await page.evaluate(() => new Promise((done) => {
    document.addEventListener('securitypolicyviolation', (e) => done(e.effectiveDirective));
    const form = document.createElement('form');
    form.method = 'post';
    form.action = 'https://formulaires.example:8443/eau';
    document.body.append(form);
    form.submit();
    setTimeout(() => done('sent'), 2000);
  }));
  assert.equal(refused, 'form-action');
  await page.goto(address(file));
  assert.match(await page.textContent('#tp-draft'), /\S/, 'a draft that was sent says so');
});

// ------------------------------------------------------------------------------------------------- the receipt

check('receipt: SHA-256 without the browser’s own gives the known answers', async (skip) => {
  const page = (await readable()).find((p) => p.kind === 'receipt');
  if (!page) return skip('no receipt page');
  await withPage({}, async (browser) => {
    await browser.goto(address(page.file));
    // FIPS 180-4 and NIST's examples; then lengths around the block.
    for (const words of ['', 'abc', 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', ...[55, 56, 63, 64, 65, 119, 120, 1000].map((n) => 'a'.repeat(n)), 'K7M2Q9XW4T00000ABCDE']) {
      assert.equal(await browser.evaluate((w) => globalThis.greffeSha256(w), words), createHash('sha256').update(words).digest('hex'), words);
    }
  });
});

check('receipt: each state is told, from disk and without the browser’s own digest', async (skip) => {
  const page = (await readable()).find((p) => p.kind === 'receipt' && /fichier/.test(p.file));
  if (!page) return skip('not the site of channels');
  for (const own of [true, false]) {
    await withPage({}, async (browser) => {
      if (!own) await browser.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
      const seen = watch(browser);
      await browser.goto(address(page.file));
      const found = async (number) => {
        await browser.fill('#receipt-number', number);
        await browser.keyboard.press('Enter');
        await browser.waitForFunction(() => document.activeElement.id === 'receipt-found' || !document.getElementById('receipt-wrong').hidden);
        return (await browser.locator('#receipt-found').innerText()) || (await browser.locator('#receipt-wrong').innerText());
      };
      assert.match(await found('aaaaa bbbbb-ccccc ddddd'), /^Publiée\n/);
      assert.match(await found('IIIII-22222-33333-44444'), /^Écartée\n[^]*Met en cause une personne[^]*12 novembre 2025/);
      assert.match(await found('ZZZZZ-YYYYY-XXXXX-WWWWW'), /^Publiée, réunie[^]*Des compteurs pour tous/);
      assert.match(await found('OZOZO-1Y1Y1-2X2X2-3W3W3'), /^Effacée[^]*Décision du juge/);
      assert.match(await found('QQQQQ-QQQQQ-QQQQQ-QQQQQ'), /"><img src=x onerror=alert\(1\)>/);
      assert.equal(await browser.locator('main img, main script').count(), 0);
      assert.match(await found('00000-00000-00000-00000'), /^Aucune trace/);
      assert.match(await found('trop court'), /vingt/);
      assert.deepEqual(seen, []);
      await found('AAAAA-BBBBB-CCCCC-DDDDD');
      await browser.click('#receipt-found a');
      assert.match(await browser.textContent('h1'), /Des compteurs pour tous/);
    });
  }
});
