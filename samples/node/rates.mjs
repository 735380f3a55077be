// Euro rates of one provider; numbers as text, because JavaScript has no decimal numbers.
const address = process.argv[2] ?? 'http://127.0.0.1:5080';
const answer = await fetch(`${address}/v1/rates?base=EUR&quotes=USD,GBP&providers=ecb&numbers=string`);
if (!answer.ok) throw new Error((await answer.json()).detail);
const [provider] = (await answer.json()).providers;
for (const [quote, rate] of Object.entries(provider.rates)) {
  console.log(`1 EUR = ${rate} ${quote} (${provider.name}, ${provider.asOf}, ${provider.status})`);
}
