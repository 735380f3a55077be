"use strict";

// The server writes the tables. This sends what is changed, and fetches the tables anew when something has changed.
const said = document.getElementById("said");
const live = document.getElementById("live");
const progress = document.getElementById("progress");
const schedule = document.getElementById("schedule");
const sure = document.getElementById("sure");
const backfill = document.getElementById("backfill");
let revision = "";

// A rate is shown with the digits that were published: as a number it would lose its last zeros.
function withDigits(name, value, context) {
  return name === "rate" && typeof value === "number" && context?.source ? context.source : value;
}

async function ask(method, path, body, ifMatch) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (ifMatch) headers["If-Match"] = ifMatch;
  const response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: "no-store" });
  const text = await response.text();
  const answer = text ? JSON.parse(text, withDigits) : {};
  if (!response.ok) throw new Error(answer.detail ?? `${response.status} ${response.statusText}`);
  return { answer, etag: response.headers.get("ETag") };
}

const say = (text) => { said.textContent = text; };

// What somebody is writing, has open or must still copy is not replaced.
const isWritten = (field) => (field.tagName === "SELECT" ? field.selectedIndex > 0
  : field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);

function isInUse() {
  return [...document.querySelectorAll("#content input, #content select, #content textarea")].some(isWritten)
    || document.activeElement?.closest("article, #new-key, #declare, #webhook")
    || document.querySelector("#content details[open], #content [role=alert]:not(:empty), #new-key output:not(:empty), #tried:not(:empty)");
}

