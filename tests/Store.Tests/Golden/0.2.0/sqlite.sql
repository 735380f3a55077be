PRAGMA user_version = 2;
CREATE TABLE accepted (provider TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, provider TEXT NOT NULL, by TEXT NOT NULL, before TEXT NOT NULL,
    after TEXT NOT NULL, what TEXT NOT NULL DEFAULT 'schedule');
CREATE TABLE document (
    kind TEXT, name TEXT, revision INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (kind, name)) WITHOUT ROWID;
CREATE TABLE fetch (
    provider TEXT PRIMARY KEY, slot INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, fence INTEGER NOT NULL DEFAULT 0,
    owner TEXT NOT NULL DEFAULT '', start INTEGER NOT NULL DEFAULT 0, until INTEGER NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0, notBefore INTEGER NOT NULL DEFAULT 0, validators TEXT NOT NULL DEFAULT '',
    backfilled TEXT) WITHOUT ROWID;
CREATE TABLE history (provider TEXT, day TEXT, figures TEXT NOT NULL, PRIMARY KEY (provider, day)) WITHOUT ROWID;
CREATE TABLE latest (provider TEXT, field TEXT, value TEXT NOT NULL, PRIMARY KEY (provider, field)) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE provider (provider TEXT PRIMARY KEY, profile TEXT NOT NULL, health TEXT) WITHOUT ROWID;
CREATE TABLE quarantine (id INTEGER PRIMARY KEY AUTOINCREMENT, provider TEXT NOT NULL, refused TEXT NOT NULL);
CREATE TABLE run (id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL);
CREATE TABLE schedule (provider TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sheet (
    provider TEXT PRIMARY KEY, payload TEXT NOT NULL, epoch TEXT NOT NULL, version INTEGER NOT NULL, asOf TEXT NOT NULL);
CREATE TABLE worker (worker TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX quarantine_provider ON quarantine (provider, id);
INSERT INTO "accepted" VALUES ('ecb', '{"cron":"","every":"00:15:00","zone":"Europe/Berlin","enabled":true,"reset":false,"minimumGap":"00:05:00","revision":2,"by":"anna","at":"2026-11-26T05:36:32.8535467+00:00"}');
INSERT INTO "audit" VALUES (1, '2026-11-26T05:36:32.8535467Z', 'ecb', 'anna', '{"cron":"0 0/5 16-18 ? * MON-FRI","every":null,"zone":"Europe/Berlin","enabled":true,"reset":false,"minimumGap":"00:01:00","revision":1,"by":"shipped","at":"2026-11-26T05:36:32.8039804+00:00"}', '{"cron":"","every":"00:15:00","zone":"Europe/Berlin","enabled":true,"reset":false,"minimumGap":"00:05:00","revision":2,"by":"anna","at":"2026-11-26T05:36:32.8535467+00:00"}', 'schedule');
INSERT INTO "audit" VALUES (2, '2026-11-26T05:36:32.9197318Z', 'anna', 'admin', '', 'made', 'user');
INSERT INTO "audit" VALUES (3, '2026-11-26T05:36:32.9293511Z', 'k1', 'anna', '', 'made', 'key');
INSERT INTO "audit" VALUES (4, '2026-11-26T05:36:32.9392052Z', 'ecb', 'anna', '', 'backfill 2026-01-01 to 2026-03-31', 'command');
INSERT INTO "document" VALUES ('command', '01a1f9867cd872f7b6feb57a302ea4f9', 1795671392939, 1795671392939, 'anna', '{"kind":"backfill","provider":"ecb","by":"anna","createdAt":"2026-11-20T15:15:03+00:00","from":"2026-01-01","to":"2026-03-31","shown":null,"entry":null,"reason":"","state":"queued","worker":"","percent":0,"reached":null,"message":"","endedAt":null}');
INSERT INTO "document" VALUES ('key', 'k1', 1795671392929, 1795671392929, 'anna', '{"label":"shop","role":"read","digest":"1ab5bda8950fac970767a960663404cd12c3858d1bb0aba6b3085ecd2aec28be","createdAt":"2026-11-20T15:15:03+00:00","expiresAt":"2027-11-20T15:15:03+00:00","defaultProviders":["ecb","boc"],"requestsPerMinute":600}');
INSERT INTO "document" VALUES ('user', 'anna', 1795671392919, 1795671392919, 'admin', '{"role":"ops","password":"pbkdf2$600000$c2FsdA==$aGFzaA=="}');
INSERT INTO "fetch" VALUES ('ecb', 1795187703000, 1795187703000, 1795671392877, 'worker-1', 1795671392877, 0, 1, 0, 0, '{"eTag":"\"a1\"","lastModified":"Fri, 20 Nov 2026 15:00:00 GMT","bodyDigest":"1ab5bda8950fac970767a960663404cd12c3858d1bb0aba6b3085ecd2aec28be","fullAt":"2026-11-20T15:15:03+00:00"}', '1999-01-04');
INSERT INTO "history" VALUES ('ecb', '2026-11-20', '{"fetchedAt":"2026-11-20T15:15:03+00:00","figures":{"reference":{"EUR/GBP":0.86000,"EUR/USD":1.1740},"cash-bid":{"BTC/EUR":[0.00000000000000000001,"2026-11-20T15:15:03+00:00"]}},"revisions":[{"fetchedAt":"2026-11-20T13:15:03+00:00","figures":{"reference":{"EUR/USD":1.1730}},"revisions":null,"added":{"cash-bid":["BTC/EUR"]}}]}');
INSERT INTO "latest" VALUES ('ecb', '@asOf', '2026-11-20');
INSERT INTO "latest" VALUES ('ecb', '@fetchedAt', '2026-11-20T15:15:03Z');
INSERT INTO "latest" VALUES ('ecb', 'EUR/GBP', '0.86000');
INSERT INTO "latest" VALUES ('ecb', 'EUR/USD', '1.1740');
INSERT INTO "meta" VALUES ('documents:revision', 1795671392939);
INSERT INTO "meta" VALUES ('epoch', '1795671392877-1ae7e6f6bd470c3c');
INSERT INTO "meta" VALUES ('fence', 1795671392877);
INSERT INTO "meta" VALUES ('id', 'a690aa78e60192d1');
INSERT INTO "meta" VALUES ('providers:revision', 1795671392863);
INSERT INTO "meta" VALUES ('schedule:revision', 1795671392857);
INSERT INTO "meta" VALUES ('version', 1795671392889);
INSERT INTO "provider" VALUES ('ecb', '{"key":"ecb","name":"Česká & European Central Bank","country":"EU","pivot":"EUR","kind":"reference","category":"reference","terms":"https://example.org/terms","calendar":{"cadence":"daily","days":"MON-FRI","at":"16:00:00","zone":"Europe/Berlin","grace":"02:00:00","holidays":"TARGET","lag":0,"dayOfMonth":1},"historyFrom":"1999-01-04","historyUntil":null,"independence":"","verified":true,"enabled":true,"note":"","needsKey":false,"leastGap":"00:05:00"}', '{"lastAttemptAt":"2026-11-20T15:15:03+00:00","lastSuccessAt":"2026-11-20T14:15:03+00:00","failures":2,"reason":"timed out","quarantined":1,"oddRows":3,"firstOddRows":[{"place":"row 12","reason":"''-'' is not a number"}],"refusedRows":1,"firstRefusedRows":[{"place":"2026-11-20 EUR/USD 9.9 Reference","reason":"too far away"}],"notBefore":null,"scheduleProblem":""}');
INSERT INTO "quarantine" VALUES (1, 'ecb', '{"id":"1790000000000-7","at":"2026-11-20T15:15:03+00:00","provider":"ecb","slot":"2026-11-20T15:14:03+00:00","reasons":["EUR/USD is too far away"],"excerpt":"<html>","observations":[{"asOf":"2026-11-20","pair":"EUR/USD","rate":9.9,"kind":"reference"}]}');
INSERT INTO "run" VALUES (1, '{"at":"2026-11-20T15:15:03+00:00","provider":"ecb","slot":"2026-11-20T15:14:03+00:00","worker":"worker-1","outcome":"quarantined","reason":"too far away","duration":"00:00:01.2340000","requests":2,"bytes":5678,"changes":9,"oddRows":3}');
INSERT INTO "schedule" VALUES ('ecb', '{"cron":"","every":"00:15:00","zone":"Europe/Berlin","enabled":true,"reset":false,"minimumGap":"00:05:00","revision":2,"by":"anna","at":"2026-11-26T05:36:32.8535467+00:00"}');
INSERT INTO "sheet" VALUES ('ecb', '{"schema":1,"provider":"ecb","epoch":"1795671392877-1ae7e6f6bd470c3c","version":1795671392889,"fence":1795671392877,"slot":"2026-11-20T15:15:03Z","checkedAt":"2026-11-20T15:15:03Z","nextExpectedAt":"2026-11-23T15:15:03Z","sha256":"1690388980e5d7f914650497be81526aea9130f736e5f6df6fd4f04dad942ecb","sha1":"69d708ecf9d9fe045741808f94d385e8cc35072d","asOf":"2026-11-20","publishedAt":"2026-11-20T15:00:03Z","fetchedAt":"2026-11-20T15:15:03Z","source":"https://example.org/daily.xml","revised":true,"seeded":false,"unconfirmed":["EUR/GBP"],"observations":[{"asOf":"2026-11-20","pair":"EUR/GBP","rate":0.86000,"kind":"reference"},{"asOf":"2026-11-20","pair":"EUR/USD","rate":1.1740,"kind":"reference","at":"2026-11-20T15:15:03+00:00"}]}', '1795671392877-1ae7e6f6bd470c3c', 1795671392889, '2026-11-20');
INSERT INTO "worker" VALUES ('worker-1', 1795671392913);
