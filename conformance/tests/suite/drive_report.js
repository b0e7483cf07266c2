// Uses the page as a person would and writes down what happened, for the test that runs this in a
// headless browser: the element #driven then holds a JSON object.
(async () => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = () => all("details.check").filter((check) => !check.hidden && !check.closest("[hidden]"));
  const result = { blocked: [] };
  document.addEventListener("securitypolicyviolation", (event) => result.blocked.push(event.violatedDirective));
  try {
    const filter = document.querySelector("#filter");
    const type = (text) => {
      filter.value = text;
      filter.dispatchEvent(new Event("input", { bubbles: true }));
    };
    result.tools = !document.querySelector(".tools").hidden;
    result.all = shown().length;
    result.openAtFirst = shown().filter((check) => check.open).length;
    type("ROLES/last never-empty");
    result.filtered = shown().map((check) => check.querySelector(".id").textContent);
    result.said = document.querySelector("#said").textContent;
    type("no such words");
    result.none = shown().length;
    result.nothingSaid = !document.querySelector("#nothing").hidden;
    type("");
    document.querySelector(".chip.pass").click();
    result.withoutPassed = shown().length;

    document.querySelector("#open").click();
    result.expanded = shown().filter((check) => check.open).length;
    document.querySelector("#close").click();
    result.collapsed = shown().filter((check) => check.open).length;

    // Nothing is wider than the page, and short words stay on one line.
    document.querySelector("#open").click();
    result.overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const words = [...document.querySelectorAll(".exchange > summary .method, .exchange > summary b")];
    result.brokenWords = words.filter((word) => word.getClientRects().length > 1).length;
    const cells = [...document.querySelectorAll("#observations tbody td, #observations tbody th")];
    result.narrowCells = cells.filter((cell) => cell.clientWidth > 0 && cell.clientWidth < 60).length;
    document.querySelector("#close").click();

    // A link to what is hidden shows it.
    const passed = document.querySelector(".check.pass");
    location.hash = passed.querySelector("summary").id;
    await new Promise((done) => addEventListener("hashchange", () => setTimeout(done, 500), { once: true }));
    result.revealed = passed.open && shown().includes(passed);
    result.focused = document.activeElement === passed.querySelector("summary");

    const copied = [];
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { copied.push(text); } } });
    const command = document.querySelector(".command");
    command.querySelector("button").click();
    await new Promise((done) => setTimeout(done, 50));
    result.copied = copied[0];
    result.commandShown = command.querySelector("code").textContent;
    result.copyLabel = command.querySelector("button").textContent;

    const paper = () => getComputedStyle(document.body).backgroundColor;
    const theme = document.querySelector("#theme");
    theme.click();
    result.light = paper();
    theme.click();
    result.dark = paper();
    theme.click();
    result.theme = theme.textContent;

    result.pwned = window.pwned === undefined ? "no" : "yes";
    result.images = all("img").length;
    result.requested = performance.getEntriesByType("resource").length;
    result.wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    result.unnamed = all("button, input, a, summary").filter((control) => {
      const labels = control.labels ? [...control.labels].map((label) => label.textContent).join("") : "";
      return !(control.getAttribute("aria-label") || labels || control.textContent).trim();
    }).length;
    const ids = all("[id]").map((element) => element.id);
    result.repeatedIds = ids.filter((id, at) => ids.indexOf(id) !== at);
    result.deadLinks = all("a[href^='#']").filter((link) => !document.getElementById(link.hash.slice(1))).map((link) => link.hash);
  } catch (error) {
    result.error = String(error.stack || error);
  }
  const out = document.createElement("pre");
  out.id = "driven";
  out.textContent = JSON.stringify(result);
  document.body.append(out);
})();