async function refresh() {
  if (isInUse()) return;
  const response = await fetch(location.href, { cache: "no-store" });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("content");
  const focused = document.activeElement?.getAttribute("aria-label");
  // A dialog that was opened meanwhile gives the focus back to its button when it closes: that button must still be there.
  if (!fresh || isInUse() || document.querySelector("dialog[open]")) return;
  document.getElementById("content").replaceWith(fresh);
  if (focused) document.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// A command is queued; what became of it is told when a worker has carried it out.
async function follow(command) {
  for (;;) {
    const { answer } = await ask("GET", `v1/ops/commands/${command.id}`);
    const { kind, provider, state, percent, message } = answer.command;
    say(`${provider}: ${kind} is ${state}${state === "running" ? ` (${percent} %)` : ""}${message ? `: ${message}` : ""}`);
    progress.hidden = state !== "running" && state !== "queued";
    progress.value = percent;
    if (state === "done" || state === "failed") {
      await refresh();
      return state;
    }
    await sleep(400);
  }
}

function path(provider, rest = "") {
  return `v1/ops/schedules/${encodeURIComponent(provider)}${rest}`;
}

function show({ answer, etag }, isPreview) {
  const form = schedule.querySelector("form");
  schedule.querySelector("tbody").replaceChildren(...answer.next.map((due) => {
    const row = document.createElement("tr");
    for (const at of [due.utc, due.local]) {
      row.insertCell().textContent = at.replace("T", " ");
    }
    return row;
  }));
  schedule.querySelector(".wrong").textContent = "";
  if (isPreview) return;
  revision = etag;
  schedule.querySelector("[data-by]").textContent = `${answer.by}, revision ${answer.revision}`;
  for (const name of ["cron", "every", "zone", "minimumGap"]) form.elements[name].value = answer[name] ?? "";
  form.dataset.was = JSON.stringify({ cron: answer.cron ?? "", every: answer.every ?? "" });
}

// Only what was changed is sent: a cron expression takes the place of an interval, and the other way round.
function changes() {
  const elements = schedule.querySelector("form").elements;
  const was = JSON.parse(schedule.querySelector("form").dataset.was);
  const body = { zone: elements.zone.value.trim(), minimumGap: elements.minimumGap.value.trim() };
  const [cron, every] = [elements.cron.value.trim(), elements.every.value.trim()];
  if (cron && (cron !== was.cron || !every)) body.cron = cron;
  if (every && (every !== was.every || !cron)) body.every = every;
  return body;
}

const inDialog = {
  sure: async () => sure.close("yes"),
  preview: async (provider) => show(await ask("POST", path(provider, "/preview"), changes()), true),
  save: async (provider) => {
    show(await ask("PUT", path(provider), changes(), revision));
    say(`${provider}: the schedule is saved`);
    schedule.close();
    await refresh();
  },
  reset: async (provider) => {
    await ask("DELETE", path(provider), undefined, revision);
    say(`${provider}: the shipped schedule is put back`);
    schedule.close();
    await refresh();
  },
  backfill: async (provider) => {
    const { from, to } = backfill.querySelector("form").elements;
    const { answer } = await ask("POST", path(provider, "/backfill"), { from: from.value, to: to.value });
    backfill.close();
    await follow(answer);
  },
};

const onPage = {
  run: async (button) => follow((await ask("POST", path(button.dataset.provider, "/run"))).answer),
  "clear-hold": async (button) => follow((await ask("POST", path(button.dataset.provider, "/clear-hold"))).answer),
  pause: async (button) => {
    await ask("POST", path(button.dataset.provider, "/pause"));
    say(`${button.dataset.provider} is paused`);
    await refresh();
  },
  resume: async (button) => {
    await ask("POST", path(button.dataset.provider, "/resume"));
    say(`${button.dataset.provider} is asked again`);
    await refresh();
  },
  edit: async (button) => {
    const shown = await ask("GET", path(button.dataset.provider));
    // A second click whose answer comes late must not replace what is being written.
    if (schedule.open) return;
    schedule.dataset.provider = button.dataset.provider;
    schedule.querySelector("h2").textContent = `Schedule of ${button.dataset.provider}`;
    show(shown);
    schedule.showModal();
  },
  fill: async (button) => {
    backfill.dataset.provider = button.dataset.provider;
    backfill.querySelector("h2").textContent = `Back-fill ${button.dataset.provider}`;
    backfill.querySelector(".wrong").textContent = "";
    backfill.showModal();
  },
  "store-replay": async (button) => {
    const { provider, id } = button.closest("section").dataset;
    await replay(provider, { store: id });
  },
  "import-archive": async () => {
    const [file] = document.getElementById("archive").files;
    if (!file) throw new Error("Choose the file of an archive first");
    say(`${file.name} is taken back …`);
    const headers = { "Content-Type": "application/x-ndjson" };
    const response = await fetch("v1/ops/archive", { method: "POST", headers, body: file });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.detail);
    say(`${answer.taken.days} days and ${answer.taken.sheets} sheets taken, ${answer.kept.days} days and ${answer.kept.sheets} sheets `
      + `kept, ${answer.refused} lines refused${answer.isWhole ? "" : "; the file is cut short"}`);
  },
  release: (button) => decide(button, "release"),
  discard: (button) => decide(button, "discard"),
  revoke: async ({ dataset: { id, name } }) => {
    if (!await isSure(`Revoke the key for ${name}`, `Every request with the key ${id} is refused from now on.`)) return;
    await ask("DELETE", `v1/ops/keys/${encodeURIComponent(id)}`);
    say(`${id} is revoked`);
    await refresh();
  },
  "change-user": async ({ dataset: { name, role } }) => {
    const elements = document.getElementById("user").elements;
    elements.name.value = name;
    elements.role.value = role;
    elements.password.focus();
  },
  "delete-user": async ({ dataset: { name } }) => {
    if (!await isSure(`Delete the user ${name}`, `${name} cannot sign in from now on.`)) return;
    await ask("DELETE", `v1/ops/users/${encodeURIComponent(name)}`);
    say(`${name} is deleted`);
    await refresh();
  },
};

let answerSure = () => {};

// Nothing is taken away before it is said what that will do.
function isSure(title, what) {
  sure.querySelector("h2").textContent = title;
  sure.querySelector("[data-what]").textContent = what;
  sure.querySelector("[data-do]").textContent = title;
  sure.returnValue = "";
  sure.showModal();
  answerSure(false);
  return new Promise((resolve) => { answerSure = resolve; });
}

