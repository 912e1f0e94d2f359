// Corrections by mouse and keyboard. Every form works without this: places can be typed, words copied.
const text = document.getElementById("text");
const points = (string) => [...string].length;

// Where a point of the page lies in the report's text, in code points; null outside of it.
function place(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const paragraph = element?.closest("[data-at]");
  if (!paragraph || !text?.contains(paragraph)) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  const copy = before.cloneContents();
  for (const pin of copy.querySelectorAll(".pin")) pin.remove();
  return Number(paragraph.dataset.at) + points(copy.textContent);
}

function chosen() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = place(range.startContainer, range.startOffset);
  const end = place(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  const copy = range.cloneContents();
  for (const pin of copy.querySelectorAll(".pin")) pin.remove();
  const raw = copy.textContent;
  const first = points(raw) - points(raw.trimStart());
  const last = points(raw) - points(raw.trimEnd());
  return { words: raw.trim().replace(/\s+/g, " "), start: start + first, end: end - last };
}

let latest = null;
document.addEventListener("selectionchange", () => {
  latest = chosen() ?? latest;
});

for (const phrase of text ? document.querySelectorAll("[data-phrase]") : []) {
  const words = phrase.querySelector("[data-words]");
  const places = phrase.querySelector("[data-places]");
  const buttons = document.createElement("p");
  buttons.className = "line";
  for (const [word, adding] of [["Take what is selected", false], ["Add it", true]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = word;
    button.title = "Select words in the text first";
    button.addEventListener("click", () => {
      if (!latest) {
        button.textContent = "Select words in the text first";
        return;
      }
      const own = `${latest.start}-${latest.end}`;
      words.value = adding && words.value ? `${words.value} … ${latest.words}` : latest.words;
      places.value = adding && places.value ? `${places.value}, ${own}` : own;
      button.textContent = word;
      latest = null;
      getSelection().removeAllRanges();
    });
    buttons.append(button, " ");
  }
  // What is typed into the words is looked up near the old place; a place that was taken before no longer holds.
  words.addEventListener("input", () => {
    const was = phrase.querySelector('input[name$="_at"][name^="was."]');
    places.value = was ? was.value : "";
  });
  phrase.append(buttons);
}

// Keys: j and k move (sayso.js), a accepts, r rejects, u undoes, e opens what can be corrected, 1 to 9 choose.
const typing = (event) => event.target.closest("input, textarea, select, [contenteditable]");
const within = () => document.activeElement?.closest("[data-step]") ?? document.querySelector(".judging");
const pressed = { a: "a", r: "r", e: "e" };
document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    if (event.key === "j" || event.key === "k") {
      const item = document.activeElement?.closest("[data-step]");
      if (item && item !== document.activeElement) item.focus();
      return;
    }
    if (event.key === "u") {
      document.querySelector("[data-undo] button")?.click();
      return;
    }
    const key = pressed[event.key] ?? (/^[1-9]$/.test(event.key) ? event.key : null);
    const button = key && within()?.querySelector(`[data-key="${key}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  },
  true,
);

const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
if (target?.matches("[data-step]")) target.focus();
else if (location.hash.startsWith("#item-")) [...document.querySelectorAll("[data-step]")].at(-1)?.focus();
