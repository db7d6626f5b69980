// The whole way of a contribution, with the program and a browser: a citizen writes it in the form of a page opened
// from disk, the file is taken in, a moderator accepts it at the desk, the built site shows it, and its author finds it
// by the receipt. Then a telephone number that was published by mistake: it is withheld, and it is nowhere any more.
//
//   GREFFE=path/to/greffe node --test tests/browser/journey.mjs
//
// It is no `*.test.mjs`: those are driven by a built site, this one by the program.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'greffe-journey-'));
const site = path.join(root, 'public');
process.env.GREFFE_SITE = site;
const { check, withPage } = await import('./lib.mjs');
const { greffe, serving, tree, write } = await import('./program.mjs');
const { fillAndSave } = await import('./participation.mjs');
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));

const TELEPHONE = '06 98 76 54 32';

/** The site: a bill open for comment, its form saves a file. */
function found() {
  write(root, {
    'greffe.yaml': 'title: Essai\nlicence: etalab-2.0\n',
    '.gitignore': '/inbox/\n/private/\n/public/\n',
    'content/eau/consultation.yaml': `title: L’eau du plateau
summary: Un projet de loi sur l’eau.
organiser: {name: La mairie}
phases: [{kind: contribution, start: 2000-01-01, end: 2100-01-01}]
participation: {channel: file, email: optional}
moderation:
  charter: Soyez courtois.
  reasons: [{id: donnees, title: Données personnelles}]
`,
    'content/eau/texts/projet/text.yaml':
      'kind: bill\ntitle: Projet de loi\nversions: [{id: depot, title: Dépôt, date: 2026-01-01, stage: tabled}]\n',
    'content/eau/texts/projet/depot.md': '# Article 1er\n\nL’eau se partage.\n\nLe maire répond dans les deux mois.\n\n# Article 2\n\nLes compteurs sont relevés chaque mois.\n',
  });
  const git = (...words) => execFileSync('git', ['-C', root, '-c', 'user.name=Essai', '-c', 'user.email=essai@example.org', ...words]);
  git('init', '-q');
  return () => { git('add', '-A'); git('commit', '-qm', 'essai'); };
}

const build = () => {
  const { status, said } = greffe('build', '--root', root, '--output', site, '--as-of', '2026-11-27');
  assert.equal(status, 0, said);
};
const holding = (folder, words) => Object.entries(tree(folder, 'latin1')).filter(([, text]) => text.includes(Buffer.from(words).toString('latin1'))).map(([name]) => name);

check('journey: from the form to the published page, and back by the receipt', async () => {
  const commit = found();
  commit();
  build();

  // A citizen, on a page opened from disk.
  const file = path.join(root, 'contribution.json');
  const sent = await withPage({ acceptDownloads: true }, async (page) => {
    const sent = await fillAndSave(page, 'eau/take-part/index.html', {
      kind: 'proposal', article: '2', paragraph: '1', title: 'Relever chaque semaine',
      body: 'Un compteur relevé **chaque semaine** montre une fuite tout de suite.\n\nAppelez-moi pour en parler.',
      show: 'pseudonym', pseudonym: 'Martin-pêcheur', email: 'jeanne.martin@example.org',
    });
    // What a browser saves is gone with it.
    fs.copyFileSync(sent.path, file);
    return sent;
  });
  assert.equal(sent.saved.greffe, 'contribution/1');

  // A clerk, in a terminal.
  assert.match(sent.name, /^contribution-[0-9A-Z]{10}\.json$/);
  const taken = greffe('intake', file, '--consultation', 'eau', '--root', root);
  assert.equal(taken.status, 0, taken.said);
  fs.rmSync(file);
  const [waiting] = fs.readdirSync(path.join(root, 'inbox/eau'));
  const id = waiting.replace(/\.md$/, '');
  const inbox = fs.readFileSync(path.join(root, 'inbox/eau', waiting), 'utf8');
  assert.doesNotMatch(inbox, /jeanne\.martin/);
  assert.deepEqual(holding(path.join(root, 'private'), 'jeanne.martin@example.org'), [`eau/contacts/${id}.yaml`]);
  build();
  assert.deepEqual(holding(site, 'Relever chaque semaine'), [], 'nothing is published before a decision');

  // A moderator, at the desk.
  const served = await serving(root);
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${served.origin}/.greffe/desk/`);
    await page.fill('#by', 'Le greffe');
    await page.click('button[value=who]');
    await page.goto(`${served.origin}/.greffe/desk/c/eau/${id}`);
    assert.equal(await page.locator('.desk-sheet .prose strong').innerText(), 'chaque semaine');
    await page.click('text=Publier telle quelle');
    assert.match(await page.locator('.desk-note').innerText(), /Publiée/);
  });
  served.close();

  // Anyone, on the built site.
  assert.equal(greffe('check', '--root', root).status, 0);
  build();
  commit();
  await withPage({}, async (page) => {
    await page.goto(`file://${site}/eau/contributions/${id}/index.html`);
    assert.match(await page.locator('main').innerText(), /Relever chaque semaine[^]*Martin-pêcheur[^]*montre une fuite/);
    await page.goto(`file://${site}/eau/texts/projet/articles/2/index.html`);
    assert.match(await page.locator('main').innerText(), /Relever chaque semaine/);
    // Its author, with the receipt.
    await page.goto(`file://${site}/eau/receipt/index.html`);
    await page.locator('main input[type=text], main input:not([type])').first().fill(sent.receipt.toLowerCase());
    await page.keyboard.press('Enter');
    await page.locator(`main a[href*="${id}"]`).first().waitFor();
  });
  assert.deepEqual(holding(site, 'jeanne.martin'), []);
  assert.deepEqual(holding(site, sent.receipt), [], 'the receipt is its author’s proof: only its digest is published');
});

