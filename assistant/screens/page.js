// Streamlit's own labels in French, the newest question and the quotation brought into view, printing. Loaded by the page's shell.
"use strict";
(() => {
  const FRENCH = {
    "Send message": "Envoyer la question",
    "Skip to main content": "Aller au contenu",
    "Copy to clipboard": "Copier",
    "Copied to clipboard": "Copié",
    Copied: "Copié",
    "Main menu": "Menu",
    "Clear all": "Tout effacer",
    "Clear value": "Effacer",
    "Clear selection": "Effacer",
    "Select all": "Tout choisir",
    "Choose options": "Choisir",
    "Choose an option": "Choisir",
    "No results": "Aucun résultat",
    "No options to select": "Rien à choisir",
    "Press Enter to apply": "Entrée pour valider",
    "Link to heading": "Lien vers ce titre",
    Close: "Fermer",
    Remove: "Retirer",
  };
  const ATTRIBUTES = ["aria-label", "title", "placeholder"];

  function translate(root) {
    for (const element of [root, ...root.querySelectorAll("[aria-label],[title],[placeholder]")]) {
      for (const name of ATTRIBUTES) {
        const french = FRENCH[element.getAttribute?.(name)?.trim()];
        if (french) element.setAttribute(name, french);
      }
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const french = FRENCH[node.data.trim()];
      if (french && !node.parentElement.closest(".stHtml, .stMarkdown, [data-testid=stCode]")) node.data = french;
    }
  }

  // The newest question is held at the top of the window while its answer arrives, until the reader scrolls or types.
  const HELD_MS = 4000;
  let shown = 0;
  let held = null;

  function hold(root) {
    for (const mark of root.querySelectorAll("[data-turn]")) {
      const turn = Number(mark.dataset.turn);
      if (turn > shown && turn > 1) held = { turn, until: performance.now() + HELD_MS };
      shown = turn;
    }
  }

  // A document opened at a quotation is shown at its first marked words, once.
  function goToMark(root) {
    const read = root.matches?.("[data-at-mark]") ? root : root.querySelector("[data-at-mark]");
    read?.querySelector("mark")?.scrollIntoView({ block: "center" });
  }

  function follow() {
    if (!held || performance.now() > held.until) return;
    document.querySelector(`[data-turn="${held.turn}"]`)?.scrollIntoView({ block: "start" });
  }

  for (const gesture of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    addEventListener(gesture, () => (held = null), { passive: true, capture: true });
  }

  addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) print();
  });

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") translate(change.target);
      for (const node of change.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        translate(node);
        hold(node);
        if (!document.querySelector(".page-frame")) goToMark(node);
      }
    }
    follow();
  }).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
})();
