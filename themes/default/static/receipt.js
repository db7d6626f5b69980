// Looks up a receipt: its SHA-256, and what became of the contribution that bears it, in the script beside the page. The
// number leaves the reader's device in no way. No words are in this file: they are in the attributes of the form.
(() => {
  "use strict";

  const form = document.getElementById("receipt");
  if (!form) return;
  const says = form.dataset;
  const input = document.getElementById("receipt-number");
  const wrong = document.getElementById("receipt-wrong");
  const found = document.getElementById("receipt-found");

  /** SHA-256 (FIPS 180-4) of ASCII words, for pages where the browser offers none: those opened from disk over some
      systems, or served without https. */
  const sha256 = (words) => {
    const primes = [];
    for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
    const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) >>> 0;
    const k = primes.map((p) => fraction(Math.cbrt(p)));
    let h = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
    const bytes = [...words].map((c) => c.charCodeAt(0));
    const bits = bytes.length * 8;
    bytes.push(0x80);
    while (bytes.length % 64 !== 56) bytes.push(0);
    for (let shift = 56; shift >= 0; shift -= 8) bytes.push(Math.floor(bits / 2 ** shift) & 255);
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < bytes.length; at += 64) {
      const w = [];
      for (let i = 0; i < 16; i++) {
        const b = at + 4 * i;
        w[i] = (bytes[b] << 24) | (bytes[b + 1] << 16) | (bytes[b + 2] << 8) | bytes[b + 3];
      }
      for (let i = 16; i < 64; i++) {
        const a = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const b = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = (w[i - 16] + a + w[i - 7] + b) | 0;
      }
      let [a, b, c, d, e, f, g, last] = h;
      for (let i = 0; i < 64; i++) {
        const first = (last + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
        const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [last, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
      }
      h = [a, b, c, d, e, f, g, last].map((x, i) => (x + h[i]) >>> 0);
    }
    return h.map((x) => x.toString(16).padStart(8, "0")).join("");
  };
  // For the tests: known answers are known only of this function.
  globalThis.greffeSha256 = sha256;

  const digest = async (words) => {
    if (globalThis.crypto?.subtle) {
      const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words));
      return Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");
    }
    return sha256(words);
  };

  const loaded = new Map();
  const list = (name) => {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((done, fail) => {
        const script = document.createElement("script");
        script.src = name;
        script.onload = () => done(globalThis.greffeReceipts ?? {});
        script.onerror = () => { loaded.delete(name); fail(new Error(name)); };
        document.head.append(script);
      }));
    }
    return loaded.get(name);
  };

  /** Upper case, without what separates groups; what Crockford's alphabet leaves out is read as what it looks like. */
  const normal = (words) => words.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");

  const line = (tag, ...parts) => {
    const element = document.createElement(tag);
    element.append(...parts);
    return element;
  };
  const link = (href, words) => {
    const a = line("a", words);
    a.href = href;
    return a;
  };
  /** A day as the other pages write it. */
  const day = (words) => {
    const { lang } = document.documentElement;
    const date = new Date(`${words.slice(0, 10)}T12:00:00Z`);
    const said = date.toLocaleDateString(lang === "en" ? "en-GB" : lang, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    const time = line("time", lang === "fr" ? said.replace(/^1 /, "1er ") : said);
    time.dateTime = words;
    return time;
  };

  const show = (entries) => {
    found.replaceChildren();
    if (!entries) {
      found.append(line("div", line("h2", `${says.none} ${says.asOf}.`), line("p", says.noneWhy)));
    } else {
      for (const entry of entries) {
        const name = `state${entry.state[0].toUpperCase()}${entry.state.slice(1)}`;
        const part = line("div", line("h2", says[name] ?? entry.state));
        if (entry.reason) part.append(line("p", `${says.reason} `, line("strong", entry.reason)));
        if (entry.decided) part.append(line("p", `${says.decided} `, day(entry.decided)));
        if (entry.date) part.append(line("p", `${says.written} `, day(entry.date)));
        part.append(line("p", link(entry.href, says.see)));
        if (entry.into) part.append(line("p", link(entry.into.href, says.seeOther), ` (${entry.into.title})`));
        found.append(part);
      }
    }
    found.focus();
  };

  const complain = (words) => {
    wrong.textContent = words;
    wrong.hidden = words === "";
    if (words === "") input.removeAttribute("aria-invalid");
    else {
      input.setAttribute("aria-invalid", "true");
      input.focus();
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = normal(input.value);
    found.replaceChildren();
    if (words.length !== 20) return complain(says.short);
    complain("");
    const wanted = await digest(words);
    try {
      const receipts = await list("sharded" in says ? `receipts-${wanted.slice(0, 2)}.js` : "receipts.js");
      show(Object.hasOwn(receipts, wanted) ? receipts[wanted] : null);
    } catch {
      complain(says.error);
    }
  });

  // One who has just written finds the number there.
  try {
    const folder = new URL("../take-part/", location.href).pathname;
    const sent = JSON.parse(sessionStorage.getItem(`greffe-sent-${folder}`));
    if (typeof sent === "string" && /^[0-9A-Z-]{23}$/.test(sent)) input.value = sent;
  } catch {
    // A store that is refused: the field stays empty.
  }
})();
