// Who exists and where they live: the one database that spans studios.
import { integer, primaryKey, sqliteTable, text, uniqueIndex, index } from 'drizzle-orm/sqlite-core'

export const directoryStudios = sqliteTable('studios', {
  id: text('id').primaryKey(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  shard: integer('shard').notNull(),
  /** Changes only when a backup is restored. */
  epoch: text('epoch').notNull(),
  /** `making` until its shard rows stand; whoever opens such a studio finishes it. */
  state: text('state', { enum: ['making', 'active', 'suspended', 'deleted'] }).notNull(),
  timezone: text('timezone').notNull(),
  locale: text('locale').notNull(),
  createdAt: integer('created_at').notNull(),
}, table => [uniqueIndex('studios_slug').on(table.slug), index('studios_shard').on(table.shard, table.state)])

export const logins = sqliteTable('logins', {
  id: text('id').primaryKey(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  /** "scrypt$N$r$p$salt$hash". */
  passwordHash: text('password_hash').notNull(),
  emailVerifiedAt: integer('email_verified_at'),
  isSystemAdmin: integer('is_system_admin', { mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at').notNull(),
}, table => [uniqueIndex('logins_email').on(table.email)])

export const memberships = sqliteTable('memberships', {
  id: text('id').primaryKey(),
  studioId: text('studio_id').notNull(),
  loginId: text('login_id').notNull(),
  role: text('role', { enum: ['owner', 'admin', 'agent', 'instructor', 'viewer'] }).notNull(),
  state: text('state', { enum: ['active', 'removed'] }).notNull().default('active'),
  createdAt: integer('created_at').notNull(),
  /** Any change of role or state, so that hubs can be told. */
  changedAt: integer('changed_at').notNull(),
}, table => [uniqueIndex('memberships_login').on(table.studioId, table.loginId), index('memberships_of_login').on(table.loginId), index('memberships_changed').on(table.changedAt)])

export const sessions = sqliteTable('sessions', {
  id: text('id').primaryKey(),
  loginId: text('login_id').notNull(),
  /** The studio this session works in now. */
  studioId: text('studio_id').notNull(),
  client: text('client', { enum: ['web', 'api'] }).notNull(),
  userAgent: text('user_agent').notNull(),
  createdAt: integer('created_at').notNull(),
  seenAt: integer('seen_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  revokedAt: integer('revoked_at'),
  revokedWhy: text('revoked_why'),
}, table => [index('sessions_login').on(table.loginId, table.revokedAt), index('sessions_revoked').on(table.revokedAt)])

/** Id: SHA-256 of the token. One live leaf per session. */
export const refreshTokens = sqliteTable('refresh_tokens', {
  id: text('id').primaryKey(),
  sessionId: text('session_id').notNull(),
  createdAt: integer('created_at').notNull(),
  usedAt: integer('used_at'),
  /** The successor, sealed with a key derived from this token itself: only its holder can read it again. */
  successor: text('successor'),
  /** Id of the successor's row: a parent whose successor was used is a reuse, however soon. */
  nextId: text('next_id'),
}, table => [index('refresh_tokens_session').on(table.sessionId)])

/** Id: SHA-256 of the token in the mail. */
export const mailTokens = sqliteTable('mail_tokens', {
  id: text('id').primaryKey(),
  loginId: text('login_id').notNull(),
  purpose: text('purpose', { enum: ['verify', 'reset'] }).notNull(),
  /** Verification holds only for the address it was sent to. */
  email: text('email').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
}, table => [index('mail_tokens_login').on(table.loginId, table.purpose)])

export const invitations = sqliteTable('invitations', {
  id: text('id').primaryKey(),
  tokenHash: text('token_hash').notNull(),
  studioId: text('studio_id').notNull(),
  email: text('email'),
  role: text('role', { enum: ['admin', 'agent', 'instructor', 'viewer'] }).notNull(),
  invitedBy: text('invited_by').notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
}, table => [uniqueIndex('invitations_token').on(table.tokenHash), index('invitations_studio').on(table.studioId)])

/** Which studio a provider's account belongs to. */
export const channelRoutes = sqliteTable('channel_routes', {
  provider: text('provider').notNull(),
  /** "phone:1065…", "waba:1022…". */
  account: text('account').notNull(),
  studioId: text('studio_id').notNull(),
  integrationId: text('integration_id').notNull(),
  createdAt: integer('created_at').notNull(),
}, table => [primaryKey({ columns: [table.provider, table.account] }), index('channel_routes_integration').on(table.integrationId)])

/** Verified webhooks that no studio could be found for. */
export const quarantine = sqliteTable('quarantine', {
  id: text('id').primaryKey(),
  provider: text('provider').notNull(),
  account: text('account').notNull(),
  reason: text('reason').notNull(),
  body: text('body').notNull(),
  receivedAt: integer('received_at').notNull(),
}, table => [index('quarantine_account').on(table.provider, table.account)])
