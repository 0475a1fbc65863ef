-- One-time codes, by a MAC of what they are for: which number they were sent to stays unknown. They are neither facts
-- nor folds of them, and are deleted once they are of no use. Times are microseconds since 1970.
CREATE TABLE codes (
    branch_id       uuid   NOT NULL,
    subject         bytea  NOT NULL,
    code_mac        bytea  NOT NULL,
    issued_at       bigint NOT NULL,
    tries           bigint NOT NULL, -- that failed
    day             bigint NOT NULL, -- days since 1970, of the last code
    issued_that_day bigint NOT NULL,
    version         bigint NOT NULL,
    PRIMARY KEY (branch_id, subject)
);

CREATE INDEX codes_by_age ON codes (branch_id, issued_at);

-- Who is signed in: SHA-256 of a random id that only a browser knows.
CREATE TABLE sessions (
    branch_id    uuid   NOT NULL,
    hash         bytea  NOT NULL,
    client_id    uuid   NOT NULL,
    language     text   COLLATE "C",
    signed_in_at bigint NOT NULL,
    expires_at   bigint NOT NULL,
    PRIMARY KEY (branch_id, hash)
);

CREATE INDEX sessions_by_end ON sessions (branch_id, expires_at);
CREATE INDEX sessions_by_client ON sessions (branch_id, client_id);

CREATE INDEX appointments_by_client ON appointments (branch_id, client_id, starts_at, appointment_id);
