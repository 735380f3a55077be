"use strict";

// What is done with figures and tables: copying, sorting, finding. The page's own script is page.js, which comes after this one.
const root = document.body.dataset.root;

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}

// Copying: what a person copies has all digits, and the address under which the browser reached the page.
async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Browsers have no clipboard for pages that came over plain HTTP from another machine.
  const field = element("textarea", "hidden", text);
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

function copyButton(name, text) {
  const button = element("button", "copy", name);
  button.type = "button";
  button.addEventListener("click", async () => {
    await copy(text());
    button.textContent = "Copied";
    button.focus();
    setTimeout(() => { button.textContent = name; }, 3_000);
  });
  return button;
}

function addCopyButtons(part) {
  for (const from of part.querySelectorAll("[data-copy]")) {
    if (from.dataset.request) {
      from.textContent = from.dataset.start + new URL(root + from.dataset.request, location.href) + from.dataset.end;
    }
    if (from.dataset.copy === "title" && !from.title) {
      continue;
    }
    const button = copyButton("Copy", () =>
      from.dataset.copy === "href" ? from.href : from.dataset.copy === "title" ? from.title : from.textContent);
    button.setAttribute("aria-label", `Copy ${from.dataset.copy === "title" ? "the result, all digits" : from.textContent}`);
    from.after(button);
  }
  for (const place of part.querySelectorAll("[data-table]")) {
    if (!document.getElementById(place.dataset.table)) {
      continue;
    }
    place.prepend(copyButton("Copy the table", () => textOf(document.getElementById(place.dataset.table))));
  }
}

// A table as spreadsheets take it: cells parted by tabs, figures with all digits, without the remarks below them.
function textOf(table) {
  const word = cell => (cell.querySelector("[data-full]")?.dataset.full
    ?? (cell.querySelector("strong, a") ?? cell).textContent).replace(/\s+/g, " ").trim();
  return [...table.rows].map(row => [...row.cells].map(word).join("\t")).join("\n");
}

document.addEventListener("copy", event => {
  const chosen = getSelection();
  if (chosen.isCollapsed || event.target.closest?.("input, textarea")) {
    return;
  }
  const part = element("div", "", chosen.getRangeAt(0).cloneContents());
  const figures = part.querySelectorAll("[data-full]");
  if (!figures.length) {
    return;
  }
  const rows = part.querySelectorAll("tr");
  figures.forEach(figure => { figure.textContent = figure.dataset.full; });
  const table = { rows: rows.length ? rows : [{ cells: [part] }] };
  event.clipboardData.setData("text/plain", rows.length ? textOf(table) : part.textContent.trim());
  event.clipboardData.setData("text/html", part.innerHTML);
  event.preventDefault();
});

// Sorting: figures by value, days and names as texts. A heading that leads somewhere gets a button beside its link.
const sorted = new Map();

function addSorting(part) {
  for (const table of part.querySelectorAll("table.sortable")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const link = head.querySelector("a");
      const button = link ? element("button", "sort") : element("button", "", ...head.childNodes);
      button.type = "button";
      if (link) {
        button.setAttribute("aria-label", `Sort by ${link.textContent}`);
      }
      button.addEventListener("click", () => sort(table, column, head.getAttribute("aria-sort") === "ascending"));
      (link?.parentElement ?? head).append(button);
    });
    const order = sorted.get(table.caption.textContent);
    if (order) {
      sort(table, order.column, order.isDown);
    }
  }
}

function keyOf(cell) {
  const text = cell.dataset.value ?? cell.textContent.trim();
  return text === "" || text === "–" ? { none: true } : /^-?\d+(\.\d+)?$/.test(text) ? { number: Number(text), text } : { text };
}

function sort(table, column, isDown) {
  sorted.set(table.caption.textContent, { column, isDown });
  const heads = table.tHead.rows[0].cells;
  for (const other of heads) {
    other.removeAttribute("aria-sort");
  }
  heads[column].setAttribute("aria-sort", isDown ? "descending" : "ascending");
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

// A field that hides what does not fit: in the picker of providers, where codes of currencies fit their providers too, and in tables.
let currencies;
async function learnCurrencies() {
  const providers = await (await fetch(`${root}v1/providers`)).json();
  currencies = new Map(providers.map(one => [one.key, one.currencies.join(" ").toLowerCase()]));
}

function addFilter(before, label, items, words) {
  if (items.length < 8) {
    return;
  }
  const field = element("input");
  Object.assign(field, { id: "filter", type: "search", placeholder: label });
  field.setAttribute("aria-label", label);
  const show = () => {
    const wanted = field.value.trim().toLowerCase();
    for (const item of items) {
      item.hidden = !words(item).includes(wanted);
    }
  };
  field.addEventListener("input", show);
  field.addEventListener("focus", () => { currencies ??= learnCurrencies().then(show); }, { once: true });
  field.addEventListener("keydown", event => event.key === "Enter" && event.preventDefault());
  before.before(field);
}

function addFilters(part) {
  const list = part.querySelector("#providers");
  if (list) {
    addFilter(list, "Find by name, country, key or currency", [...list.children], label =>
      `${label.dataset.find.toLowerCase()} ${currencies?.get?.(label.querySelector("input").value) ?? ""}`);
  }
  const table = (part.dataset.filter ? part : part.querySelector("[data-filter]"))?.querySelector("tbody");
  if (table) {
    addFilter(table.closest("#scroll"), table.closest("[data-filter]").dataset.filter, [...table.rows], row =>
      `${row.textContent.toLowerCase()} ${currencies?.get?.(row.dataset.key) ?? ""}`);
  }
}
