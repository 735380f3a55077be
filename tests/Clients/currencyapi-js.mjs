// @everapi/currencyapi-js: the property baseUrl, with a slash at its end.
import { createRequire } from 'node:module';
import CurrencyAPI from '@everapi/currencyapi-js';

const { root, tell } = createRequire(import.meta.url)('./transcript.js');
const client = new CurrencyAPI('a key');
client.baseUrl = `${root}/currencyapi/v3/`;

await tell('status', () => client.status());
await tell('latest', () => client.latest());
await tell('latest in euros', () => client.latest({ base_currency: 'EUR', currencies: 'USD,AED' }));
await tell('historical, a Sunday', () => client.historical({ date: '2026-08-16', base_currency: 'EUR', currencies: 'JPY' }));
await tell('range', () => client.range({
  datetime_start: '2026-08-16T00:00:00Z', datetime_end: '2026-08-17T23:59:59Z', base_currency: 'EUR', currencies: 'USD',
}));
await tell('convert', () => client.convert({ value: 12, base_currency: 'EUR', currencies: 'USD' }));
await tell('currencies', () => client.currencies({ currencies: 'JPY' }));
await tell('unknown currency', () => client.latest({ base_currency: 'XYZ' }));
