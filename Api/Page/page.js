"use strict";

// The page stores nothing: its address holds the whole query, so that an address can be shared.
const usual = "USD GBP JPY CHF CAD AUD CNY SEK NOK DKK PLN CZK";
const refreshEvery = 60_000;
const byId = id => document.getElementById(id);
const names = new Map();
const digits = new Map();
const oddRows = new Map();
let asking = 0;

// Rates are decimal texts and are multiplied as whole numbers: binary fractions would change their digits.
function multiply(amount, rate, places) {
  const [a, b] = [amount, rate].map(text => text.split("."));
  const scale = (a[1] ?? "").length + (b[1] ?? "").length;
  let product = BigInt(a.join("")) * BigInt(b.join(""));
  if (scale > places) {
    const unit = 10n ** BigInt(scale - places);
    product = (product + unit / 2n) / unit;
  } else {
    product *= 10n ** BigInt(places - scale);
  }
  const text = product.toString().padStart(places + 1, "0");
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}

const grouped = text => text.replace(/^\d+/, whole => whole.replace(/\B(?=(\d{3})+$)/g, "\u202f"));

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}

function age(asOf) {
  const days = Math.round((Date.now() - Date.parse(`${asOf}T12:00:00Z`)) / 86_400_000);
  return days <= 0 ? "today" : days === 1 ? "yesterday" : `${days} days ago`;
}

function asked() {
  const given = new URLSearchParams(location.search);
  const base = (given.get("base") || "EUR").toUpperCase();
  const quotes = (given.get("quotes") ?? usual.replace(base, "")).toUpperCase().split(/[\s,;]+/).filter(Boolean);
  return { base, quotes, amount: given.get("amount") || "1", providers: given.get("providers") ?? "" };
}

function address(ask, more) {
  const query = new URLSearchParams({ base: ask.base });
  if (ask.quotes.length) {
    query.set("quotes", ask.quotes.join(","));
  }
  if (ask.providers) {
    query.set("providers", ask.providers);
  }
  for (const [name, value] of Object.entries(more)) {
    query.set(name, value);
  }
  return `v1/rates?${query.toString().replaceAll("%2C", ",")}`;
}

async function read(from) {
  const response = await fetch(from, { headers: { Accept: "application/json" } });
  const body = await response.json();
  if (!response.ok) {
    throw Object.assign(new Error(body.detail ?? response.statusText), { isRefused: true });
  }
  return body;
}

function cell(rate, ask, quote, isCross, note, title) {
  if (rate === undefined || rate === null) {
    const dash = element("td", "none", "–");
    dash.title = title ?? note ?? "not covered";
    return dash;
  }
  const isOne = ask.amount === "1";
  const text = isOne ? rate : grouped(multiply(ask.amount, rate, digits.get(quote) ?? 2));
  const figure = element("span", isCross ? "figure cross" : "figure", text);
  const made = element("td", "", figure);
  if (!isOne) {
    made.append(element("small", "", `at ${rate}`));
  }
  if (note) {
    const below = element("small", "", note);
    below.title = title ?? "";
    made.append(below);
  }
  return made;
}

function columnHead(entry) {
  const head = element("th", "", element("strong", "", entry.name), element("span", `status ${entry.status}`, entry.status));
  head.scope = "col";
  const day = element("time", "", `${entry.asOf}, ${age(entry.asOf)}`);
  day.dateTime = entry.asOf;
  head.append(element("br"), day);
  if (entry.reason) {
    head.append(element("small", "", entry.reason));
  }
  const odd = oddRows.get(entry.provider);
  if (odd) {
    const left = element("small", "", `${odd.oddRows} ${odd.oddRows === 1 ? "row" : "rows"} left out`);
    left.title = (odd.firstOddRows ?? []).map(row => `${row.place}: ${row.reason}`).join("\n");
    head.append(left);
  }
  return head;
}

// An old median names its status and day; the whole sentence is the same in many rows and stands in the tip.
function below(median) {
  if (median.note) {
    return `${median.status}, ${median.newest}`;
  }
  if (median.count < 2) {
    return "of one";
  }
  const percent = Number(median.spread) * 100;
  return `of ${median.count}, spread ${percent >= 0.095 ? percent.toFixed(1) : percent.toFixed(3)} %`;
}

function remarkOf(entry, quote) {
  const day = entry.older?.[quote] && `of ${entry.older[quote]}`;
  return [entry.unconfirmed?.includes(quote) && "unconfirmed", day].filter(Boolean).join(", ") || undefined;
}

