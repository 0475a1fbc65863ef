-- Staff of the whole store, who they are and how they prove it. None of it is a fact, nor a fold of facts. Times are
-- microseconds since 1970.
CREATE TABLE staff_users (
    user_id      blob    NOT NULL PRIMARY KEY,
    login        text    NOT NULL UNIQUE,
    name         text    NOT NULL,
    password     text,             -- Argon2id, as a PHC string; none before the first was chosen
    totp         blob,             -- the secret of the second factor, sealed
    totp_step    integer NOT NULL, -- the last one whose code was used
    recovery     blob    NOT NULL, -- SHA-256 of each code that is left, 32 bytes after 32
    wrong_codes  integer NOT NULL, -- since the last right one
    closed_until integer NOT NULL, -- no code is taken before
    made_at      integer NOT NULL,
    version      integer NOT NULL
) STRICT, WITHOUT ROWID;

-- Who may do what in which branch.
CREATE TABLE staff_roles (
    branch_id blob NOT NULL,
    user_id   blob NOT NULL,
    role      text NOT NULL, -- owner, manager, front-desk, auditor
    PRIMARY KEY (branch_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX staff_roles_by_user ON staff_roles (user_id);

-- Who is signed in: SHA-256 of a random id that only a browser knows.
CREATE TABLE staff_sessions (
    hash         blob    NOT NULL PRIMARY KEY,
    session_id   blob    NOT NULL, -- by which it is listed and ended
    user_id      blob    NOT NULL,
    device       text    NOT NULL,
    signed_in_at integer NOT NULL,
    seen_at      integer NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX staff_sessions_by_user ON staff_sessions (user_id);

-- One-time links to choose a password with: SHA-256 of what stands in the link.
CREATE TABLE staff_invitations (
    user_id    blob    NOT NULL PRIMARY KEY,
    hash       blob    NOT NULL UNIQUE,
    expires_at integer NOT NULL
) STRICT, WITHOUT ROWID;

-- What programs of a studio show: SHA-256 of it.
CREATE TABLE api_tokens (
    branch_id  blob    NOT NULL,
    token_id   blob    NOT NULL,
    hash       blob    NOT NULL UNIQUE,
    name       text    NOT NULL,
    scope      text    NOT NULL, -- read, book, settings
    made_by    blob,             -- nobody of staff, if by a command
    made_at    integer NOT NULL,
    expires_at integer NOT NULL,
    used_at    integer,
    revoked_at integer,
    PRIMARY KEY (branch_id, token_id)
) STRICT, WITHOUT ROWID;
