// The program itself, for tests that follow somebody through several of its verbs: run it, or have it serve a site.

import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after } from 'node:test';
import { PROJECT } from './lib.mjs';

const target = process.env.CARGO_TARGET_DIR ?? path.join(PROJECT, 'target');
const built = ['release', 'debug'].map((profile) => path.join(target, profile, 'greffe'));
export const GREFFE = process.env.GREFFE ?? built.find((file) => fs.existsSync(file));

/** Nobody's own configuration: who decides is what the test says. */
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

/** Runs a verb in French; gives { status, said }. */
export function greffe(...words) {
  try {
    return { status: 0, said: execFileSync(GREFFE, [...words, '--lang', 'fr'], { env, encoding: 'utf8', stdio: 'pipe' }) };
  } catch (failed) {
    return { status: failed.status, said: `${failed.stdout}${failed.stderr}` };
  }
}

/** Writes files, by path, under a folder. */
export function write(root, files) {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
}

/** Every file under a folder, by its path, as bytes in one character each: words are looked for in all of them. */
export function tree(root, encoding = 'utf8') {
  const found = {};
  for (const entry of fs.readdirSync(root, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile()) found[path.relative(root, file)] = fs.readFileSync(file, encoding);
  }
  return found;
}

const children = [];
after(() => children.forEach((child) => child.kill()));

/** Serves a site; `until` is what it prints when it is ready. Gives its address, what it printed, and `close`. */
export async function serving(root, until = '/.greffe/desk/') {
  const port = await new Promise((free) => {
    const probe = http.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => free(port));
    });
  });
  const child = spawn(GREFFE, ['serve', '--root', root, '--port', String(port), '--lang', 'fr'], { env });
  children.push(child);
  let said = '';
  child.stdout.on('data', (words) => { said += words; });
  child.stderr.on('data', (words) => { said += words; });
  for (let turn = 0; !said.includes(until); turn++) {
    if (turn > 300) throw new Error(`the server did not start: ${said}`);
    await new Promise((later) => setTimeout(later, 100));
  }
  return { origin: `http://127.0.0.1:${port}`, said: () => said, close: () => child.kill() };
}
