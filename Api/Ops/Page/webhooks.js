"use strict";

// Webhooks. ops.js, which is loaded first, sends requests and knows the buttons; sources.js reads references to secrets.
const webhookPath = (name, rest = "") => `v1/ops/webhooks/${encodeURIComponent(name)}${rest}`;
const letterPath = ({ name, id }, rest = "") => webhookPath(name, `/dead-letters/${encodeURIComponent(id)}${rest}`);

onPage["test-webhook"] = async ({ dataset: { name } }) => {
  say(`${name}: a test is sent …`);
  const { taken, status, milliseconds, reason } = (await ask("POST", webhookPath(name, "/test"))).answer;
  say(taken ? `${name} answered ${status} after ${milliseconds} ms` : `${name} did not take the test after ${milliseconds} ms: ${reason}`);
};

onPage["pause-webhook"] = async ({ dataset: { name } }) => {
  await ask("POST", webhookPath(name, "/pause"));
  say(`${name} is paused: changes wait`);
  await refresh();
};

onPage["resume-webhook"] = async ({ dataset: { name } }) => {
  await ask("POST", webhookPath(name, "/resume"));
  say(`${name} is told of changes again`);
  await refresh();
};

onPage["remove-webhook"] = async ({ dataset: { name, revision } }) => {
  if (!await isSure(`Remove the webhook ${name}`, "It is deleted with the messages that wait for it.")) return;
  await ask("DELETE", webhookPath(name), undefined, `"${revision}"`);
  say(`${name} is removed`);
  await refresh();
};

onPage["send-again"] = async ({ dataset }) => {
  await ask("POST", letterPath(dataset, "/send-again"));
  say(`${dataset.what} is posted to ${dataset.name} again within seconds`);
  await refresh();
};

onPage["delete-letter"] = async ({ dataset }) => {
  if (!await isSure(`Delete the message ${dataset.what}`, `${dataset.name} does not get it.`)) return;
  await ask("DELETE", letterPath(dataset));
  say(`${dataset.what} is deleted`);
  await refresh();
};

inForm.webhook = async ({ name, address, secret, events, providers }, form) => {
  const [key, place] = [name.value.trim(), address.value.trim()];
  await ask("PUT", webhookPath(key), {
    ...(/^https?:/i.test(place) ? { address: place } : { addressFrom: reference(place) }),
    secret: reference(secret.value),
    events: [...events].filter((box) => box.checked).map((box) => box.value),
    providers: providers.value.split(",").map((one) => one.trim()).filter((one) => one),
    paused: form.dataset.paused === "yes",
  }, `"${form.dataset.revision}"`);
  location.assign("ops?tab=webhooks");
};
