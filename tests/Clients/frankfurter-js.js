// frankfurter-js: the option baseUrl; the client appends /v2 to it.
const { root, tell } = require('./transcript');
const { createFrankfurterClient, FrankfurterError } = require('frankfurter-js');

(async () => {
  const client = createFrankfurterClient({ baseUrl: `${root}/frankfurter`, timeout: 30000 });
  await tell('rates of one provider', () => client.rates({ base: 'EUR', quotes: ['USD', 'GBP'], providers: ['ECB'] }));
  await tell('latest', () => client.latest());
  await tell('latest in dollars', () => client.latest({ base: 'USD', quotes: 'EUR' }));
  await tell('historical, a Saturday', () => client.historical('2026-08-15', { base: 'EUR', quotes: ['USD', 'JPY'] }));
  await tell('range', () => client.range('2026-08-14', '2026-08-18', { base: 'EUR', quotes: 'USD' }));
  await tell('range by week', () => client.range('2026-08-10', '2026-08-16', { quotes: 'USD', group: 'week' }));
  await tell('two providers', () => client.rates({ base: 'EUR', quotes: 'USD', providers: ['ECB', 'BOC'] }));
  await tell('currencies', async () => (await client.currencies()).find(one => one.iso_code === 'JPY'));
  await tell('all currencies', async () => (await client.currencies({ scope: 'all' })).map(one => one.iso_code));
  await tell('providers', async () => (await client.providers()).find(one => one.key === 'ECB'));
  await tell('unknown currency', () => client.rates({ base: 'XYZ' }));
  await tell('class of the error', () => client.rates({ base: 'XYZ' }).catch(error => [error instanceof FrankfurterError, error.body]));
})();
