// The browser's analysis of words against Rust's: `tests/search/analysis.json` is what `src/search/analyse.rs` makes
// of each text, as `part+part|whole`. Without a browser: `search.js` on a page without a search form only lends its
// analysis.

import { test } from 'node:test';
import assert from 'node:assert';
import fs from 'node:fs';
import vm from 'node:vm';

const here = (path) => fs.readFileSync(new URL(path, import.meta.url), 'utf8');

/** The analysis that readers' browsers run. */
function analysis() {
  const document = { getElementById: () => null, querySelector: () => null };
  const page = vm.createContext({ document, addEventListener() {} });
  page.window = page;
  vm.runInContext(here('../../themes/default/static/search.js'), page);
  return page.greffeAnalyse;
}

test('the browser cuts words as the index does', () => {
  const analyse = analysis();
  const { grammars, cases } = JSON.parse(here('../search/analysis.json'));
  assert.ok(cases.length > 200);
  for (const [tag, text, expected] of cases) {
    const words = analyse(text, grammars[tag]).map(({ parts, wholes }) => [parts.join('+'), ...wholes].join('|'));
    assert.equal(words.filter(Boolean).join(' '), expected, JSON.stringify(text));
  }
});
