"use strict";

// The server writes the pages. This script keeps them fresh and reads the chart; tables.js, before it, sorts, finds and copies. Without
// them all figures are there.
const content = document.getElementById("content");
const shortestPause = 3_000;
const longPause = 5_000;

document.documentElement.classList.add("scripted");

// Instants that people wait for stand in their own time zone.
function addLocalTimes(part) {
  for (const time of part.querySelectorAll("time[data-local]")) {
    time.title = time.textContent;
    time.textContent = new Date(time.dateTime).toLocaleString([], {
      day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
    });
  }
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
  const legend = [...part.querySelectorAll("[data-line]")];
  const names = new Map(legend.map(line => [line.dataset.line, line.querySelector(".name").textContent]));
  drawing.setAttribute("tabindex", "0");
  drawing.setAttribute("aria-label", `${drawing.getAttribute("aria-label")}. Arrow keys read the figures.`);

  async function learn() {
    const addresses = [plot.dataset.history, plot.dataset.median].filter(address => address);
    const answers = await Promise.all(addresses.map(async address => (await fetch(address)).json()));
    const byDay = new Map();
    for (const series of answers.flatMap(answer => answer.series)) {
      const line = series.provider ?? series.select;
      const name = names.get(line) ?? line;
      series.dates.forEach((day, index) => byDay.set(day, [...byDay.get(day) ?? [], `${name} ${series.rates[index]}`]));
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
  const point = async event => {
    const box = drawing.getBoundingClientRect();
    const wanted = from + (event.clientX - box.left) / box.width * (to - from);
    await ready();
    if (days.length) {
      const distance = ([day]) => Math.abs(Date.parse(`${day}T00:00:00Z`) - wanted);
      show(days.reduce((best, day, index) => distance(day) < distance(days[best]) ? index : best, 0));
    }
  };
  drawing.addEventListener("pointermove", point);
  drawing.addEventListener("pointerdown", point);
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
  addFilters(part);
  addReading(part);
}

// Live: when a provider publishes, the same address is asked for again and the parts with figures are replaced. A part that somebody
// works in stays until they leave it.
const parts = ["result", "answer", "history"];
const live = document.getElementById("live");
let pending;
let isWaiting = false;

function say(text) {
  live.textContent = text;
  clearTimeout(say.end);
  say.end = setTimeout(() => { live.textContent = ""; }, 10_000);
}

function keep(old, made) {
  for (const one of old.querySelectorAll("details[id], input[id]")) {
    const other = made.querySelector(`#${one.id}`);
    if (other && one.localName === "details") {
      other.open = one.open;
    } else if (other && one.type === "checkbox") {
      other.checked = one.checked;
    }
  }
}

async function refresh() {
  pending = undefined;
  const response = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => undefined);
  if (!response?.ok) {
    return;
  }
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  isWaiting = false;
  let isNew = false;
  for (const id of parts) {
    const [old, made] = [document.getElementById(id), fresh.getElementById(id)];
    if (!old || !made) {
      continue;
    }
    if (old.contains(document.activeElement)) {
      isWaiting = true;
      continue;
    }
    keep(old, made);
    isNew = true;
    old.replaceWith(made);
    enhance(made);
  }
  if (isNew) {
    document.title = fresh.title;
    const answer = document.querySelector("#result .answer")?.childNodes ?? [];
    const words = [...answer].filter(one => one.localName !== "button").map(one => one.textContent).join("").replace(/\s+/g, " ");
    say(`Brought up to date at ${new Date().toLocaleTimeString([], { timeStyle: "short" })}. ${words}`);
  }
}

function changed() {
  pending ??= setTimeout(refresh, shortestPause);
}

document.addEventListener("focusout", () => isWaiting && changed());

let events;
let isLost = false;
function follow() {
  if (document.visibilityState !== "visible") {
    events?.close();
    events = undefined;
    isLost = true;
    return;
  }
  if (events) {
    return;
  }
  events = new EventSource(`${root}v1/events`);
  ["published", "revised", "stale"].forEach(name => events.addEventListener(name, changed));

  // What happened while nobody listened is asked for at once.
  events.addEventListener("open", () => {
    if (isLost) {
      isLost = false;
      changed();
    }
  });
  events.addEventListener("error", () => {
    if (!isLost) {
      say("The connection to the server is lost. The page tries again.");
    }
    isLost = true;
    if (events?.readyState === EventSource.CLOSED) {
      events = undefined;
      setTimeout(follow, longPause);
    }
  });
}

// The form: names beside the codes, an exchange of the currencies as they are typed, and no empty fields in the address.
const form = document.getElementById("ask");
if (form) {
  for (const name of form.querySelectorAll("[data-names]")) {
    const field = form.elements[name.dataset.names];
    const known = name.textContent;
    const first = field.value;
    field.addEventListener("input", () => {
      const code = field.value.trim().toUpperCase();
      name.textContent = form.querySelector(`#codes option[value="${CSS.escape(code)}"]`)?.textContent
        ?? (field.value === first ? known : "");
    });
  }
  form.querySelector(".swap").addEventListener("click", event => {
    event.preventDefault();
    const { from, to } = form.elements;
    [from.value, to.value] = [to.value, from.value];
    form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    for (const field of form.querySelectorAll("input, select")) {
      field.disabled = field.value === "" || (field.name === "select" && field.value === "median");
    }
    setTimeout(() => form.querySelectorAll(":disabled").forEach(field => { field.disabled = false; }));
  });
}

document.addEventListener("click", event => {
  const open = event.target.closest("[data-open]");
  if (open) {
    event.preventDefault();
    const choice = document.getElementById(open.dataset.open);
    choice.open = true;
    choice.scrollIntoView({ block: "nearest" });
    (document.getElementById("filter") ?? choice.querySelector("input, select")).focus();
  }
});
document.addEventListener("visibilitychange", follow);
enhance(content);
follow();
