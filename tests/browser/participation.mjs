// The journey of a reader who takes part, for whoever needs one: the test of the form, and tests that go on from the
// file that it saves (intake, moderation, the published page).

import fs from 'node:fs';
import { address } from './lib.mjs';

/**
 * Fills the form of a page of channel `file` and saves it. `fields` are those of the form, by name: the value of a
 * text, a select or a radio button, a list for boxes and ranks; `consent` is given. Gives what was saved:
 * { name, path, saved (the object), receipt }.
 */
export async function fillAndSave(page, file, fields) {
  await page.goto(address(file));
  await fill(page, fields);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#tp-send')]);
  const path = await download.path();
  return {
    name: download.suggestedFilename(),
    path,
    saved: JSON.parse(fs.readFileSync(path, 'utf8')),
    receipt: await page.locator('#tp-sent .receipt-shown').textContent(),
  };
}

/** Fills fields of the form that is open, and agrees. */
export async function fill(page, fields) {
  for (const [name, value] of Object.entries({ ...fields, consent: 'yes' })) {
    if (value === undefined) continue;
    const all = page.locator(`#take-part [name="${name}"]`);
    const first = all.first();
    const kind = await first.evaluate((e) => (e.localName === 'input' ? e.type : e.localName));
    const values = [].concat(value);
    if (kind === 'radio' || kind === 'checkbox') for (const v of values) await page.locator(`#take-part [name="${name}"][value="${v}"]`).check();
    else if (kind === 'select') for (const [at, v] of values.entries()) await all.nth(at).selectOption(v);
    else await first.fill(values[0]);
  }
}
