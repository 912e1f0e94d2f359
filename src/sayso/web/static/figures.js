// Whoever points at a mark of the picture sees its passage below; the picture and the table show each other.
const told = document.getElementById("told");
const points = new Map([...document.querySelectorAll("[data-count]")].map((point) => [point.dataset.count, point]));

const picture = document.querySelector(".counts");

// The marks and lines of one source stand out; without a source all are as they were.
const choose = (source) => {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  picture?.classList.toggle("choosing", source !== undefined);
  for (const part of picture?.querySelectorAll("[data-source]") ?? []) {
    part.classList.toggle("mine", part.dataset.source === source);
  }
};

const show = (point) => {
  choose(point.dataset.source);
  const row = document.getElementById(point.dataset.count);
  if (!told) return;
  point.classList.add("lit");
  if (!row) {
    told.textContent = point.querySelector("title").textContent;
    told.hidden = false;
    return;
  }
  row.classList.add("lit");
  const [when, source, words, report] = [".when", ".source", ".very a", "td:last-child"].map((part) => row.querySelector(part));
  const head = document.createElement("b");
  head.textContent = `${source.firstChild.textContent}, ${when.textContent}: ${row.dataset.number}`;
  const passage = document.createElement("a");
  passage.href = words.href;
  passage.textContent = `“${words.textContent.trim()}”`;
  told.replaceChildren(head, " ", passage, ` ${report.firstChild.textContent}`);
  told.hidden = false;
};

for (const point of points.values()) {
  point.addEventListener("pointerenter", () => show(point));
  point.addEventListener("focus", () => show(point));
}
for (const row of document.querySelectorAll(".every tbody tr")) {
  row.addEventListener("pointerenter", () => {
    const point = points.get(row.id);
    choose(point?.dataset.source);
    point?.classList.add("lit");
  });
}
picture?.addEventListener("pointerleave", () => choose(undefined));
