// easy-currencies has the addresses of its services in its code: the client that it lets a program set leads them here.
const { root, tell } = require('./transcript');
const { Converter } = require('easy-currencies');

const hosts = {
  'https://api.frankfurter.dev': `${root}/frankfurter`,
  'https://openexchangerates.org/api': `${root}/oxr/api`,
  'https://data.fixer.io/api': `${root}/fixer/api`,
  'https://api.exchangeratesapi.io': `${root}/exchangeratesapi`,
  'https://apilayer.net/api': `${root}/exchangerate-host`,
};

const client = {
  async get(address) {
    for (const [from, to] of Object.entries(hosts)) {
      address = address.replace(from, to);
    }
    const response = await fetch(address);
    const data = await response.json();
    const headers = Object.fromEntries(response.headers);
    if (!response.ok) {
      throw Object.assign(new Error(`HTTP ${response.status}`), { response: { status: response.status, data, headers } });
    }
    return { status: response.status, data, headers };
  },
};

function of(name) {
  const converter = new Converter({ name, key: 'a key' });
  converter.setClient(client);
  converter.onError = () => {};
  converter.active.slice(1).forEach(provider => converter.remove(provider));
  return converter;
}

(async () => {
  for (const name of ['Frankfurter', 'OpenExchangeRates', 'Fixer', 'ExchangeRatesAPIIO', 'CurrencyLayer']) {
    await tell(`${name}: 15 dollars in euros`, () => of(name).convert(15, 'USD', 'EUR'));
  }
  await tell('Frankfurter: unknown currency', () => of('Frankfurter').convert(1, 'XYZ', 'EUR'));
})();
