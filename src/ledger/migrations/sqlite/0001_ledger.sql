-- Ids are their 16 bytes: half as long as hexadecimal text, in every key and every index.

-- All facts. The first seven columns are the layout of sqlite-es, so that the stock crates can read the table;
-- aggregate_id is '<branch>/<id>', in text, so that a load cannot reach into another branch. The primary key is paid
-- with every fact and does not say the branch a second time.
CREATE TABLE events (
    aggregate_type text    NOT NULL,
    aggregate_id   text    NOT NULL,
    sequence       integer NOT NULL CHECK (sequence >= 1),
    event_type     text    NOT NULL,
    event_version  text    NOT NULL,
    payload        text    NOT NULL,
    metadata       text    NOT NULL,
    branch_id      blob    NOT NULL,
    position       integer NOT NULL CHECK (position >= 1),
    recorded_at    integer NOT NULL, -- microseconds since 1970
    hash           blob    NOT NULL,
    PRIMARY KEY (aggregate_type, aggregate_id, sequence),
    UNIQUE (branch_id, position)
) STRICT;

-- Where each branch's ledger ends. An append fits only if they end as its writer saw it.
CREATE TABLE ledgers (
    branch_id    blob    NOT NULL PRIMARY KEY,
    head         integer NOT NULL,
    head_hash    blob    NOT NULL,
    recorded_at  integer NOT NULL,
    fence        integer NOT NULL,
    rows_version integer NOT NULL
) STRICT, WITHOUT ROWID;

-- Accepted commands that had a key, with their sealed answers.
CREATE TABLE commands (
    branch_id   blob    NOT NULL,
    scope       text    NOT NULL,
    key         text    NOT NULL,
    fingerprint blob    NOT NULL,
    first       integer NOT NULL,
    last        integer NOT NULL,
    answer      blob    NOT NULL,
    PRIMARY KEY (branch_id, scope, key)
) STRICT, WITHOUT ROWID;

-- What opens a cart, a result page or an appointment: SHA-256 of a random token.
CREATE TABLE capabilities (
    branch_id  blob NOT NULL,
    hash       blob NOT NULL,
    kind       text NOT NULL,
    id         blob NOT NULL,
    revoked_at integer,
    PRIMARY KEY (branch_id, hash)
) STRICT, WITHOUT ROWID;

-- The vault: people, each sealed with a key of their own, which is wrapped by the master key.
CREATE TABLE clients (
    branch_id   blob NOT NULL,
    client_id   blob NOT NULL,
    phone_mac   blob NOT NULL,
    wrapped_key blob NOT NULL,
    sealed      blob NOT NULL,
    PRIMARY KEY (branch_id, client_id),
    UNIQUE (branch_id, phone_mac)
) STRICT, WITHOUT ROWID;

-- What was typed with one confirmation.
CREATE TABLE contacts (
    branch_id blob NOT NULL,
    cart_id   blob NOT NULL,
    client_id blob NOT NULL,
    sealed    blob NOT NULL,
    PRIMARY KEY (branch_id, cart_id)
) STRICT, WITHOUT ROWID;

-- What belongs to the store itself: which master key fits, whether it is a demonstration.
CREATE TABLE store (
    name  text NOT NULL PRIMARY KEY,
    value blob NOT NULL
) STRICT, WITHOUT ROWID;

-- Read models; all of them can be made anew from events. Times are microseconds since 1970.
CREATE TABLE branches (
    branch_id blob    NOT NULL PRIMARY KEY,
    document  text    NOT NULL,
    version   integer NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE links (
    branch_id blob    NOT NULL,
    link_id   blob    NOT NULL,
    document  text    NOT NULL,
    version   integer NOT NULL,
    PRIMARY KEY (branch_id, link_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE carts (
    branch_id blob    NOT NULL,
    cart_id   blob    NOT NULL,
    document  text    NOT NULL,
    version   integer NOT NULL,
    PRIMARY KEY (branch_id, cart_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE availability (
    branch_id      blob    NOT NULL,
    activity_id    blob    NOT NULL,
    service_id     blob    NOT NULL,
    team_member_id blob    NOT NULL,
    starts_at      integer NOT NULL,
    duration       integer NOT NULL, -- minutes
    capacity       integer NOT NULL,
    taken          integer NOT NULL,
    open           integer NOT NULL,
    cancelled      integer NOT NULL,
    version        integer NOT NULL,
    PRIMARY KEY (branch_id, activity_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX availability_by_start ON availability (branch_id, starts_at, activity_id);

CREATE TABLE appointments (
    branch_id       blob    NOT NULL,
    appointment_id  blob    NOT NULL,
    status          text    NOT NULL, -- booked, cancelled
    cart_id         blob    NOT NULL,
    link_id         blob    NOT NULL,
    client_id       blob    NOT NULL,
    activity_id     blob    NOT NULL,
    service_id      blob    NOT NULL,
    team_member_id  blob    NOT NULL,
    starts_at       integer NOT NULL,
    duration        integer NOT NULL, -- minutes
    spots           integer NOT NULL,
    membership_id   blob,
    booked_at       integer NOT NULL,
    changed_at      integer NOT NULL,
    cancelled_by    text,
    moved_from      integer,
    team_member_was blob,
    revision        integer NOT NULL,
    version         integer NOT NULL,
    PRIMARY KEY (branch_id, appointment_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX appointments_by_start ON appointments (branch_id, starts_at, appointment_id);
