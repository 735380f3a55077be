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
