CREATE TABLE `changes` (
	`studio_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`subject` text,
	`actor` text NOT NULL,
	`request_id` text,
	`body` text,
	PRIMARY KEY(`studio_id`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `jobs` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`queue` text NOT NULL,
	`subject` text,
	`payload` text DEFAULT '{}' NOT NULL,
	`state` text DEFAULT 'due' NOT NULL,
	`run_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`lease_until` integer,
	`lease_token` text,
	`reason` text,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`run_at`) WHERE state = 'due';--> statement-breakpoint
CREATE INDEX `jobs_state` ON `jobs` (`studio_id`,`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `ai_settings` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`provider` text NOT NULL,
	`draft_on_inbound` integer NOT NULL,
	`score_on_inbound` integer NOT NULL,
	`tone` text NOT NULL,
	`language` text NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `model_providers` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`api_key` text,
	`key_last4` text,
	`base_url` text,
	`model` text,
	`models` text DEFAULT '[]' NOT NULL,
	`problem` text,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contacts` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`phone` text,
	`email` text,
	`lead_status` text DEFAULT 'NEW' NOT NULL,
	`status_reason` text,
	`lead_stage` text DEFAULT 'new' NOT NULL,
	`lead_score` integer DEFAULT 0 NOT NULL,
	`source` text NOT NULL,
	`first_touch` text,
	`notes` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`erased_at` integer,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `contacts_created` ON `contacts` (`studio_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `contacts_name` ON `contacts` (`studio_id`,`name`);--> statement-breakpoint
CREATE INDEX `contacts_score` ON `contacts` (`studio_id`,`lead_score`);--> statement-breakpoint
CREATE INDEX `contacts_phone` ON `contacts` (`studio_id`,`phone`);--> statement-breakpoint
CREATE INDEX `contacts_email` ON `contacts` (`studio_id`,`email`);--> statement-breakpoint
CREATE TABLE `identities` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`channel` text NOT NULL,
	`key` text NOT NULL,
	`contact_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`display` text NOT NULL,
	`verified` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `identities_contact` ON `identities` (`studio_id`,`contact_id`);--> statement-breakpoint
CREATE INDEX `identities_conversation` ON `identities` (`studio_id`,`conversation_id`);--> statement-breakpoint
CREATE TABLE `lead_history` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`contact_id` text NOT NULL,
	`what` text NOT NULL,
	`old_value` text,
	`new_value` text NOT NULL,
	`why` text NOT NULL,
	`changed_by` text,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `lead_history_contact` ON `lead_history` (`studio_id`,`contact_id`,`changed_at`);--> statement-breakpoint
CREATE TABLE `lead_scores` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`contact_id` text NOT NULL,
	`seen_seq` integer DEFAULT 0 NOT NULL,
	`score` integer NOT NULL,
	`factors` text NOT NULL,
	`evidence` text NOT NULL,
	`decision_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `lead_scores_contact` ON `lead_scores` (`studio_id`,`contact_id`,`at`);--> statement-breakpoint
CREATE TABLE `conversations` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`contact_id` text NOT NULL,
	`account_id` text NOT NULL,
	`channel` text NOT NULL,
	`status` text DEFAULT 'open' NOT NULL,
	`assignee_id` text,
	`snoozed_until` integer,
	`last_message_at` integer NOT NULL,
	`last_seq` integer DEFAULT 0 NOT NULL,
	`last_inbound_seq` integer DEFAULT 0 NOT NULL,
	`last_inbound_at` integer,
	`preview` text DEFAULT '' NOT NULL,
	`preview_direction` text DEFAULT 'inbound' NOT NULL,
	`waiting_since` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `conversations_list` ON `conversations` (`studio_id`,`status`,`last_message_at`);--> statement-breakpoint
CREATE INDEX `conversations_contact` ON `conversations` (`studio_id`,`contact_id`);--> statement-breakpoint
CREATE TABLE `read_marks` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`member_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `decisions` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`inputs_hash` text NOT NULL,
	`inputs` text NOT NULL,
	`sources` text NOT NULL,
	`provider` text NOT NULL,
	`model` text,
	`prompt_version` text NOT NULL,
	`verdict` text NOT NULL,
	`fallback_from` text,
	`latency_ms` integer NOT NULL,
	`tokens` integer DEFAULT 0 NOT NULL,
	`cost_micros` integer DEFAULT 0 NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `decisions_at` ON `decisions` (`studio_id`,`at`);--> statement-breakpoint
CREATE INDEX `decisions_subject` ON `decisions` (`studio_id`,`subject`,`at`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`seen_seq` integer NOT NULL,
	`suggestions` text NOT NULL,
	`decision_id` text NOT NULL,
	`outcome` text,
	`message_id` text,
	`edit_distance` real,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `drafts_conversation` ON `drafts` (`studio_id`,`conversation_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `integrations` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`channel_type` text NOT NULL,
	`name` text NOT NULL,
	`external_id` text NOT NULL,
	`is_active` integer NOT NULL,
	`credentials` text NOT NULL,
	`verify_token` text NOT NULL,
	`health` text NOT NULL,
	`details` text,
	`created_at` integer NOT NULL,
	`disconnected_at` integer,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `integrations_external` ON `integrations` (`studio_id`,`channel_type`,`external_id`);--> statement-breakpoint
CREATE TABLE `templates` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`external_id` text NOT NULL,
	`name` text NOT NULL,
	`language` text NOT NULL,
	`category` text NOT NULL,
	`status` text NOT NULL,
	`body` text NOT NULL,
	`variables` text NOT NULL,
	`components` text NOT NULL,
	`synced_at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `templates_name` ON `templates` (`studio_id`,`account_id`,`name`,`language`);--> statement-breakpoint
CREATE TABLE `knowledge` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`content` text NOT NULL,
	`category` text NOT NULL,
	`valid_from` text,
	`valid_to` text,
	`source` text DEFAULT 'typed' NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `knowledge_updated` ON `knowledge` (`studio_id`,`updated_at`);--> statement-breakpoint
CREATE TABLE `conversation_labels` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`label_id` text NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `conversation_labels_conversation` ON `conversation_labels` (`studio_id`,`conversation_id`);--> statement-breakpoint
CREATE INDEX `conversation_labels_label` ON `conversation_labels` (`studio_id`,`label_id`);--> statement-breakpoint
CREATE TABLE `labels` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`color` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `labels_name` ON `labels` (`studio_id`,`name_key`);--> statement-breakpoint
CREATE TABLE `snippets` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`title_key` text NOT NULL,
	`content` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `snippets_title` ON `snippets` (`studio_id`,`title_key`);--> statement-breakpoint
CREATE TABLE `attachments` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`message_id` text,
	`position` integer DEFAULT 0 NOT NULL,
	`kind` text NOT NULL,
	`mime` text,
	`filename` text,
	`size` integer,
	`sha256` text,
	`r2_key` text,
	`state` text NOT NULL,
	`reason` text,
	`source` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `attachments_message` ON `attachments` (`studio_id`,`message_id`,`position`);--> statement-breakpoint
CREATE TABLE `messages` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`account_id` text NOT NULL,
	`seq` integer NOT NULL,
	`direction` text NOT NULL,
	`origin` text DEFAULT 'live' NOT NULL,
	`type` text NOT NULL,
	`content` text NOT NULL,
	`channel` text NOT NULL,
	`status` text NOT NULL,
	`external_id` text,
	`author_kind` text NOT NULL,
	`author_id` text,
	`author_name` text,
	`reply_to` text,
	`details` text,
	`template` text,
	`error` text,
	`sent_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`edited_at` integer,
	`deleted_at` integer,
	`send_at` integer,
	`touched` text,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_external` ON `messages` (`studio_id`,`account_id`,`external_id`);--> statement-breakpoint
CREATE INDEX `messages_thread` ON `messages` (`studio_id`,`conversation_id`,`sent_at`,`seq`);--> statement-breakpoint
CREATE INDEX `messages_unread` ON `messages` (`studio_id`,`conversation_id`,`seq`) WHERE direction = 'inbound' AND origin = 'live';--> statement-breakpoint
CREATE INDEX `messages_waiting` ON `messages` (`studio_id`,`account_id`) WHERE status IN ('queued', 'sending', 'scheduled');--> statement-breakpoint
CREATE TABLE `parked_statuses` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`external_id` text NOT NULL,
	`event` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `parked_statuses_external` ON `parked_statuses` (`studio_id`,`account_id`,`external_id`);--> statement-breakpoint
CREATE TABLE `reactions` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`target` text NOT NULL,
	`side` text NOT NULL,
	`emoji` text NOT NULL,
	`at` integer NOT NULL,
	`touched` text,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `receipts` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`received_at` integer NOT NULL,
	`body` text,
	`r2_key` text,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `idempotency` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer NOT NULL,
	`answer` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `studios` (
	`studio_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`timezone` text NOT NULL,
	`locale` text NOT NULL,
	`opening_hours` text DEFAULT '[]' NOT NULL,
	`settings` text DEFAULT '{}' NOT NULL,
	`setup_done` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`studio_id`, `id`)
) WITHOUT ROWID;
