<?php

declare( strict_types=1 );

namespace Everypod;

/** Every limit of the plugin. Those of the messages mirror contract/src/limits.ts; golden fixtures hold both to them. */
final class Limits {

	public const EVENT_BODY_BYTES   = 64_000;
	public const TARGETS_PER_EVENT  = 4_000;
	public const SUBJECTS_PER_EVENT = 200;

	/** Of an event, around its subjects and targets: the names of fields, the site, the actor, evidence. */
	public const EVENT_FRAME_BYTES = 2_000;

	/** What every bridge takes: wider events go to those that speak the third protocol. */
	public const PLAIN_EVENT_BYTES   = 20_000;
	public const PLAIN_EVENT_TARGETS = 1_000;

	public const PATH_CHARACTERS             = 1_024;
	public const TAG_CHARACTERS              = 256;
	public const TOPIC_CHARACTERS            = 128;
	public const SIGNATURE_TOLERANCE_SECONDS = 300;
	public const SIGNATURES_PER_MESSAGE      = 8;
	public const SECRET_BYTES                = 24;
	public const VISIT_LINES                 = 20;
	public const EVIDENCE_RUNS               = 4;

	/** In one run: enough to be found nowhere else. */
	public const EVIDENCE_WORDS = 6;

	/** In what is longer, before and after a save together, nobody looks for new words while somebody waits. */
	public const EVIDENCE_TEXT_BYTES = 400_000;

	/** Of the header that says what an answer was made of: Node refuses more than 16 kB of headers, and nginx more than 4 or 8. */
	public const KEYS_HEADER_BYTES = 4_000;

	/** A list of posts of more months than these is named as one of all. */
	public const MONTHS_PER_LIST = 3;

	public const SITE_KEY_BYTES = 32;

	/** Of base64, six bits each. */
	public const KEY_HASH_CHARACTERS = 12;

	/** Of what one request has told, so much is not written yet at most: what comes first. */
	public const UNWRITTEN_CHANGES = 100;
	public const UNWRITTEN_SECONDS = 2.0;

	/** An event of a request that runs on is widened no longer than this, or it would never be due. */
	public const EVENT_OPEN_SECONDS = 10.0;

	/** Meta that is written again within these is held until they are over; a site's own filter may choose up to the most. */
	public const DEBOUNCE_SECONDS      = 30;
	public const DEBOUNCE_MOST_SECONDS = 300;

	/** What is held and due may be late by this before requests that only read deliver it, too. */
	public const OVERDUE_SECONDS = 5;

	/** After a save, in which its metaboxes are saved, too. */
	public const METABOX_SECONDS = 30;

	/** What the form takes; several secrets may stand in one field. */
	public const BRIDGE_URL_CHARACTERS = 2_000;
	public const SECRETS_CHARACTERS    = 4_000;

	/** A title is cut here: at most twice as many UTF-16 units, which the contract counts. */
	public const TITLE_CHARACTERS = 150;
	public const NAME_CHARACTERS  = 100;

	/** Posts of a term, or pages below a page, that are spelled out; above it the whole site is one target. */
	public const RELATED_POSTS = 100;

	/** For one attempt while somebody waits, and for all that one request delivers at its end. */
	public const DELIVERY_SECONDS = 2.0;

	/** WordPress gives no request less, whatever it is told: with less than this left, none is begun. */
	public const SHORTEST_REQUEST_SECONDS = 1.0;

	/** Of these, for the look-up, the connection and TLS: a save is held up no longer by a bridge that is gone. */
	public const SAVE_CONNECT_SECONDS = 1.0;

	/** For one attempt of cron or of the connection test: what is slower than a save may wait for gets there, too. */
	public const PATIENT_SECONDS = 10.0;

	/** The connection test waits this long for the pods' first answers. */
	public const TEST_WAIT_SECONDS = 5;

	/** For one attempt of a poll at pods without a bridge: the one that is called gives each of the others 5 s. */
	public const RELAY_SECONDS = 8.0;

	/** For everything that one cron run or one poll delivers and fetches. */
	public const CRON_PASS_SECONDS = 20.0;
	public const POLL_PASS_SECONDS = 2.0;

	public const BRIDGE_ANSWER_BYTES = 2_000_000;

	/** After a failure, saves leave the delivery to the retry for this long. */
	public const CIRCUIT_SECONDS = 30;

	public const FIRST_RETRY_SECONDS = 5;
	public const LAST_RETRY_SECONDS  = 15 * 60;

	/** Then an event becomes a dead letter, which the status page shows and can retry. */
	public const GIVE_UP_SECONDS = 3 * 24 * 3_600;

	/** Longer than any attempt can take, so that a claim is taken over only from the dead. */
	public const CLAIM_SECONDS = 30;

	public const ROWS_PER_PASS = 100;

	/** Between two looks at one event's report; a panel that shows it may look more often. */
	public const LOOK_SECONDS = 5;

	/** After acceptance; then the event reads "unknown since". */
	public const UNRESOLVED_SECONDS = 10 * 60;

	/** Between two runs of cron. */
	public const CRON_SECONDS = 60;

	/** A save that takes longer than this may be taken for one that was killed; then it is sent twice. */
	public const SWEEP_GRACE_SECONDS = 60;

	/** Longer than a publishing by cron can be late; then a post that cron has killed is past finding. */
	public const SWEEP_BACK_SECONDS = 3 * 24 * 3_600;
	public const POSTS_PER_LOOK     = 1_000;

	/** More than these are left to the next sweep. */
	public const POSTS_PER_SWEEP = 200;

	/** In one answer to a bridge that fetches what waits. */
	public const OUTBOX_EVENTS = 50;

	public const KEEP_FINISHED_SECONDS = 14 * 24 * 3_600;

	/** As far as the sweep looks back, and a day more. */
	public const KEEP_KEPT_SECONDS = self::SWEEP_BACK_SECONDS + 24 * 3_600;

	/** Between two uses of "Revalidate now" on one post. */
	public const REVALIDATE_SECONDS = 5;

	public const DELIVERIES_PER_PAGE     = 20;
	public const DELIVERIES_PER_PAGE_MAX = 100;
}
