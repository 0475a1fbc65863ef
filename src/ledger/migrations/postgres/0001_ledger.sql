-- Text is compared by its bytes, as in every other store: the order of pages does not depend on the server's locale.
-- Every unique key holds branch_id, so that tables can be distributed by it.

-- All facts. The first seven columns are the layout of postgres-es, so that the stock crates can read the table;
-- aggregate_id is '<branch>/<id>', so that a load cannot reach into another branch.
CREATE TABLE events (
    aggregate_type text   COLLATE "C" NOT NULL,
    aggregate_id   text   COLLATE "C" NOT NULL,
    sequence       bigint NOT NULL CHECK (sequence >= 1),
    event_type     text   COLLATE "C" NOT NULL,
    event_version  text   COLLATE "C" NOT NULL,
    payload        json   NOT NULL,
    metadata       json   NOT NULL,
    branch_id      uuid   NOT NULL,
    position       bigint NOT NULL CHECK (position >= 1),
    recorded_at    bigint NOT NULL, -- microseconds since 1970
    hash           bytea  NOT NULL,
    PRIMARY KEY (aggregate_type, aggregate_id, sequence, branch_id),
    UNIQUE (branch_id, position)
);

-- Where each branch's ledger ends. An append fits only if they end as its writer saw it. Every append changes one row,
-- so pages keep room for its next version.
CREATE TABLE ledgers (
    branch_id    uuid   NOT NULL PRIMARY KEY,
    head         bigint NOT NULL,
    head_hash    bytea  NOT NULL,
    recorded_at  bigint NOT NULL,
    fence        bigint NOT NULL,
    rows_version bigint NOT NULL
) WITH (fillfactor = 50);

-- Accepted commands that had a key, with their sealed answers. What is sealed cannot be compressed: rows keep it
-- themselves up to a page.
CREATE TABLE commands (
    branch_id   uuid   NOT NULL,
    scope       text   COLLATE "C" NOT NULL,
    key         text   COLLATE "C" NOT NULL,
    fingerprint bytea  NOT NULL,
    first       bigint NOT NULL,
    last        bigint NOT NULL,
    answer      bytea  NOT NULL,
    PRIMARY KEY (branch_id, scope, key)
) WITH (toast_tuple_target = 8160);

-- What opens a cart, a result page or an appointment: SHA-256 of a random token.
CREATE TABLE capabilities (
    branch_id  uuid   NOT NULL,
    hash       bytea  NOT NULL,
    kind       text   COLLATE "C" NOT NULL,
    id         uuid   NOT NULL,
    revoked_at bigint,
    PRIMARY KEY (branch_id, hash)
);

-- The vault: people, each sealed with a key of their own, which is wrapped by the master key.
CREATE TABLE clients (
    branch_id   uuid  NOT NULL,
    client_id   uuid  NOT NULL,
    phone_mac   bytea NOT NULL,
    wrapped_key bytea NOT NULL,
    sealed      bytea NOT NULL,
    PRIMARY KEY (branch_id, client_id),
    UNIQUE (branch_id, phone_mac)
);

-- What was typed with one confirmation.
CREATE TABLE contacts (
    branch_id uuid  NOT NULL,
    cart_id   uuid  NOT NULL,
    client_id uuid  NOT NULL,
    sealed    bytea NOT NULL,
    PRIMARY KEY (branch_id, cart_id)
);

-- What belongs to the store itself: which master key fits, whether it is a demonstration.
CREATE TABLE store (
    name  text  COLLATE "C" NOT NULL PRIMARY KEY,
    value bytea NOT NULL
);

-- Read models; all of them can be made anew from events. Times are microseconds since 1970. Rows that change with
-- every booking leave room on their pages, and documents are compressed only beyond a page: it takes longer than to write
-- them.
CREATE TABLE branches (
    branch_id uuid   NOT NULL PRIMARY KEY,
    document  text   COLLATE "C" NOT NULL,
    version   bigint NOT NULL
);

CREATE TABLE links (
    branch_id uuid   NOT NULL,
    link_id   uuid   NOT NULL,
    document  text   COLLATE "C" NOT NULL,
    version   bigint NOT NULL,
    PRIMARY KEY (branch_id, link_id)
);

CREATE TABLE carts (
    branch_id uuid   NOT NULL,
    cart_id   uuid   NOT NULL,
    document  text   COLLATE "C" NOT NULL,
    version   bigint NOT NULL,
    PRIMARY KEY (branch_id, cart_id)
) WITH (fillfactor = 70, toast_tuple_target = 8160);

CREATE TABLE availability (
    branch_id      uuid   NOT NULL,
    activity_id    uuid   NOT NULL,
    service_id     uuid   NOT NULL,
    team_member_id uuid   NOT NULL,
    starts_at      bigint NOT NULL,
    duration       bigint NOT NULL, -- minutes
    capacity       bigint NOT NULL,
    taken          bigint NOT NULL,
    open           bigint NOT NULL,
    cancelled      bigint NOT NULL,
    version        bigint NOT NULL,
    PRIMARY KEY (branch_id, activity_id)
) WITH (fillfactor = 50);

CREATE INDEX availability_by_start ON availability (branch_id, starts_at, activity_id);

CREATE TABLE appointments (
    branch_id       uuid   NOT NULL,
    appointment_id  uuid   NOT NULL,
    status          text   COLLATE "C" NOT NULL, -- booked, cancelled
    cart_id         uuid   NOT NULL,
    link_id         uuid   NOT NULL,
    client_id       uuid   NOT NULL,
    activity_id     uuid   NOT NULL,
    service_id      uuid   NOT NULL,
    team_member_id  uuid   NOT NULL,
    starts_at       bigint NOT NULL,
    duration        bigint NOT NULL, -- minutes
    spots           bigint NOT NULL,
    membership_id   uuid,
    booked_at       bigint NOT NULL,
    changed_at      bigint NOT NULL,
    cancelled_by    text   COLLATE "C",
    moved_from      bigint,
    team_member_was uuid,
    revision        bigint NOT NULL,
    version         bigint NOT NULL,
    PRIMARY KEY (branch_id, appointment_id)
);

CREATE INDEX appointments_by_start ON appointments (branch_id, starts_at, appointment_id);
