ANALYZE;
--> statement-breakpoint
DELETE FROM sqlite_stat1;
--> statement-breakpoint
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('channel_routes', 'channel_routes', '1000000 20 1'),
  ('channel_routes', 'channel_routes_integration', '1000000 20'),
  ('studios', 'studios', '1000000 1'),
  ('studios', 'studios_slug', '1000000 1'),
  ('studios', 'studios_shard', '1000000 20 1500'),
  ('invitations', 'invitations', '1000000 1'),
  ('invitations', 'invitations_token', '1000000 1'),
  ('invitations', 'invitations_studio', '1000000 5000'),
  ('logins', 'logins', '1000000 1'),
  ('logins', 'logins_email', '1000000 1'),
  ('mail_tokens', 'mail_tokens', '1000000 1'),
  ('mail_tokens', 'mail_tokens_login', '1000000 20 2'),
  ('memberships', 'memberships', '1000000 1'),
  ('memberships', 'memberships_login', '1000000 5000 1'),
  ('memberships', 'memberships_of_login', '1000000 20'),
  ('memberships', 'memberships_changed', '1000000 20'),
  ('quarantine', 'quarantine', '1000000 1'),
  ('quarantine', 'quarantine_account', '1000000 20 2'),
  ('refresh_tokens', 'refresh_tokens', '1000000 1'),
  ('refresh_tokens', 'refresh_tokens_session', '1000000 20'),
  ('sessions', 'sessions', '1000000 1'),
  ('sessions', 'sessions_login', '1000000 20 2'),
  ('sessions', 'sessions_revoked', '1000000 20');
--> statement-breakpoint
ANALYZE sqlite_schema;