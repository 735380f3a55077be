"use strict";

// The server writes the pages. This script keeps them fresh, sorts tables, reads the chart and copies; without it all figures are there.
const root = document.body.dataset.root;
const content = document.getElementById("content");
const shortestPause = 3_000;

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}

// Copying: what a person copies has all digits, and the address under which the browser reached the page.
function addCopyButtons(part) {
  for (const from of part.querySelectorAll("[data-copy]")) {
    if (from.dataset.request) {
      from.textContent = `curl '${new URL(root + from.dataset.request, location.href)}'`;
    }
    if (!navigator.clipboard || !from.getAttribute("title") && from.dataset.copy === "title") {
      continue;
    }
    const button = element("button", "copy", "Copy");
    button.type = "button";
    button.addEventListener("click", async () => {
      const text = from.dataset.copy === "href" ? from.href : from.dataset.copy === "title" ? from.title : from.textContent;
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    });
    from.after(button);
  }
}

// Instants that people wait for stand in their own time zone.
function addLocalTimes(part) {
  for (const time of part.querySelectorAll("time[data-local]")) {
    time.title = time.textContent;
    time.textContent = new Date(time.dateTime).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  }
}

// Sorting: figures by value, days and names as texts.
function addSorting(part) {
  for (const table of part.querySelectorAll("table.sortable")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = element("button", "", ...head.childNodes);
      button.type = "button";
      button.addEventListener("click", () => sort(table, head, column));
      head.append(button);
    });
  }
}

function keyOf(cell) {
  const text = cell.dataset.value ?? cell.textContent.trim();
  return text === "" ? { none: true } : /^-?\d+(\.\d+)?$/.test(text) ? { number: Number(text), text } : { text };
}

function sort(table, head, column) {
  const isDown = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) {
    other.removeAttribute("aria-sort");
  }
  head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows].map(row => ({ row, key: keyOf(row.cells[column]) }));
  rows.sort((a, b) => {
    if (a.key.none || b.key.none) {
      return (a.key.none ? 1 : 0) - (b.key.none ? 1 : 0);
    }
    const order = a.key.number !== undefined && b.key.number !== undefined
      ? a.key.number - b.key.number : a.key.text.localeCompare(b.key.text);
    return isDown ? -order : order;
  });
  table.tBodies[0].append(...rows.map(({ row }) => row));
}

// The picker of providers has a field that hides what does not fit.
function addFilter(part) {
  const list = part.querySelector("#providers");
  if (!list || list.children.length < 8) {
    return;
  }
  const field = element("input");
  Object.assign(field, { id: "filter", type: "search", placeholder: "Find by name, key or country" });
  field.setAttribute("aria-label", "Find a provider");
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const label of list.children) {
      label.hidden = !label.dataset.find.toLowerCase().includes(wanted);
    }
  });
  field.addEventListener("keydown", event => event.key === "Enter" && event.preventDefault());
  list.before(field);
}

// The chart: the figures are fetched when somebody points at it, with all digits.
function addReading(part) {
  const plot = part.querySelector(".plot");
  if (!plot) {
    return;
  }
  const [from, to] = [plot.dataset.from, plot.dataset.to].map(day => Date.parse(`${day}T00:00:00Z`));
  const [cursor, reading, drawing] = [".cursor", ".reading", "svg"].map(part => plot.querySelector(part));
  let asked;
  let days = [];
  let at = -1;
  drawing.setAttribute("tabindex", "0");

  async function learn() {
    const answer = await (await fetch(plot.dataset.history)).json();
    const byDay = new Map();
    for (const series of answer.series) {
      series.dates.forEach((day, index) => byDay.set(day, [...byDay.get(day) ?? [], `${series.provider} ${series.rates[index]}`]));
    }
    days = [...byDay].sort(([a], [b]) => a < b ? -1 : 1);
  }

  function show(index) {
    at = Math.max(0, Math.min(days.length - 1, index));
    const [day, figures] = days[at];
    const x = (Date.parse(`${day}T00:00:00Z`) - from) / (to - from) * 1000;
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    cursor.setAttribute("visibility", "visible");
    reading.textContent = `${day}: ${figures.join(", ")}`;
  }

  const ready = () => (asked ??= learn());
  drawing.addEventListener("pointermove", async event => {
    const box = drawing.getBoundingClientRect();
    const wanted = from + (event.clientX - box.left) / box.width * (to - from);
    await ready();
    if (days.length) {
      const distance = ([day]) => Math.abs(Date.parse(`${day}T00:00:00Z`) - wanted);
      show(days.reduce((best, day, index) => distance(day) < distance(days[best]) ? index : best, 0));
    }
  });
  drawing.addEventListener("keydown", async event => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      await ready();
      if (days.length) {
        show(at < 0 && step === -1 ? days.length - 1 : at + step);
      }
    }
  });
}

function enhance(part) {
  addLocalTimes(part);
  addCopyButtons(part);
  addSorting(part);
  addFilter(part);
  addReading(part);
}

// Live: when a provider publishes, the same address is asked for again and the parts with figures are replaced.
const parts = ["result", "answer", "history"];
let pending;

async function refresh() {
  pending = undefined;
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok) {
    return;
  }
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const id of parts) {
    const [old, made] = [document.getElementById(id), fresh.getElementById(id)];
    if (old && made && !old.contains(document.activeElement)) {
      old.replaceWith(made);
      enhance(made);
    }
  }
  document.getElementById("live").textContent = "Rates were brought up to date just now.";
}

function changed() {
  pending ??= setTimeout(refresh, shortestPause);
}

let events;
function follow() {
  if (document.visibilityState === "visible" && !events) {
    events = new EventSource(`${root}v1/events`);
    ["published", "revised", "stale"].forEach(name => events.addEventListener(name, changed));
  } else if (document.visibilityState !== "visible" && events) {
    events.close();
    events = undefined;
  }
}

// Empty fields need not stand in the address.
document.getElementById("ask")?.addEventListener("submit", event => {
  for (const field of event.target.querySelectorAll("input, select")) {
    field.disabled = field.value === "" || (field.name === "select" && field.value === "median");
  }
  setTimeout(() => event.target.querySelectorAll(":disabled").forEach(field => { field.disabled = false; }));
});
document.addEventListener("visibilitychange", follow);
enhance(content);
follow();
