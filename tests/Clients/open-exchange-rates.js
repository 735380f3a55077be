// open-exchange-rates: the property api_url, with a slash at its end. Its rates feed money.
const { root, arguments: [key = 'an app id'], tell } = require('./transcript');
const oxr = require('open-exchange-rates');
const money = require('money');

oxr.api_url = `${root}/oxr/api/`;
oxr.set({ app_id: encodeURIComponent(key) });

const call = (method, ...values) => new Promise((done, failed) => {
  method(...values, error => {
    if (error || oxr.error) {
      failed(new Error(error || oxr.error));
    } else {
      done({ base: oxr.base, rates: oxr.rates, at: new Date(oxr.timestamp).toISOString() });
    }
  });
});

(async () => {
  await tell('latest', () => call(oxr.latest));
  await tell('money', () => {
    money.rates = oxr.rates;
    money.base = oxr.base;
    return money(100).from('AED').to('GBP');
  });
  await tell('historical, a Saturday', () => call(oxr.historical, '2026-08-15'));
  await tell('load', () => call(oxr.load, 'latest.json'));
  await tell('no data', () => call(oxr.historical, '1066-10-14'));
})();
