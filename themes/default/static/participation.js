// What the pages of participation share: stores that may be refused, the receipt, copying and saving. No words are here.
//
// A draft and the receipt of what was just sent are kept under the address of the form's folder: two sites on one host,
// or on one disk, do not see each other's.
(() => {
  "use strict";

  const all = (from, selector) => [...from.querySelectorAll(selector)];
  const valueIn = (form, name) => form.elements.namedItem(name)?.value ?? "";
  const isShown = (element) => !!element && !element.closest("[hidden]");
  /** A number in its sentence; nought is singular in French. */
  const count = (n, one, many) => (n === 1 || (n === 0 && document.documentElement.lang === "fr") ? one : many).replace("%n", n);

  /** A store that may be refused: private windows, pages opened from disk in some browsers. */
  const store = (kind) => {
    try {
      const own = window[kind];
      own.setItem("greffe-try", "1");
      own.removeItem("greffe-try");
      return own;
    } catch {
      return null;
    }
  };
  const read = (own, key) => {
    try {
      return JSON.parse(own.getItem(key)) ?? null;
    } catch {
      return null;
    }
  };
  const write = (own, key, value) => {
    try {
      if (value === null) own.removeItem(key);
      else own.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  };

  /** Twenty characters of Crockford's base 32: a hundred bits that nobody can guess. */
  const newReceipt = () => {
    const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const bytes = crypto.getRandomValues(new Uint8Array(20));
    return Array.from(bytes, (b) => letters[b & 31]).join("").replace(/.{5}(?=.)/g, "$&-");
  };

  const save = (name, words, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([words], { type }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  const copy = (words, says) => {
    const said = document.getElementById("said");
    const say = (message) => {
      if (!said) return;
      said.textContent = message;
      setTimeout(() => { said.textContent = ""; }, 3000);
    };
    const plain = () => {
      // Where the clipboard is refused (a page opened from disk): the old way.
      const area = document.createElement("textarea");
      area.value = words;
      area.className = "visually-hidden";
      document.body.append(area);
      const before = document.activeElement;
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      before?.focus();
      say(done ? says.copied : says.notCopied);
    };
    if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(words).then(() => say(says.copied), plain);
    else plain();
  };

  /** What buttons do, by their `data-do`. */
  const does = (acts) => {
    for (const button of all(document, "[data-do]")) {
      if (acts[button.dataset.do]) button.onclick = acts[button.dataset.do];
    }
  };

  /** A receipt, shown, with its buttons; `form` is the folder of the form. */
  const showReceipt = (receipt, consultation, says, form) => {
    for (const output of all(document, ".receipt-shown")) output.textContent = receipt;
    does({ "copy-receipt": () => copy(receipt, says), "save-receipt": () => saveReceipt(receipt, consultation, form) });
  };
  const saveReceipt = (receipt, consultation, form) => {
    const where = new URL("../receipt/index.html", form).href;
    save(`receipt-${receipt.slice(0, 5)}.txt`, `${receipt}\n${consultation}\n${where}\n${new Date().toISOString()}\n`, "text/plain");
  };

  const draftKey = (form) => `greffe-draft-${new URL(form).pathname}`;
  const sentKey = (form) => `greffe-sent-${new URL(form).pathname}`;

  globalThis.greffeParticipation = {
    all, valueIn, isShown, count, store, read, write, newReceipt, save, copy, does, showReceipt, draftKey, sentKey,
  };
})();
