// The page that thanks: the receipt of what this browser just sent, and no draft any more.
(() => {
  "use strict";

  const { store, read, write, showReceipt, draftKey, sentKey } = globalThis.greffeParticipation;
  const page = document.getElementById("tp-thanks");
  const form = new URL("..", location.href).href;
  const tab = store("sessionStorage");
  const sent = tab && read(tab, sentKey(form));
  if (!sent) return;
  const kept = store("localStorage");
  if (kept) write(kept, draftKey(form), null);
  document.getElementById("tp-receipt").hidden = false;
  showReceipt(sent, page.dataset.consultation, page.dataset, form);
})();
