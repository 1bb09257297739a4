// Where a reader is on a page: kept when they change the language, found again when they
// come back, reached by a click on a question's number.
//
// Twin pages have the same cells in the same order, so a place is the number of the cell at
// the top of the window and how far it has been scrolled. A page of the course is known by
// its path: notebooks/zh/11_tiering.ipynb and notebooks/en/11_tiering.ipynb.
//
//   data-goto="l11-p2"                      scrolls to a question of this page
//   data-open="notebooks/zh/11_tiering.ipynb" data-at="l11-p2"   opens a page, at a question
const PAGE = /^(notebooks|exercises)\/(zh|en)\/(.+)$/;
const OTHER = { zh: "en", en: "zh" };
const NAMES = { zh: "中文", en: "English" };
const GOING = "crmkit-going";

export function keepPlaces(app, tracker, { Widget }) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-goto], [data-open]");
    if (!link) return;
    event.preventDefault();
    const { goto, open, at } = link.dataset;
    if (open) travel(app, open, { question: at });
    else show(link.closest(".crmkit-page"), { question: goto });
  });
  tracker.currentChanged.connect((_, panel) => panel && arrive(panel));
  return (panel) => addSwitch(app, panel, Widget);
}

// Called when a page has run: whoever came here from elsewhere is shown to their place.
export function arrive(panel) {
  const going = JSON.parse(sessionStorage.getItem(GOING) ?? "null");
  if (going?.path !== panel.context.path || panel.node.dataset.crmkit !== "ready") return;
  sessionStorage.removeItem(GOING);
  for (const wait of [0, 300, 1200]) setTimeout(() => show(panel.node, going.place, true), wait);
}

function travel(app, path, place) {
  sessionStorage.setItem(GOING, JSON.stringify({ path, place }));
  app.commands.execute("docmanager:open", { path });
}

function show(page, { question, cell, share }, at_once = false) {
  const behavior = at_once ? "instant" : "smooth";
  const found = question && page?.querySelector(`.crm-at-${CSS.escape(question)}`);
  if (found) {
    found.scrollIntoView({ block: "start", behavior });
    const control = found.querySelector("input, textarea, select, [data-pick]");
    control?.focus({ preventScroll: true });
  } else if (cell !== undefined) {
    const node = page.querySelectorAll(".jp-Cell")[cell];
    const room = node?.closest(".jp-WindowedPanel-outer");
    if (!room) return;
    const from = node.getBoundingClientRect().top - room.getBoundingClientRect().top;
    room.scrollTo({ top: room.scrollTop + from + share * node.offsetHeight, behavior });
  }
}

function placeOn(page) {
  const room = page.querySelector(".jp-WindowedPanel-outer");
  if (!room || room.scrollTop < 40) return { cell: 0, share: 0 };
  const top = room.getBoundingClientRect().top + 1;
  const cells = [...page.querySelectorAll(".jp-Cell")];
  // A cell that sticks to the top is there wherever the reader is.
  const here = cells.findIndex((cell) =>
    getComputedStyle(cell).position !== "sticky" && cell.getBoundingClientRect().bottom > top);
  const { top: above, height } = cells[here].getBoundingClientRect();
  return { cell: here, share: height ? Math.max(0, (top - above) / height) : 0 };
}

function addSwitch(app, panel, Widget) {
  const [, folder, language, name] = panel.context.path.match(PAGE) ?? [];
  if (!name) return;
  const path = `${folder}/${OTHER[language]}/${name}`;
  const node = document.createElement("button");
  node.type = "button";
  node.className = "crmkit-twin";
  node.lang = OTHER[language];
  node.textContent = NAMES[OTHER[language]];
  node.addEventListener("click", () => travel(app, path, placeOn(panel.node)));
  // The folder is asked for, and not the page: a page that is not there would be an error.
  const shelf = path.slice(0, path.lastIndexOf("/"));
  app.serviceManager.contents.get(shelf).then(
    ({ content }) => content.some((entry) => entry.path === path)
      && panel.toolbar.insertAfter("again", "twin", new Widget({ node })),
    () => {},
  );
}
