-- What acts on facts after the append. None of these tables holds anything about a person but random ids. Times are
-- microseconds since 1970.

-- How far a follower has come in the ledger of a branch.
CREATE TABLE followers (
    branch_id uuid   NOT NULL,
    follower  text COLLATE "C" NOT NULL,
    position  bigint NOT NULL,
    PRIMARY KEY (branch_id, follower)
);

-- Where webhooks are sent.
CREATE TABLE endpoints (
    branch_id       uuid   NOT NULL,
    endpoint_id     uuid   NOT NULL,
    url             text   NOT NULL,
    types           text COLLATE "C", -- names of facts, with a space between them; all if there are none
    state           text COLLATE "C" NOT NULL, -- on, off, disabled
    secret          bytea  NOT NULL,
    secret_was      bytea  NOT NULL, -- empty once it is of no use any more
    secret_was_until bigint,
    since           bigint NOT NULL, -- position after which facts are sent
    failing_since   bigint,
    disabled_because text COLLATE "C", -- gone, failing
    made_at         bigint NOT NULL,
    changed_at      bigint NOT NULL,
    version         bigint NOT NULL,
    PRIMARY KEY (branch_id, endpoint_id)
);

-- What followers have to bring to somebody, and what became of it.
CREATE TABLE deliveries (
    branch_id   uuid   NOT NULL,
    delivery_id uuid   NOT NULL,
    follower    text COLLATE "C" NOT NULL,
    queue_id    uuid   NOT NULL, -- the endpoint, or the way that messages go
    kind        text COLLATE "C" NOT NULL, -- name of the fact, or what a message is about
    subject_id  uuid   NOT NULL, -- the aggregate
    position    bigint NOT NULL, -- of the fact; 0 without one
    made_at     bigint NOT NULL,
    due         bigint, -- none once it has ended
    state       text COLLATE "C" NOT NULL, -- waiting, delivered, failed, dropped
    attempts    bigint NOT NULL,
    changed_at  bigint NOT NULL,
    version     bigint NOT NULL,
    PRIMARY KEY (branch_id, delivery_id)
);

CREATE INDEX deliveries_by_due ON deliveries (due, changed_at);
CREATE INDEX deliveries_by_queue ON deliveries (branch_id, queue_id, made_at, delivery_id);

-- Every attempt to deliver.
CREATE TABLE attempts (
    branch_id    uuid   NOT NULL,
    delivery_id  uuid   NOT NULL,
    attempt      bigint NOT NULL,
    at           bigint NOT NULL,
    outcome      text COLLATE "C" NOT NULL,
    status       bigint, -- of HTTP
    milliseconds bigint NOT NULL,
    PRIMARY KEY (branch_id, delivery_id, attempt)
);

CREATE INDEX attempts_by_age ON attempts (at);

-- What must happen at a time.
CREATE TABLE deadlines (
    branch_id uuid   NOT NULL,
    kind      text COLLATE "C" NOT NULL,
    id        uuid   NOT NULL,
    due       bigint NOT NULL,
    about     bigint NOT NULL, -- the start that it was made for
    PRIMARY KEY (branch_id, kind, id)
);

CREATE INDEX deadlines_by_due ON deadlines (due);
