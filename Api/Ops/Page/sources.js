"use strict";

// Endpoints and declared providers. ops.js, which is loaded first, sends requests and knows the buttons.
const endpoint = document.getElementById("endpoint");
let endpointRevision = "";

const pairs = (object, text) => Object.entries(object ?? {}).map(([name, value]) => `${name} = ${text(value)}`).join("\n");
const referenceText = (reference) => reference?.file ? `file ${reference.file}`
  : reference?.variable ? `variable ${reference.variable}`
    : "";

function reference(text) {
  const found = /^(file|variable)\s+(\S+)$/.exec(text.trim());
  if (!found) throw new Error(`'${text.trim()}' names no secret: write file NAME or variable NAME.`);
  return { [found[1]]: found[2] };
}

function members(text, value) {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line);
  return Object.fromEntries(lines.map((line) => {
    const at = line.indexOf("=");
    if (at < 1) throw new Error(`'${line}' is not of the form name = value.`);
    return [line.slice(0, at).trim(), value(line.slice(at + 1).trim())];
  }));
}

function asked() {
  const { address, addresses, headers, secretHeaders, key } = endpoint.querySelector("form").elements;
  return {
    ...(address.value.trim() && { address: address.value.trim() }),
    addresses: members(addresses.value, (text) => text),
    headers: members(headers.value, (text) => text),
    secretHeaders: members(secretHeaders.value, reference),
    ...(key.value.trim() && { key: reference(key.value) }),
  };
}

function tell({ address, needsKey, hasKey, problem, worker }) {
  const said = [`${worker}: asks ${address ?? "nobody"}`];
  if (needsKey) said.push(hasKey ? "it has the key" : "it has no key");
  if (problem) said.push(problem);
  endpoint.querySelector("[data-state]").textContent = `${said.join("; ")}.`;
  endpoint.querySelector(".wrong").textContent = "";
}

const endpointPath = (provider, rest = "") => `v1/ops/endpoints/${encodeURIComponent(provider)}${rest}`;

onPage.endpoint = async (button) => {
  const { provider } = button.dataset;
  const { answer, etag } = await ask("GET", endpointPath(provider));
  const { elements } = endpoint.querySelector("form");
  endpointRevision = etag;
  endpoint.dataset.provider = provider;
  endpoint.querySelector("h2").textContent = `Endpoint of ${provider}`;
  endpoint.querySelector("[data-hosts]").textContent = answer.inForce.allowedHosts.join(", ") || "none";
  elements.address.value = answer.set.address ?? "";
  elements.addresses.value = pairs(answer.set.addresses, (text) => text);
  elements.headers.value = pairs(answer.set.headers, (text) => text);
  elements.secretHeaders.value = pairs(answer.set.secretHeaders, referenceText);
  elements.key.value = referenceText(answer.set.key);
  tell(answer.inForce);
  endpoint.showModal();
};

inDialog["preview-endpoint"] = async (provider) => tell((await ask("POST", endpointPath(provider, "/preview"), asked())).answer.inForce);

inDialog["save-endpoint"] = async (provider) => {
  await ask("PUT", endpointPath(provider), asked(), endpointRevision);
  say(`${provider}: the endpoint is saved`);
  endpoint.close();
  await refresh();
};

inDialog["reset-endpoint"] = async (provider) => {
  await ask("DELETE", endpointPath(provider), undefined, endpointRevision);
  say(`${provider}: asked as it ships`);
  endpoint.close();
  await refresh();
};

// Declared providers.
const declareForm = () => document.getElementById("declare");

function declaration() {
  const { key, block } = declareForm().elements;
  let parsed;
  try {
    parsed = JSON.parse(block.value);
  } catch (problem) {
    throw new Error(`The declaration is not JSON: ${problem.message}`);
  }
  if (!key.value.trim()) throw new Error("Give the declaration a key.");
  return { key: key.value.trim(), block: parsed };
}

function rows(caption, headings, lines) {
  const table = document.createElement("table");
  table.className = "cards";
  table.createCaption().textContent = caption;
  const head = table.createTHead().insertRow();
  for (const heading of headings) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = heading;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const line of lines) {
    const row = body.insertRow();
    line.forEach((text, place) => {
      const cell = row.insertCell();
      cell.textContent = text;
      cell.dataset.label = headings[place];
    });
  }
  return table;
}

function told(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function showTried(tried) {
  const parts = [told("p", `${tried.worker} requested ${tried.requests.join(", ") || "nothing"}.`)];
  if (tried.failure) {
    parts.push(told("p", `It does not fit: ${tried.failure}`));
    parts[1].className = "wrong";
  } else {
    parts.push(told("p", `${tried.count} ${tried.count === 1 ? "figure" : "figures"} would be published.`));
  }
  if (tried.oddRows.length) {
    parts.push(rows("Rows that cannot be read", ["Place", "Reason"], tried.oddRows.map((row) => [row.place, row.reason])));
  }
  if (tried.refused.length) parts.push(rows("Refused", ["Figure", "Reason"], tried.refused.map((row) => [row.place, row.reason])));
  if (tried.figures.length) {
    parts.push(rows("Figures", ["Day", "Pair", "Rate", "Kind"],
      tried.figures.map((figure) => [figure.asOf, figure.pair, String(figure.rate), figure.kind])));
  }
  document.getElementById("tried").replaceChildren(...parts);
}

// What stands in the form belongs to the operator until it is stored: the problem is told there.
async function inDeclaration(work) {
  const wrong = declareForm().querySelector(".wrong");
  wrong.textContent = "";
  try {
    await work();
  } catch (problem) {
    wrong.textContent = problem.message;
  }
}

onPage["try-declaration"] = () => inDeclaration(async () => {
  const { body, day } = declareForm().elements;
  const { key, block } = declaration();
  const asking = { block, ...(body.value && { body: body.value }), ...(day.value && { day: day.value }) };
  document.getElementById("tried").replaceChildren(told("p", "A worker tries it."));
  try {
    showTried((await ask("POST", `v1/ops/declared/${encodeURIComponent(key)}/dry-run`, asking)).answer);
  } catch (problem) {
    document.getElementById("tried").replaceChildren();
    throw problem;
  }
});

onPage["save-declaration"] = () => inDeclaration(async () => {
  const { key, block } = declaration();
  await ask("PUT", `v1/ops/declared/${encodeURIComponent(key)}`, block, `"${declareForm().dataset.revision}"`);
  location.assign(`ops?tab=declared&id=${encodeURIComponent(key)}`);
});

onPage.retire = async (button) => {
  const { provider, revision } = button.dataset;
  await ask("DELETE", `v1/ops/declared/${encodeURIComponent(provider)}`, undefined, `"${revision}"`);
  say(`${provider} is retired; its history stays`);
  await refresh();
};
