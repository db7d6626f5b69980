// The form with which a reader takes part. Without this script it is sent as it stands, where its channel allows; with
// it there is a draft, a receipt, errors said where they are, and a form that closes by the reader's own clock.
//
// Everything stays in this browser until the reader sends it: drafts are in localStorage, one a consultation; the
// receipt is made here. What may be wrong is in `take-part-faults.js`, what other pages share in `participation.js`. No
// words are in this file: they are in the attributes of the form.
(() => {
  "use strict";

  const { all, valueIn, isShown, count, ...shared } = globalThis.greffeParticipation;
  const { store, read, write, newReceipt, save, copy, does, showReceipt, draftKey, sentKey } = shared;
  const id = (name) => document.getElementById(name);
  const form = id("take-part");
  const folder = new URL(".", location.href).href;
  const says = form.dataset;
  const { channel, consultation } = says;
  const key = draftKey(folder);
  const kept = store("localStorage");
  const most = Number(says.max);
  const one = (name) => form.elements.namedItem(name);
  const value = (name) => valueIn(form, name);
  const fieldOf = (name) => form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  // Written by the form itself: in no draft.
  const ours = new Set(["form-name", "greffe", "consultation", "version", "receipt", "written", "website"]);

  form.noValidate = true;
  const body = one("body");
  const text = one("text");
  const article = one("article");
  body.removeAttribute("maxlength"); // A paste that is cut in silence loses words: the length is said instead.
  const send = id("tp-send");

  // ---- What is asked depends on what is brought.

  const kind = () => value("kind");
  const bodyLabel = id("tp-body-label");
  const bodyHint = id("tp-body-hint");
  const label = { plain: bodyLabel.textContent, hint: bodyHint.textContent };

  const arrange = () => {
    const brought = kind();
    for (const part of all(form, "[data-for]")) {
      const only = part.dataset.for.split(" ");
      // The questionnaire may be answered beside anything; the rest only where it has a meaning.
      part.hidden = brought !== "" && !only.includes(brought) && !(only.includes("answer") && brought !== "answer");
    }
    const wording = brought === "wording";
    bodyLabel.textContent = wording ? bodyLabel.dataset.wording : label.plain;
    bodyHint.textContent = wording ? bodyHint.dataset.wording : label.hint;
    for (const part of all(form, "[data-shown]")) part.hidden = one("show")?.length !== undefined && value("show") !== part.dataset.shown;
    for (const part of all(form, "[data-author]")) part.hidden = value("author_kind") !== part.dataset.author;
    arrangeAbout();
    fillWording();
  };

  const arrangeAbout = () => {
    if (!text) return;
    const chosen = text.selectedOptions[0];
    // Answers to the questionnaire are about no text.
    one("version").value = (!text.closest("section").hidden && chosen?.dataset.version) || "";
    for (const group of all(article, "optgroup")) {
      group.hidden = group.dataset.text !== text.value;
      group.disabled = group.hidden;
    }
    if (article.selectedOptions[0]?.parentElement.hidden) article.value = "";
    fieldOf("article").hidden = text.value === "";
    fieldOf("paragraph").hidden = text.value === "" || article.value === "";
  };

  // ---- A rewording begins with the words of the article, which stand in a script that a page from disk can read.

  let articles = null;
  let filled = "";
  const loadArticles = () => {
    articles ??= new Promise((done) => {
      const script = document.createElement("script");
      script.src = "articles.js";
      script.onload = () => done(globalThis.greffeArticles ?? {});
      script.onerror = () => done({});
      document.head.append(script);
    });
    return articles;
  };
  const wordsOf = async () => {
    const paragraphs = (await loadArticles())[text?.value]?.[article?.value];
    if (!paragraphs) return "";
    const number = Number(value("paragraph"));
    return number >= 1 && number <= paragraphs.length ? paragraphs[number - 1] : paragraphs.join("\n\n");
  };
  const fillWording = async () => {
    const offer = id("tp-fill");
    if (kind() !== "wording" || !text?.value || !article?.value) {
      offer.hidden = true;
      if (kind() !== "wording" && filled !== "" && body.value === filled) body.value = filled = "";
      counted();
      return;
    }
    const words = await wordsOf();
    if (kind() !== "wording" || words === "") return;
    if (body.value.trim() === "" || body.value === filled) {
      body.value = filled = words;
      counted();
    }
    offer.hidden = body.value === words;
  };
  id("tp-fill").querySelector("button").addEventListener("click", async () => {
    body.value = filled = await wordsOf();
    id("tp-fill").hidden = true;
    counted();
    keep();
    body.focus();
  });

  // ---- The length, said when the reader pauses and the end is near.

  const left = id("tp-left");
  let pause = 0;
  const counted = () => {
    const rest = most - body.value.length;
    left.textContent = rest >= 0 ? count(rest, says.leftOne, says.leftMany) : count(-rest, says.overOne, says.overMany);
    left.classList.toggle("field-error", rest < 0);
    clearTimeout(pause);
    pause = setTimeout(() => {
      const told = id("tp-left-said");
      if (rest < Math.min(500, most / 4) || told.textContent !== "") told.textContent = rest < Math.min(500, most / 4) ? left.textContent : "";
    }, 1200);
  };

  // ---- The draft.

  const draftLine = id("tp-draft");
  const sayDraft = (words, deletable = true) => {
    draftLine.hidden = words === "";
    draftLine.firstElementChild.textContent = words;
    id("tp-forget").hidden = !deletable;
  };
  const collect = () => {
    const fields = {};
    for (const element of form.elements) {
      const { name, type } = element;
      if (!name || ours.has(name) || type === "submit") continue;
      if ((type === "radio" || type === "checkbox") && !element.checked) continue;
      (fields[name] ??= []).push(element.value);
    }
    return fields;
  };
  const empty = JSON.stringify(collect());
  let receipt = newReceipt();
  let finished = false;
  let unsaved = false;
  let waiting = 0;
  const keep = () => {
    clearTimeout(waiting);
    if (finished) return;
    const fields = collect();
    if (JSON.stringify(fields) === empty) {
      unsaved = false;
      if (kept) write(kept, key, null);
      sayDraft("");
      return;
    }
    unsaved = !(kept && write(kept, key, { fields, receipt, filled }));
    sayDraft(unsaved ? says.draftNot : says.draftKept, !unsaved);
  };
  const restore = (fields) => {
    const places = {};
    for (const element of form.elements) {
      const values = fields[element.name];
      if (!element.name || ours.has(element.name)) continue;
      if (element.type === "radio" || element.type === "checkbox") element.checked = !!values?.includes(element.value);
      else if (values) {
        const words = values[places[element.name] = (places[element.name] ?? -1) + 1] ?? "";
        const option = element === article && [...article.options].find((o) => o.value === words && !o.parentElement.disabled);
        if (option) option.selected = true;
        else element.value = words;
      }
      // Articles of another text are not to be chosen; the text comes before them.
      if (element === text) arrangeAbout();
    }
  };
  const forget = () => {
    if (kept) write(kept, key, null);
    unsaved = false;
    finished = true;
    form.reset();
    finished = false;
    filled = "";
    one("parent").value = "";
    receipt = newReceipt();
    ready();
    sayDraft(says.draftDeleted, false);
  };
  id("tp-forget").addEventListener("click", () => {
    forget();
    (form.querySelector('input[name="kind"]') ?? body).focus();
  });

  const { clear, faults, tell } = shared.faults(form, () => filled);

  // ---- A reply.

  const parentLine = id("tp-parent");
  const sayParent = () => {
    const parent = value("parent");
    parentLine.hidden = parent === "";
    parentLine.firstElementChild.textContent = `${parentLine.dataset.words} ${parent}`;
  };
  parentLine.querySelector("button").addEventListener("click", () => {
    one("parent").value = "";
    sayParent();
    keep();
  });

  // ---- The reader's clock.

  const clock = id("tp-clock");
  const opens = says.opens ? Date.parse(says.opens) : -Infinity;
  const closes = says.closes ? Date.parse(says.closes) : Infinity;
  const closed = () => {
    const now = Date.now();
    const message = now < opens ? clock.dataset.before : now >= closes ? clock.dataset.after : "";
    clock.hidden = message === "";
    if (clock.textContent !== message) clock.textContent = message;
    send.disabled = message !== "" || sending;
    return message !== "";
  };
  let sending = false;
  const watch = () => {
    const shut = closed();
    // Someone who is writing keeps their words in view; who comes later finds no form.
    form.hidden = finished || (shut && body.value.trim() === "");
    for (const next of [opens, closes]) {
      const wait = next - Date.now();
      if (wait > 0 && wait < 2 ** 31) setTimeout(watch, wait + 50);
    }
  };

  // ---- Sending.

  /** The fields as one flat object: what is hidden or empty is not there, several values are joined by `|`. */
  const flat = () => {
    const fields = {};
    for (const element of form.elements) {
      const { name, type } = element;
      if (!name || type === "submit" || type === "button") continue;
      if ((type === "radio" || type === "checkbox") && !element.checked) continue;
      if (type !== "hidden" && name !== "website" && !isShown(element)) continue;
      const words = element.value.trim();
      if (words === "") continue;
      fields[name] = name in fields && name.startsWith("answer-") ? `${fields[name]}|${words}` : words;
    }
    return fields;
  };

  /** Lines `field: value`, the words last: what a person can read before sending it, and a program after. */
  const message = (fields) => {
    const lines = Object.entries(fields).filter(([name]) => name !== "body").map(([name, words]) => `${name}: ${words.replace(/\s+/g, " ")}`);
    return `${lines.join("\n")}\nbody:\n${fields.body ?? ""}\n`;
  };

  const prepare = () => {
    one("receipt").value = receipt;
    // A number is written with a point in data, however the reader's language writes it.
    for (const field of all(form, '[data-question="number"] input')) field.value = field.value.replace(/\s/g, "").replace(",", ".");
    one("written").value = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    return flat();
  };

  const done = () => {
    const sent = id("tp-sent");
    form.hidden = true;
    sent.hidden = false;
    showReceipt(receipt, consultation, says, folder);
    sent.focus();
    sent.scrollIntoView({ block: "start" });
  };

  const saveFile = (fields) => {
    const name = `contribution-${receipt.replace(/-/g, "").slice(0, 10)}.json`;
    save(name, `${JSON.stringify(fields, null, 2)}\n`, "application/json");
    id("tp-file").textContent = name;
  };

  const mail = (fields) => {
    const subject = `Contribution ${receipt}`;
    const words = message(fields);
    const link = `mailto:${says.address}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(words.replace(/\n/g, "\r\n"))}`;
    // Longer addresses are cut or refused by some systems, and cut words would be lost.
    const long = link.length > 1900;
    id("tp-message").value = words;
    id("tp-subject").textContent = subject;
    id("tp-mail-long").hidden = !long;
    id("tp-mail-short").hidden = long;
    id("tp-mail").href = link;
    does({ "copy-message": () => copy(words, says), forget: () => { forget(); location.reload(); } });
    if (!long) id("tp-mail").click();
  };

  /** Before the browser posts the form: fields that were hidden are not sent, several answers become one value. */
  const trim = (fields) => {
    const joined = new Set();
    for (const element of [...form.elements]) {
      const { name, type } = element;
      if (!name || type === "hidden") continue;
      if (name !== "website" && !isShown(element)) element.disabled = true;
      else if (name.startsWith("answer-") && (type === "checkbox" || element.localName === "select")) {
        element.disabled = true;
        if (joined.has(name) || !fields[name]) continue;
        joined.add(name);
        const whole = document.createElement("input");
        Object.assign(whole, { type: "hidden", name, value: fields[name] });
        form.append(whole);
      }
    }
  };

  form.addEventListener("submit", (event) => {
    if (sending) return event.preventDefault();
    if (closed()) {
      event.preventDefault();
      clock.scrollIntoView({ block: "center" });
      return;
    }
    const found = faults();
    tell(found);
    if (found.length > 0) return event.preventDefault();
    const fields = prepare();
    if (channel === "file" || channel === "email") {
      event.preventDefault();
      if (channel === "file") {
        saveFile(fields);
        form.hidden = true;
        if (kept) write(kept, key, null);
        finished = true;
        unsaved = false;
        does({ "save-file": () => saveFile(fields) });
      } else {
        keep();
        mail(fields);
      }
      done();
      return;
    }
    // The browser itself sends: the answer is a page of the host. Twice is not possible.
    keep();
    if (kept) write(kept, key, { ...read(kept, key), sent: new Date().toISOString() });
    const tab = store("sessionStorage");
    if (tab) write(tab, sentKey(folder), receipt);
    finished = true;
    unsaved = false;
    sending = true;
    send.disabled = true;
    send.textContent = says.sending;
    trim(fields);
  });
  // Back from the host's page, in the browser's memory of this one: it is a new form.
  addEventListener("pageshow", (event) => { if (event.persisted && sending) location.reload(); });

  addEventListener("beforeunload", (event) => {
    if (waiting) keep();
    if (unsaved && !finished) event.preventDefault();
  });
  addEventListener("pagehide", () => { if (waiting) keep(); });

  // ---- Beginning.

  const ready = () => {
    arrange();
    sayParent();
    counted();
    showReceipt(receipt, consultation, says, folder);
    closed();
  };

  const draft = kept && read(kept, key);
  if (draft?.fields) {
    restore(draft.fields);
    if (typeof draft.receipt === "string" && /^[0-9A-Z-]{23}$/.test(draft.receipt)) receipt = draft.receipt;
    filled = typeof draft.filled === "string" ? draft.filled : "";
    one("parent").value = draft.fields.parent?.[0] ?? "";
  }
  // A link may say what the contribution is about; only what the form offers is taken from it.
  const asked = new URLSearchParams(location.search);
  const offer = (name, wanted) => {
    const element = one(name);
    if (!element || wanted === null) return;
    if (element.localName === "select") {
      const option = [...element.options].find((o) => o.value === wanted && !o.parentElement.disabled);
      if (option) option.selected = true;
    } else if (/^[\p{L}\p{N}._-]{1,80}$/u.test(wanted)) element.value = wanted;
  };
  offer("text", asked.get("text"));
  arrangeAbout();
  offer("article", asked.get("article"));
  if (/^[0-9]{1,4}$/.test(asked.get("paragraph") ?? "")) offer("paragraph", asked.get("paragraph"));
  offer("parent", asked.get("parent"));
  for (const radio of all(form, 'input[name="kind"]')) if (radio.value === asked.get("kind")) radio.checked = true;

  id("tp-receipt").hidden = false;
  form.addEventListener("input", (event) => {
    if (event.target === body) counted();
    clear(event.target.closest("[data-field]")?.dataset.field ?? "");
    clearTimeout(waiting);
    waiting = setTimeout(() => { waiting = 0; keep(); }, 400);
  });
  form.addEventListener("change", arrange);
  ready();
  if (draft?.fields) sayDraft(draft.sent ? says.draftSent : says.draftBack);
  watch();
})();