function draw(ask, each, combined) {
  const shown = each.providers.filter(entry => Object.keys(entry.rates).length > 0);
  const absent = each.providers.filter(entry => Object.keys(entry.rates).length === 0);
  const quotes = ask.quotes.length ? [...new Set(ask.quotes)] : [...new Set(shown.flatMap(entry => Object.keys(entry.rates)))].sort();

  const corner = element("th", "", element("strong", "", `${grouped(ask.amount)} ${ask.base} in`));
  const middle = element("th", "", element("strong", "", "Median"),
    ask.providers && ask.providers !== "all" ? "of those chosen" : "of all daily sources");
  corner.scope = middle.scope = "col";
  byId("table").tHead.replaceChildren(element("tr", "", corner, middle, ...shown.map(columnHead)));

  byId("table").tBodies[0].replaceChildren(...quotes.map(quote => {
    const row = element("th", "", quote, element("small", "", names.get(quote) ?? ""));
    row.scope = "row";
    const median = combined.rates[quote];
    return element("tr", "", row,
      cell(median?.rate, ask, quote, false, median && below(median), median?.note),
      ...shown.map(entry => cell(entry.rates[quote], ask, quote, entry.derived?.includes(quote), remarkOf(entry, quote))));
  }));

  byId("absent").replaceChildren(...absent.map(entry =>
    element("li", "",
      element("span", `status ${entry.status}`, entry.status), ` ${entry.name}: ${entry.reason ?? "covers none of these"}`)));
  byId("scroll").hidden = shown.length === 0;
  byId("key").hidden = !shown.some(entry => entry.derived?.length);

  const late = shown.filter(entry => entry.status === "stale" || entry.status === "frozen").length;
  const parts = [
    `${quotes.length} ${quotes.length === 1 ? "currency" : "currencies"} `
      + `from ${shown.length} ${shown.length === 1 ? "provider" : "providers"}`,
  ];
  if (late) {
    parts.push(`${late} late`);
  }
  if (absent.length) {
    parts.push(`${absent.length} without figures`);
  }
  byId("summary").textContent = `${parts.join(", ")}.`;
  byId("table").caption.textContent = `${ask.amount} ${ask.base} in other currencies, by provider`;
}

async function show() {
  const request = ++asking;
  const ask = asked();
  document.body.classList.add("loading");
  try {
    if (!/^\d{1,15}(\.\d{1,10})?$/.test(ask.amount)) {
      throw Object.assign(new Error(`'${ask.amount}' is no amount such as 1234.56`), { isRefused: true });
    }
    const [each, combined] = await Promise.all([
      read(address(ask, { numbers: "string" })), read(address(ask, { numbers: "string", select: "median" })),
    ]);
    if (request === asking) {
      draw(ask, each, combined);
      byId("problem").textContent = "";
      byId("answer").hidden = false;
    }
  } catch (wrong) {
    if (request === asking) {
      // Figures that are shown stay while the server cannot be reached, but only for the query that they answer.
      byId("problem").textContent = wrong.isRefused ? wrong.message : "The rates cannot be reached just now; what is on show may be old.";
      if (wrong.isRefused) {
        byId("answer").hidden = true;
        byId("summary").textContent = "";
      }
    }
  } finally {
    document.body.classList.remove("loading");
  }
}

function fill() {
  const ask = asked();
  byId("base").value = ask.base;
  byId("amount").value = ask.amount;
  byId("quotes").value = ask.quotes.join(" ");
  byId("as-csv").href = address(ask, { format: "csv" });
  byId("as-json").href = address(ask, {});
  const more = new URLSearchParams(location.search);
  if (ask.providers === "all") {
    more.delete("providers");
  } else {
    more.set("providers", "all");
  }
  byId("more").href = `./?${more.toString().replaceAll("%2C", ",")}`;
  byId("more").textContent = ask.providers === "all" ? "Only the usual providers" : "More providers";
  const chosen = ask.providers.split(",").filter(Boolean);
  for (const box of byId("providers").querySelectorAll("input")) {
    box.checked = chosen.includes(box.value);
  }
  byId("chosen").textContent = chosen.length === 0 ? "the usual ones" : chosen.join(", ");
}

function go(event) {
  event.preventDefault();
  const query = new URLSearchParams();
  const amount = byId("amount").value.trim().replace(",", ".");
  if (amount && amount !== "1") {
    query.set("amount", amount);
  }
  query.set("base", byId("base").value.trim().toUpperCase());
  query.set("quotes", byId("quotes").value.trim().toUpperCase().split(/[\s,;]+/).filter(Boolean).join(","));
  const chosen = [...byId("providers").querySelectorAll("input:checked")].map(box => box.value);
  if (chosen.length) {
    query.set("providers", chosen.join(","));
  }
  history.pushState(null, "", `?${query.toString().replaceAll("%2C", ",")}`);
  fill();
  show();
}

async function learn() {
  const [currencies, providers] = await Promise.all([read("v1/currencies"), read("v1/providers")]);
  for (const currency of currencies) {
    names.set(currency.code, currency.name);
    digits.set(currency.code, currency.minorDigits);
  }
  for (const provider of providers) {
    if (provider.health.oddRows) {
      oddRows.set(provider.key, provider.health);
    }
  }
  byId("codes").replaceChildren(...currencies.filter(currency => currency.providers.length).map(currency => {
    const option = element("option", "", currency.name);
    option.value = currency.code;
    return option;
  }));
  byId("providers").replaceChildren(...providers.filter(provider => provider.enabled || provider.asOf).map(provider => {
    const box = element("input");
    box.type = "checkbox";
    box.value = provider.key;
    return element("label", "", box, provider.name);
  }));
}

async function start() {
  fill();
  byId("ask").addEventListener("submit", go);
  window.addEventListener("popstate", () => { fill(); show(); });
  setInterval(() => document.visibilityState === "visible" && show(), refreshEvery);
  await Promise.allSettled([learn()]);
  fill();
  await show();
}

start();
