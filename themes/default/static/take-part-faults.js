// What is wrong with what a reader wrote, before it is sent: said at the field, and in a list that leads to each. No words
// are in this file: they are in the attributes of the form.
(() => {
  "use strict";

  /** `form` is the form; `filled` gives the words that the form itself put in a rewording. */
  globalThis.greffeParticipation.faults = (form, filled) => {
    const { all, valueIn, isShown, count } = globalThis.greffeParticipation;
    const says = form.dataset;
    const most = Number(says.max);
    const one = (name) => form.elements.namedItem(name);
    const value = (name) => valueIn(form, name);
    const [body, text, article] = ["body", "text", "article"].map(one);
    const fieldOf = (name) => form.querySelector(`[data-field="${CSS.escape(name)}"]`);
    const errors = document.getElementById("tp-errors");
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
      const brought = value("kind");
      if (brought === "") wrong("kind", says.errorKind);
      if (brought === "wording" && article && (text.value === "" || article.value === "")) wrong(text.value === "" ? "text" : "article", says.errorArticle);
      if (isShown(one("paragraph")) && value("paragraph").trim() !== "") {
        const last = Number(article.selectedOptions[0]?.dataset.paragraphs ?? 0);
        const number = value("paragraph").trim();
        if (!/^[0-9]+$/.test(number) || Number(number) < 1 || Number(number) > last) wrong("paragraph", says.errorParagraph);
      }
      if (brought === "argument" && value("position") === "") wrong("position", says.errorPosition);
      if (brought === "proposal" && value("title").trim() === "") wrong("title", says.errorTitle);
      if (brought !== "answer") {
        if (body.value.trim() === "" && !(brought === "source" && value("title").trim() !== "")) wrong("body", says.errorBody);
        else if (brought === "wording" && filled() !== "" && same(body.value, filled())) wrong("body", says.errorSame);
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
        if (one(name) && isShown(one(name)) && value(name).trim() === "") wrong(name, words);
      }
      const email = one("email");
      if (email && (email.required || email.value.trim() !== "") && !/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(email.value.trim())) wrong("email", says.errorEmail);
      if (!document.getElementById("tp-consent").checked) wrong("consent", says.errorConsent);
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

    return { clear, faults, tell };
  };
})();
