// Votes counted again in the browser: on a site with a vote of each kind, every page opened from disk, what its own
// program counts is what the page says; and when a ballot, the rule or a claim is changed, it says that it differs.
//
//   GREFFE=path/to/greffe node --test tests/browser/votes.mjs
//
// It is no `*.test.mjs`: those are driven by a built site, this one builds its own, of tests/browser/votes.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const site = fs.mkdtempSync(path.join(os.tmpdir(), 'greffe-votes-'));
process.env.GREFFE_SITE = site;
const { PHONE, PROJECT, address, check, files, watch, withPage } = await import('./lib.mjs');
const { greffe } = await import('./program.mjs');
process.on('exit', () => fs.rmSync(site, { recursive: true, force: true }));

const { status, said } = greffe('build', '--root', path.join(PROJECT, 'tests/browser/votes'), '--output', site);
const scripts = status === 0 ? files().filter((file) => file.endsWith('/ballots.js')) : [];
const folder = (script) => path.dirname(script);
const name = (script) => path.basename(folder(script));

/** Counts again and gives what is said, and the rows that differ. */
async function recount(page, script) {
  await page.goto(address(`${folder(script)}/index.html`));
  await page.click('#recount-run');
  await page.waitForSelector('#recount-said.is-same, #recount-said.is-different');
  return outcome(page);
}
const outcome = async (page) => ({
  same: await page.locator('#recount-said.is-same').count() === 1,
  said: await page.textContent('#recount-said'),
  rows: await page.locator('.recount-table tbody tr').count(),
  wrong: await page.locator('.recount-table tr.is-different').allTextContents(),
});

/** Rewrites the script of a vote for one page. */
async function tampered(script, change, run) {
  const file = path.join(site, script);
  const own = fs.readFileSync(file, 'utf8');
  const data = JSON.parse(own.slice('greffeBallots('.length, own.lastIndexOf(');')));
  change(data);
  fs.writeFileSync(file, `greffeBallots(${JSON.stringify(data)});\n`);
  try {
    await withPage({}, (page) => recount(page, script).then(run));
  } finally {
    fs.writeFileSync(file, own);
  }
}

check('votes: the site of every kind of vote is built', () => {
  assert.equal(status, 0, said);
  assert.ok(scripts.length >= 18, `${scripts.length} votes`);
});

for (const script of scripts) {
  check(`votes: ${name(script)} comes out again in the browser, and fits a phone`, () => withPage({ viewport: PHONE }, async (page) => {
    const faults = watch(page);
    const { same, said, wrong, rows } = await recount(page, script);
    assert.deepEqual(wrong, [], said);
    assert.ok(same, said);
    assert.ok(rows >= 2, `${rows} rows`);
    assert.deepEqual(faults, []);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.ok(!wide, 'the page scrolls sideways');
  }));

  check(`votes: ${name(script)} with half its ballots differs`, () => tampered(script, (data) => {
    const lines = data.csv.split('\r\n');
    data.csv = [lines[0], ...lines.slice(1).filter((line, at) => line && at % 2)].join('\r\n');
  }, ({ same, wrong, said }) => {
    assert.ok(!same, said);
    assert.ok(wrong.length > 0);
  }));
}

check('votes: one changed ballot, one changed rule, one changed claim', async () => {
  const of = (wanted) => scripts.find((script) => name(script) === wanted);
  const differs = ({ same, said }) => assert.ok(!same, said);
  await tampered(of('tours'), (data) => { data.csv = data.csv.replace(',42,memphis>', ',42,knoxville>'); }, differs);
  await tampered(of('budget-parts'), (data) => { data.vote.rule.budget += 40000; }, differs);
  await tampered(of('tirage'), (data) => { data.vote.rule.seed += '.'; }, differs);
  await tampered(of('duels'), (data) => { data.claims.find((claim) => claim.key === 'winners').value = 'b'; }, ({ wrong }) => assert.equal(wrong.length, 1));
});

check('votes: a copy of one’s own is counted, and what is no file of ballots is said to be none', () => withPage({}, async (page) => {
  const script = scripts.find((file) => name(file) === 'mentions');
  await page.goto(address(`${folder(script)}/index.html`));
  const copy = path.join(PROJECT, 'tests/browser/votes/content/essai/votes/mentions.csv');
  await page.setInputFiles('#recount-file', copy);
  await page.waitForSelector('#recount-said.is-same');
  const text = fs.readFileSync(copy, 'utf8');
  const one = (content) => page.setInputFiles('#recount-file', { name: 'copie.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await one(text.replace('v1,bien,bien,mal', 'v1,mal,bien,mal'));
  await page.waitForSelector('#recount-said.is-different');
  assert.match(await page.textContent('#recount-said'), /copie\.csv/);
  await one('nom,avis\nx,y\n');
  await page.waitForFunction(() => document.getElementById('recount-said').className === 'recount-said' && /ne se lit pas/.test(document.getElementById('recount-said').textContent));
}));

check('votes: without a script, the page says what a recount needs and leads to the file', () => withPage({ javaScriptEnabled: false }, async (page) => {
  for (const script of scripts) {
    await page.goto(address(`${folder(script)}/index.html`));
    assert.ok(!(await page.locator('#recount').isVisible()));
    const href = await page.locator('#ballots + p a').getAttribute('href');
    assert.ok(fs.existsSync(path.join(site, folder(script), href)), href);
  }
}));