// The event of a dialog that was closed may come when it is open again for another question.
sure.addEventListener("close", () => {
  if (!sure.open) answerSure(sure.returnValue === "yes");
});

// What a replay found has a page of its own.
async function replay(provider, body) {
  const { answer } = await ask("POST", `v1/ops/replay/${encodeURIComponent(provider)}`, body);
  if (await follow(answer) === "done") location.assign(`ops?tab=replay&id=${answer.id}`);
}

async function decide(button, what) {
  const { provider, id } = button.closest("article").dataset;
  const reason = button.closest("article").querySelector("[name=reason]");
  if (!reason.value.trim()) {
    reason.focus();
    throw new Error("Give a reason first: it is recorded.");
  }
  const path = `v1/ops/quarantine/${encodeURIComponent(provider)}/${encodeURIComponent(id)}/${what}`;
  const { answer } = await ask("POST", path, { reason: reason.value });
  reason.value = "";
  button.blur();
  await follow(answer);
}

// A button that is at work takes no second click. It is not disabled, which would take the keyboard's focus from it.
async function once(button, work, tell) {
  if (button.hasAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (problem) {
    tell(problem.message);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", async (event) => {
  event.target.closest("[data-close]")?.closest("dialog").close();
  const button = event.target.closest("button[data-action]");
  if (!button) return;
  await once(button, () => onPage[button.dataset.action](button), say);
});

const inForm = {
  "new-key": async ({ label, role, requestsPerMinute, defaultProviders, expires }, form) => {
    const { answer } = await ask("POST", "v1/ops/keys", {
      label: label.value,
      role: role.value,
      requestsPerMinute: Number(requestsPerMinute.value),
      defaultProviders: defaultProviders.value.split(",").map((key) => key.trim()).filter((key) => key),
      expiresAt: expires.value ? `${expires.value}T23:59:59Z` : undefined,
    });
    form.querySelector("output").textContent = `${answer.key} (keep it now: it is not shown again)`;
  },
  user: async ({ name, role, password }, form) => {
    const user = name.value.trim();
    await ask("PUT", `v1/ops/users/${encodeURIComponent(user)}`, { role: role.value, password: password.value || undefined });
    form.reset();
    say(`${user} is saved`);
    await refresh();
  },
  replay: ({ provider, from, to }) => replay(provider.value, { from: from.value || undefined, to: to.value || undefined }),
};

// Enter in a field of a dialog does what its first button does.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const dialog = form.closest("dialog");
  const button = event.submitter ?? form.querySelector("button");
  const work = dialog ? inDialog[button.dataset.do] : inForm[form.id];
  if (!work) return;
  event.preventDefault();
  const wrong = form.querySelector(".wrong");
  if (wrong) wrong.textContent = "";
  const tell = (problem) => { wrong.textContent = problem; };
  await once(button, () => (dialog ? work(dialog.dataset.provider) : work(form.elements, form)), tell);
});

// A browser connects again by itself when the connection is lost, but not after an answer that is an error.
function connect() {
  const events = new EventSource("v1/ops/events");
  // What changed before the connection was there has not been told.
  events.addEventListener("open", () => {
    live.textContent = "Live";
    follows();
  });
  events.addEventListener("error", () => {
    live.textContent = "Not live: the connection is lost and tried again";
    if (events.readyState === EventSource.CLOSED) setTimeout(connectIfAllowed, 3000);
  });
  events.addEventListener("changed", follows);
}

async function connectIfAllowed() {
  const status = await fetch("v1/ops/workers", { cache: "no-store" }).then((response) => response.status, () => 0);
  if (status === 401 || status === 403) live.textContent = "Not live: your access has ended; load the page again to sign in";
  else connect();
}

connect();

function follows() {
  if (!document.querySelector("dialog[open]")) refresh();
}
