// fixer-api: set({ baseUrl }).
const { root, arguments: [key = 'a key of Fixer'], tell } = require('./transcript');
const fixer = require('fixer-api');

(async () => {
  fixer.set({ baseUrl: `${root}/fixer/api`, accessKey: key });
  await tell('latest', () => fixer.latest());
  await tell('latest, base and symbols', () => fixer.latest({ base: 'USD', symbols: ['EUR', 'AED'] }));
  await tell('a day as text', () => fixer.forDate('2026-08-19', { symbols: ['USD'] }));
  await tell('a day as Date, a Sunday', () => fixer.forDate(new Date('2026-08-16T00:00:00Z'), { symbols: ['USD', 'JPY'] }));
  await tell('symbols', () => fixer.symbols());
  await tell('convert', () => fixer.convert('GBP', 'JPY', 25));
  await tell('convert on a day', () => fixer.convert('EUR', 'USD', 10, '2026-08-14'));
  await tell('timeseries', () => fixer.timeseries('2026-08-14', '2026-08-17', { symbols: ['USD'] }));
  await tell('unknown base', () => fixer.latest({ base: 'XYZ' }));
})();
