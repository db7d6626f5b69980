// What the pages of this theme can do better with a script; everything works without. Marks, in the plan, the part
// being read, and copies the address of a paragraph when its number is chosen.
(() => {
  "use strict";

  const plan = document.querySelector(".plan");
  if (plan && "IntersectionObserver" in window) {
    const links = new Map();
    for (const link of plan.querySelectorAll('a[href^="#"]')) {
      const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (part) links.set(part, link);
    }
    const seen = new Set();
    let here = null;
    const mark = () => {
      const part = [...links.keys()].filter((p) => seen.has(p)).pop();
      const link = part && links.get(part);
      if (!link || link === here) return;
      here?.removeAttribute("aria-current");
      link.setAttribute("aria-current", "location");
      here = link;
      // Keeps the marked line in view inside the plan, without moving the page.
      const box = plan.getBoundingClientRect();
      const line = link.getBoundingClientRect();
      if (line.top < box.top || line.bottom > box.bottom) plan.scrollTop += line.top - box.top - box.height / 3;
    };
    const watch = new IntersectionObserver((entries) => {
      for (const e of entries) seen[e.isIntersecting ? "add" : "delete"](e.target);
      mark();
    }, { rootMargin: "0px 0px -70% 0px" });
    for (const part of links.keys()) watch.observe(part);
    // On a phone, choosing a line closes the plan so that the text is what one sees.
    plan.addEventListener("click", (event) => {
      const box = plan.querySelector("details");
      if (box && event.target.closest("a")) box.open = false;
    });
  }

  const said = document.getElementById("said");
  let timer = 0;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".para-number, .permalink");
    if (!link || !said || !navigator.clipboard) return;
    navigator.clipboard.writeText(link.href).then(() => {
      said.textContent = said.dataset.copied;
      clearTimeout(timer);
      timer = setTimeout(() => { said.textContent = ""; }, 2500);
    }, () => {});
  });
})();
