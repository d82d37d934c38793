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
    Upload: "Choisir des fichiers",
    "Drag and drop files here": "Déposez les fichiers ici",
    "Drop files here": "Déposez les fichiers ici",
    "Remove file": "Retirer",
  };
  // What Streamlit says with a number or a label in it.
  const PATTERNS = [
    [/^(\d+)\s?MB per file.*$/, "$1 Mo par fichier, ou glissez-les ici"],
    [/^Help for (.+)$/, "Aide : $1"],
    [/^File must be (\d+)(?:\.\d+)?\s?MB or smaller\.?$/, "Ce fichier pèse plus de $1 Mo : découpez-le ou allégez-le"],
  ];
  const inFrench = (text) => {
    const said = text?.trim();
    const pattern = said && said.length < 120 && PATTERNS.find(([english]) => english.test(said));
    return FRENCH[said] ?? (pattern ? said.replace(...pattern) : undefined);
  };
  const ATTRIBUTES = ["aria-label", "title", "placeholder"];

  function translate(root) {
    for (const element of [root, ...root.querySelectorAll("[aria-label],[title],[placeholder]")]) {
      for (const name of ATTRIBUTES) {
        const french = inFrench(element.getAttribute?.(name));
        if (french) element.setAttribute(name, french);
      }
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const french = inFrench(node.data);
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

  // A document opened at a quotation is shown at its first marked words, once: in its text, or on the picture of its page.
  function goToMark(root) {
    const shown = root.matches?.("[data-at-mark]") ? root : root.querySelector("[data-at-mark]");
    const image = shown?.querySelector(".page-image");
    if (image) image.complete ? goToMarkOn(image) : image.addEventListener("load", () => goToMarkOn(image), { once: true });
    else if (!document.querySelector(".page-frame")) shown?.querySelector("mark")?.scrollIntoView({ block: "center" });
  }

  // The line below marked words is drawn in one colour (assistant/page_worker.py): where it first stands is looked for.
  function goToMarkOn(image) {
    const canvas = document.createElement("canvas");
    const [width, height] = (([canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight]));
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const dots = pen.getImageData(0, 0, width, height).data;
    let at = 0;
    while (at < dots.length && !(dots[at] === 201 && dots[at + 1] === 151 && dots[at + 2] === 0)) at += 4;
    if (at >= dots.length) return;
    const frame = image.parentElement;
    const across = (at / 4) % width;
    frame.scrollLeft = (across / width) * image.clientWidth - 40;
    let scroller = frame;
    while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
    const down = image.getBoundingClientRect().top + (at / 4 / width / height) * image.clientHeight;
    (scroller ?? document.scrollingElement).scrollBy(0, down - innerHeight / 2);
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
        goToMark(node);
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