check('journey: a telephone number published by mistake, then withheld, is nowhere in a new build', async () => {
  const file = path.join(root, 'retard.json');
  fs.writeFileSync(file, JSON.stringify({
    greffe: 'contribution/1', consultation: 'eau', kind: 'comment', text: 'projet', article: '1',
    body: `Rappelez-moi au ${TELEPHONE}, le soir, après le repas, et je vous dirai tout ce que je sais.`, consent: 'yes',
  }));
  const taken = greffe('intake', file, '--consultation', 'eau', '--root', root);
  assert.match(taken.said, new RegExp(TELEPHONE), 'the report tells the moderator');
  fs.rmSync(file);
  const id = fs.readdirSync(path.join(root, 'inbox/eau'))[0].replace(/\.md$/, '');
  // The moderator did not look.
  assert.equal(greffe('moderate', 'accept', id, '--consultation', 'eau', '--by', 'Le greffe', '--root', root).status, 0);
  write(root, { 'content/eau/responses/r1.md': `---\nto: [${id}]\nauthor: {name: La mairie}\ndate: 2026-11-27\n---\nMerci.\n` });
  build();
  assert.notDeepEqual(holding(site, TELEPHONE), [], 'it was published: the test can fail');
  assert.match(greffe('check', '--root', root).said, /G030[^]*06 98 76 54 32/);

  const withheld = greffe('moderate', 'withhold', id, '--consultation', 'eau', '--reason', 'donnees', '--by', 'Le greffe', '--root', root);
  assert.equal(withheld.status, 0, withheld.said);
  build();
  for (const words of [TELEPHONE, TELEPHONE.replaceAll(' ', ''), 'après le repas']) {
    assert.deepEqual(holding(site, words), [], words);
    assert.deepEqual(holding(path.join(root, 'content'), words), [], words);
  }
  const register = JSON.parse(fs.readFileSync(path.join(site, 'eau/moderation/index.json'), 'utf8'));
  assert.deepEqual(register.rows.map((row) => [row.id, row.decision.reason]), [[id, 'Données personnelles']]);

  // Whoever answers must not bring it back: eight words in a row of what was withheld are told, with their place.
  write(root, { 'content/eau/responses/r1.md': `---\nto: [${id}]\nauthor: {name: La mairie}\ndate: 2026-11-27\n---\nVous écriviez : « le soir, après le repas, et je vous dirai tout ».\n` });
  assert.match(greffe('check', '--root', root).said, /G044[^]*responses\/r1\.md:6/);
});
