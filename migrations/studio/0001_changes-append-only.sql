-- Changes are append-only: nothing edits or removes one, and only erasure may null a body.
CREATE TRIGGER `changes_append_only` BEFORE UPDATE ON `changes`
WHEN NOT (NEW.`body` IS NULL AND NEW.`studio_id` = OLD.`studio_id` AND NEW.`seq` = OLD.`seq` AND NEW.`at` = OLD.`at` AND NEW.`kind` = OLD.`kind` AND NEW.`subject` IS OLD.`subject` AND NEW.`actor` = OLD.`actor` AND NEW.`request_id` IS OLD.`request_id`)
BEGIN SELECT RAISE(ABORT, 'changes are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `changes_never_deleted` BEFORE DELETE ON `changes`
BEGIN SELECT RAISE(ABORT, 'changes are append-only'); END;
