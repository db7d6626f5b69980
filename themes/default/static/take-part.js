// The form with which a reader takes part. Without this script it is sent as it stands, where its channel allows; with
// it there is a draft, a receipt, errors said where they are, and a form that closes by the reader's own clock.
//
// Everything stays in this browser until the reader sends it: drafts are in localStorage, one a consultation; the
// receipt is made here. No words are in this file: they are in the attributes of the form.
(() => {
  "use strict";

  // ------------------------------------------------------------------------------------------------- small things

  const id = (name) => document.getElementById(name);
  const all = (from, selector) => [...from.querySelectorAll(selector)];

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
    const said = id("said");
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

  /** A receipt, shown, with its buttons. */
  const showReceipt = (receipt, consultation, says) => {
    for (const output of all(document, ".receipt-shown")) output.textContent = receipt;
    const act = { "copy-receipt": () => copy(receipt, says), "save-receipt": () => saveReceipt(receipt, consultation) };
    for (const button of all(document, "[data-do]")) {
      if (act[button.dataset.do]) button.onclick = act[button.dataset.do];
    }
  };
  const saveReceipt = (receipt, consultation) => {
    const where = new URL(id("tp-thanks") ? "../../receipt/index.html" : "../receipt/index.html", location.href).href.split(/[?#]/)[0];
    save(`receipt-${receipt.slice(0, 5)}.txt`, `${receipt}\n${consultation}\n${where}\n${new Date().toISOString()}\n`, "text/plain");
  };

  // ------------------------------------------------------------------------------------------- the page that thanks

  const thanks = id("tp-thanks");
  if (thanks) {
    const consultation = thanks.dataset.consultation;
    const tab = store("sessionStorage");
    const sent = tab && read(tab, `greffe-sent-${consultation}`);
    if (sent) {
      const kept = store("localStorage");
      if (kept) write(kept, `greffe-draft-${consultation}`, null);
      id("tp-receipt").hidden = false;
      showReceipt(sent, consultation, thanks.dataset);
    }
    return;
  }

  // -------------------------------------------------------------------------------------------------------- the form

  const form = id("take-part");
  if (!form) return;
  const says = form.dataset;
  const { channel, consultation } = says;
  const key = `greffe-draft-${consultation}`;
  const kept = store("localStorage");
  const most = Number(says.max);
  const one = (name) => form.elements.namedItem(name);
  const value = (name) => one(name)?.value ?? "";
  const count = (n, few, many) => (n === 1 || (n === 0 && document.documentElement.lang === "fr") ? few : many).replace("%n", n);
  const fieldOf = (name) => form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const shown = (element) => !!element && !element.closest("[hidden]");
  const own = { hidden: new Set(["form-name", "greffe", "consultation", "version", "receipt", "written", "website"]) };

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
    one("version").value = chosen?.dataset.version ?? "";
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
      if (!name || own.hidden.has(name) || type === "submit") continue;
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
      if (!element.name || own.hidden.has(element.name)) continue;
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

  // ---- Errors.

  const errors = id("tp-errors");
  const clear = (name) => {
    const field = fieldOf(name);
    if (!field) return;
    field.querySelector(".field-error:not(#tp-left)")?.remove();
    for (const control of all(field, "[aria-invalid]")) {
      control.removeAttribute("aria-invalid");
      const rest = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((d) => d !== `tp-error-${name}`).join(" ");
      if (rest) control.setAttribute("aria-describedby", rest);
      else control.removeAttribute("aria-describedby");
    }
  };
  const mark = (name, words) => {
    clear(name);
    const field = fieldOf(name);
    const controls = all(field, "input:not([type=hidden]), select, textarea");
    const error = document.createElement("p");
    error.className = "field-error";
    error.id = `tp-error-${name}`;
    error.textContent = words;
    field.append(error);
    for (const control of controls) {
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${error.id}`.trim());
    }
    controls[0].id ||= `tp-first-${name}`;
    return controls[0];
  };
  const same = (a, b) => a.replace(/\s+/g, " ").trim() === b.replace(/\s+/g, " ").trim();

  /** What is wrong, in the order of the form: [field, sentence]. */
  const faults = () => {
    const found = [];
    const wrong = (name, words) => fieldOf(name) && found.push([name, words]);
    const brought = kind();
    if (brought === "") wrong("kind", says.errorKind);
    if (brought === "wording" && article && (text.value === "" || article.value === "")) wrong(text.value === "" ? "text" : "article", says.errorArticle);
    if (shown(one("paragraph")) && value("paragraph").trim() !== "") {
      const last = Number(article.selectedOptions[0]?.dataset.paragraphs ?? 0);
      const number = value("paragraph").trim();
      if (!/^[0-9]+$/.test(number) || Number(number) < 1 || Number(number) > last) wrong("paragraph", says.errorParagraph);
    }
    if (brought === "argument" && value("position") === "") wrong("position", says.errorPosition);
    if (brought === "proposal" && value("title").trim() === "") wrong("title", says.errorTitle);
    if (brought !== "answer") {
      if (body.value.trim() === "" && !(brought === "source" && value("title").trim() !== "")) wrong("body", says.errorBody);
      else if (brought === "wording" && filled !== "" && same(body.value, filled)) wrong("body", says.errorSame);
      if (body.value.length > most) wrong("body", says.errorLong);
      const link = value("link").trim();
      if ((brought === "source" && link === "") || (link !== "" && !/^https?:\/\/[^\s<>"/][^\s<>"]*$/i.test(link))) wrong("link", says.errorLink);
    }
    let answered = 0;
    for (const field of all(form, "[data-question]")) {
      const name = field.dataset.field;
      const values = all(field, "input, select, textarea").filter((c) => c.type === "radio" || c.type === "checkbox" ? c.checked : true).map((c) => c.value.trim()).filter(Boolean);
      answered += values.length;
      if (field.dataset.question === "number" && values.some((v) => !/^-?\d+([.,]\d+)?$/.test(v.replace(/\s/g, "")))) wrong(name, says.errorNumber);
      if (field.dataset.question === "ranked" && new Set(values).size !== values.length) wrong(name, says.errorRanked);
    }
    if (brought === "answer" && answered === 0) {
      const first = form.querySelector("[data-question]");
      if (first) wrong(first.dataset.field, says.errorAnswers);
    }
    if (fieldOf("show") && value("show") === "") wrong("show", says.errorShow);
    for (const [name, words] of [["name", says.errorName], ["pseudonym", says.errorPseudonym], ["organisation", says.errorOrganisation]]) {
      if (one(name) && shown(one(name)) && value(name).trim() === "") wrong(name, words);
    }
    const email = one("email");
    if (email && (email.required || email.value.trim() !== "") && !/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(email.value.trim())) wrong("email", says.errorEmail);
    if (!id("tp-consent").checked) wrong("consent", says.errorConsent);
    return found;
  };

  const tell = (found) => {
    for (const field of all(form, "[data-field]")) clear(field.dataset.field);
    errors.replaceChildren();
    errors.hidden = found.length === 0;
    if (found.length === 0) return;
    const title = document.createElement("h2");
    title.textContent = count(found.length, says.errorsOne, says.errorsMany);
    const list = document.createElement("ul");
    for (const [name, words] of found) {
      const control = mark(name, words);
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${control.id}`;
      link.textContent = words;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        control.focus();
        control.scrollIntoView({ block: "center" });
      });
      item.append(link);
      list.append(item);
    }
    errors.append(title, list);
    errors.focus();
    errors.scrollIntoView({ block: "start" });
  };

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
      if (type !== "hidden" && name !== "website" && !shown(element)) continue;
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
    showReceipt(receipt, consultation, says);
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
    const act = { "copy-message": () => copy(words, says), forget: () => { forget(); location.reload(); } };
    for (const button of all(id("tp-sent"), "[data-do]")) if (act[button.dataset.do]) button.onclick = act[button.dataset.do];
    if (!long) id("tp-mail").click();
  };

  /** Before the browser posts the form: fields that were hidden are not sent, several answers become one value. */
  const trim = (fields) => {
    const joined = new Set();
    for (const element of [...form.elements]) {
      const { name, type } = element;
      if (!name || type === "hidden") continue;
      if (name !== "website" && !shown(element)) element.disabled = true;
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
        for (const button of all(document, '[data-do="save-file"]')) button.onclick = () => saveFile(fields);
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
    if (tab) write(tab, `greffe-sent-${consultation}`, receipt);
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
    showReceipt(receipt, consultation, says);
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
