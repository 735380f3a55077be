// exchange-rates-api: setApiBaseUrl(); its convert() has the address of a service in its code, so fetch leads that one here.
const { root, tell } = require('./transcript');
const { exchangeRates, convert } = require('exchange-rates-api');

const at = `${root}/exchangeratesapi`;
const ask = () => exchangeRates().setApiBaseUrl(at);

(async () => {
  await tell('latest', () => ask().latest().fetch());
  await tell('latest, one symbol', () => ask().latest().symbols('USD').fetch());
  await tell('latest in dollars', () => ask().latest().base('USD').symbols(['EUR', 'GBP']).fetch());
  await tell('at, a Sunday', () => ask().at('2026-08-16').symbols(['USD', 'JPY']).fetch());
  await tell('history', () => ask().from('2026-08-14').to('2026-08-18').symbols(['USD', 'GBP']).fetch());
  await tell('average', () => ask().from('2026-08-17').to('2026-08-18').symbols('USD').avg(5));
  await tell('unknown path', () => exchangeRates().setApiBaseUrl(`${at}/none`).latest().fetch());
  const fetched = globalThis.fetch;
  globalThis.fetch = (address, options) => fetched(String(address).replace('https://api.ratesapi.io', at), options);
  await tell('convert', () => convert(2000, 'USD', 'EUR', '2026-08-19'));
})();
