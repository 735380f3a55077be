namespace Rates.Store;

/// <summary>
/// Creates the SQLite tables of the store; they hold the same things under the same names as the Redis keys, JSON where those hold JSON.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>What a file of schema 1 lacks besides tables: its record of changes knew schedules only.</summary>
    public const string FromVersion1 = "ALTER TABLE audit ADD COLUMN what TEXT NOT NULL DEFAULT 'schedule'";

    /// <summary>Creates the tables and indexes that do not exist.</summary>
    public const string Create = """
        CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS sheet (
            provider TEXT PRIMARY KEY, payload TEXT NOT NULL, epoch TEXT NOT NULL, version INTEGER NOT NULL, asOf TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS latest (provider TEXT, field TEXT, value TEXT NOT NULL, PRIMARY KEY (provider, field)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS provider (provider TEXT PRIMARY KEY, profile TEXT NOT NULL, health TEXT) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS schedule (provider TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS accepted (provider TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS fetch (
            provider TEXT PRIMARY KEY, slot INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, fence INTEGER NOT NULL DEFAULT 0,
            owner TEXT NOT NULL DEFAULT '', start INTEGER NOT NULL DEFAULT 0, until INTEGER NOT NULL DEFAULT 0,
            attempt INTEGER NOT NULL DEFAULT 0,
            failures INTEGER NOT NULL DEFAULT 0, notBefore INTEGER NOT NULL DEFAULT 0, validators TEXT NOT NULL DEFAULT '',
            backfilled TEXT) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS quota (
            provider TEXT PRIMARY KEY, used INTEGER NOT NULL, until INTEGER NOT NULL, "limit" INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS history (provider TEXT, day TEXT, figures TEXT NOT NULL, PRIMARY KEY (provider, day)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS quarantine (id INTEGER PRIMARY KEY AUTOINCREMENT, provider TEXT NOT NULL, refused TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS quarantine_provider ON quarantine (provider, id);
        CREATE TABLE IF NOT EXISTS run (id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, provider TEXT NOT NULL, by TEXT NOT NULL, before TEXT NOT NULL,
            after TEXT NOT NULL, what TEXT NOT NULL DEFAULT 'schedule');
        CREATE TABLE IF NOT EXISTS document (
            kind TEXT, name TEXT, revision INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (kind, name)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS worker (worker TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
        """;
}
