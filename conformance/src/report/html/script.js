"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const find = (selector, within = document) => within.querySelector(selector);
  const root = document.documentElement;
  const said = find("#said");
  const checks = all("details.check");
  const chips = all(".chip");

  // --- filter: words in a check, and how it ended ---------------------------------------------
  const texts = new Map(checks.map((check) => [check, check.textContent.toLowerCase()]));
  const filter = () => {
    const words = find("#filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = new Set(chips.filter((chip) => chip.getAttribute("aria-pressed") === "true")
      .map((chip) => chip.dataset.group));
    let count = 0;
    for (const group of all(".group")) {
      let here = 0;
      for (const check of all("details.check", group)) {
        const text = texts.get(check);
        const matches = shown.has(group.id) && words.every((word) => text.includes(word));
        check.hidden = !matches;
        here += matches ? 1 : 0;
      }
      group.hidden = here === 0;
      count += here;
    }
    find("#nothing").hidden = count > 0;
    said.textContent = `${count} of ${checks.length} checks shown`;
  };
  find("#filter").addEventListener("input", filter);
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }

  // --- expand and collapse --------------------------------------------------------------------
  const fold = (open) => {
    for (const check of checks) {
      if (!check.hidden) check.open = open;
    }
    for (const clause of all("details.clause")) clause.open = open;
    said.textContent = open ? "All expanded" : "All collapsed";
  };
  find("#open").addEventListener("click", () => fold(true));
  find("#close").addEventListener("click", () => fold(false));

  // --- a link opens what it leads to ----------------------------------------------------------
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target || target.tagName !== "SUMMARY") return;
    if (target.closest("[hidden]")) {
      find("#filter").value = "";
      for (const chip of chips) chip.setAttribute("aria-pressed", "true");
      filter();
    }
    target.parentElement.open = true;
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  };
  addEventListener("hashchange", reveal);
  // The same link a second time changes no hash.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) reveal();
  });

  // --- copy -----------------------------------------------------------------------------------
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };
  for (const command of all(".command")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy: ${find("p", command).textContent}`);
    button.addEventListener("click", async () => {
      const done = await copy(find("code", command).textContent);
      button.textContent = done ? "Copied" : "Select it and copy";
      said.textContent = done ? "Copied" : "The browser did not allow to copy";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
      button.focus();
    });
    command.append(button);
  }

  // --- theme ----------------------------------------------------------------------------------
  const THEMES = ["system", "light", "dark"];
  const KEY = "atlas-conformance-theme";
  // A page from a file may have no storage.
  const remembered = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const wear = (theme) => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    find("#theme").textContent = `Theme: ${theme}`;
  };
  wear(THEMES.includes(remembered()) ? remembered() : "system");
  find("#theme").addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(root.dataset.theme || "system") + 1) % THEMES.length];
    wear(next);
    try { localStorage.setItem(KEY, next); } catch { /* It holds for this visit. */ }
  });

  // --- print: what failed is printed in full --------------------------------------------------
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all(".check.fail, .check.warn, .check.error").filter((check) => !check.open);
    for (const check of opened) check.open = true;
  });
  addEventListener("afterprint", () => {
    for (const check of opened) check.open = false;
  });

  find(".tools").hidden = false;
  reveal();
})();
