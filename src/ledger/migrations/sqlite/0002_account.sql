-- One-time codes, by a MAC of what they are for: which number they were sent to stays unknown. They are neither facts
-- nor folds of them, and are deleted once they are of no use. Times are microseconds since 1970.
CREATE TABLE codes (
    branch_id       blob    NOT NULL,
    subject         blob    NOT NULL,
    code_mac        blob    NOT NULL,
    issued_at       integer NOT NULL,
    tries           integer NOT NULL, -- that failed
    day             integer NOT NULL, -- days since 1970, of the last code
    issued_that_day integer NOT NULL,
    version         integer NOT NULL,
    PRIMARY KEY (branch_id, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX codes_by_age ON codes (branch_id, issued_at);

-- Who is signed in: SHA-256 of a random id that only a browser knows.
CREATE TABLE sessions (
    branch_id    blob    NOT NULL,
    hash         blob    NOT NULL,
    client_id    blob    NOT NULL,
    language     text,
    signed_in_at integer NOT NULL,
    expires_at   integer NOT NULL,
    PRIMARY KEY (branch_id, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_end ON sessions (branch_id, expires_at);
CREATE INDEX sessions_by_client ON sessions (branch_id, client_id);

CREATE INDEX appointments_by_client ON appointments (branch_id, client_id, starts_at, appointment_id);
