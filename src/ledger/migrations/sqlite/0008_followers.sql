-- What acts on facts after the append. None of these tables holds anything about a person but random ids. Times are
-- microseconds since 1970.

-- How far a follower has come in the ledger of a branch.
CREATE TABLE followers (
    branch_id        blob    NOT NULL,
    follower         text    NOT NULL,
    position         integer NOT NULL,
    PRIMARY KEY (branch_id, follower)
) STRICT, WITHOUT ROWID;

-- Where webhooks are sent.
CREATE TABLE endpoints (
    branch_id        blob    NOT NULL,
    endpoint_id      blob    NOT NULL,
    url              text    NOT NULL,
    types            text, -- names of facts, with a space between them; all if there are none
    state            text    NOT NULL, -- on, off, disabled
    secret           blob    NOT NULL,
    secret_was       blob    NOT NULL, -- empty once it is of no use any more
    secret_was_until integer,
    since            integer NOT NULL, -- position after which facts are sent
    failing_since    integer,
    disabled_because text, -- gone, failing
    made_at          integer NOT NULL,
    changed_at       integer NOT NULL,
    version          integer NOT NULL,
    PRIMARY KEY (branch_id, endpoint_id)
) STRICT, WITHOUT ROWID;

-- What followers have to bring to somebody, and what became of it.
CREATE TABLE deliveries (
    branch_id        blob    NOT NULL,
    delivery_id      blob    NOT NULL,
    follower         text    NOT NULL,
    queue_id         blob    NOT NULL, -- the endpoint, or the way that messages go
    kind             text    NOT NULL, -- name of the fact, or what a message is about
    subject_id       blob    NOT NULL, -- the aggregate
    position         integer NOT NULL, -- of the fact; 0 without one
    made_at          integer NOT NULL,
    due              integer, -- none once it has ended
    state            text    NOT NULL, -- waiting, delivered, failed, dropped
    attempts         integer NOT NULL,
    changed_at       integer NOT NULL,
    version          integer NOT NULL,
    PRIMARY KEY (branch_id, delivery_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX deliveries_by_due ON deliveries (due, changed_at);
CREATE INDEX deliveries_by_queue ON deliveries (branch_id, queue_id, made_at, delivery_id);

-- Every attempt to deliver.
CREATE TABLE attempts (
    branch_id        blob    NOT NULL,
    delivery_id      blob    NOT NULL,
    attempt          integer NOT NULL,
    at               integer NOT NULL,
    outcome          text    NOT NULL,
    status           integer, -- of HTTP
    milliseconds     integer NOT NULL,
    PRIMARY KEY (branch_id, delivery_id, attempt)
) STRICT, WITHOUT ROWID;

CREATE INDEX attempts_by_age ON attempts (at);

-- What must happen at a time.
CREATE TABLE deadlines (
    branch_id        blob    NOT NULL,
    kind             text    NOT NULL,
    id               blob    NOT NULL,
    due              integer NOT NULL,
    about            integer NOT NULL, -- the start that it was made for
    PRIMARY KEY (branch_id, kind, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX deadlines_by_due ON deadlines (due);
