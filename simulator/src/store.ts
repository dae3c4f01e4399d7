// The simulator's memory: SQLite tables inside its one Durable Object.

const tables = `
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS accounts (phone_number_id TEXT PRIMARY KEY, waba_id TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wabas (waba_id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS personas (id TEXT PRIMARY KEY, phone TEXT UNIQUE, user_id TEXT UNIQUE, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chat (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, persona TEXT NOT NULL,
  direction TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, body TEXT NOT NULL, meta TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS chat_by_pair ON chat (account, persona, n);
CREATE TABLE IF NOT EXISTS pairs (account TEXT NOT NULL, persona TEXT NOT NULL, last_inbound INTEGER NOT NULL DEFAULT 0,
  open_until INTEGER NOT NULL DEFAULT 0, typing_until INTEGER NOT NULL DEFAULT 0, script_at INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (account, persona)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS media (id TEXT PRIMARY KEY, account TEXT NOT NULL, mime TEXT NOT NULL, filename TEXT, size INTEGER NOT NULL,
  sha256 TEXT NOT NULL, expires INTEGER NOT NULL, url_hash TEXT, url_until INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS media_chunks (media_id TEXT NOT NULL, n INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (media_id, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS timers (n INTEGER PRIMARY KEY AUTOINCREMENT, due INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS timers_due ON timers (due);
CREATE TABLE IF NOT EXISTS held (n INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sends (n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, provider TEXT NOT NULL, account TEXT NOT NULL,
  recipient TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, tag TEXT, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS sends_by_tag ON sends (tag);
CREATE INDEX IF NOT EXISTS sends_by_time ON sends (account, at);
CREATE TABLE IF NOT EXISTS webhooks (n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, provider TEXT NOT NULL, kind TEXT NOT NULL, url TEXT NOT NULL,
  attempt INTEGER NOT NULL, status INTEGER NOT NULL, ms INTEGER NOT NULL, body TEXT NOT NULL, answer TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS requests (n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, provider TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
  headers TEXT NOT NULL, body TEXT NOT NULL, status INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS faults (n INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, skip INTEGER NOT NULL, remaining INTEGER);
CREATE TABLE IF NOT EXISTS mails (n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers (n INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, remaining INTEGER);
`

type Value = string | number | null | ArrayBuffer

export class Store {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
    sql.exec(tables)
  }

  all<T extends Record<string, SqlStorageValue>>(query: string, ...values: Value[]): T[] {
    return this.sql.exec<T>(query, ...values).toArray()
  }

  first<T extends Record<string, SqlStorageValue>>(query: string, ...values: Value[]): T | undefined {
    return this.all<T>(query, ...values)[0]
  }

  /** Runs a statement and answers how many rows it wrote. */
  run(query: string, ...values: Value[]): number {
    return this.sql.exec(query, ...values).rowsWritten
  }

  /** Empties every table: a world in which nothing has happened. */
  wipe(): void {
    for (const { name } of this.all<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' AND name IN (
      'settings','accounts','wabas','personas','chat','pairs','media','media_chunks','timers','held','sends','webhooks','requests','faults','mails','answers')`)) {
      this.sql.exec(`DELETE FROM ${name}`)
    }
  }
}
