// Boards: pictures made of HTML that answer clicks, keys and drags.
//
// The kernel draws a board (crmkit/widgets/board.py) as HTML in which whatever can be chosen
// is a <button data-pick="word">. A pick is told to the kernel through a text field that
// stands hidden in the same board. The field holds the latest picks with a number each, for
// a busy kernel hears only of the field's last value and must not miss what came before.
//
//   data-pick="word"   a click, Enter or Space says "word"
//   data-drag="word"   may be dragged; data-drop="other" is where to: says "word>other"
//   data-arrows        the arrow keys move between the buttons inside
//   data-first         takes the focus when the button that had it is gone
const REMEMBERED = 24;
const picks = new WeakMap();

export function attendBoards() {
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest?.(".crm-board [data-pick]");
    if (chosen && !chosen.disabled) say(chosen.closest(".crm-board"), chosen.dataset.pick, chosen);
  });
  document.addEventListener("keydown", arrows, true);
  document.addEventListener("dragstart", lift);
  document.addEventListener("dragover", hover);
  document.addEventListener("dragleave", leave);
  document.addEventListener("dragend", settle);
  document.addEventListener("drop", drop);
}

function say(board, word, from) {
  const field = board.querySelector(".crm-wire input");
  if (!field) return;
  const told = picks.get(field) ?? { number: Date.now(), latest: [] };
  told.latest = [...told.latest, [++told.number, word]].slice(-REMEMBERED);
  picks.set(field, told);
  if (from) keepFocus(board, from);
  field.value = JSON.stringify(told.latest);
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// A board is drawn anew after a pick; whoever uses the keyboard stays where they were.
function keepFocus(board, from) {
  const word = from.dataset.pick;
  const watcher = new MutationObserver(() => {
    watcher.disconnect();
    if (document.activeElement && document.activeElement !== document.body
        && !board.contains(document.activeElement)) return;
    const same = board.querySelector(`[data-pick="${CSS.escape(word)}"]:not(:disabled)`);
    (same ?? board.querySelector("[data-first]"))?.focus({ preventScroll: true });
  });
  watcher.observe(board, { childList: true, subtree: true });
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function arrows(event) {
  const step = STEPS[event.key];
  const here = event.target.closest?.(".crm-board [data-arrows] [data-pick]");
  if (!step || !here || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  const others = [...here.closest("[data-arrows]").querySelectorAll("[data-pick]:not(:disabled)")];
  nearest(here, others.filter((other) => other !== here), step)?.focus();
}

// The next button in a direction: near along it, and hardly off to the side.
function nearest(here, others, [right, down]) {
  const from = middle(here);
  let best = null, least = Infinity;
  for (const other of others) {
    const to = middle(other);
    const along = (to.x - from.x) * right + (to.y - from.y) * down;
    const aside = Math.abs((to.x - from.x) * down) + Math.abs((to.y - from.y) * right);
    if (along > 1 && along + 3 * aside < least) [best, least] = [other, along + 3 * aside];
  }
  return best;
}

function middle(node) {
  const { left, top, width, height } = node.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

let lifted = null;

function lift(event) {
  const card = event.target.closest?.(".crm-board [data-drag]");
  if (!card) return;
  lifted = card;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset.drag);
  event.stopPropagation();
}

function target(event) {
  const place = event.target.closest?.(".crm-board [data-drop]");
  return lifted && place?.closest(".crm-board") === lifted.closest(".crm-board") ? place : null;
}

function hover(event) {
  const place = target(event);
  if (!place) return;
  event.preventDefault();
  event.stopPropagation();
  place.classList.add("crm-over");
}

function leave(event) {
  const place = event.target.closest?.(".crm-board [data-drop]");
  if (place && !place.contains(event.relatedTarget)) place.classList.remove("crm-over");
}

function settle() {
  lifted = null;
  for (const place of document.querySelectorAll(".crm-over")) place.classList.remove("crm-over");
}

function drop(event) {
  const place = target(event);
  if (!place) return;
  event.preventDefault();
  event.stopPropagation();
  say(place.closest(".crm-board"), `${lifted.dataset.drag}>${place.dataset.drop}`, null);
  settle();
}
