-- Staff of the whole store, who they are and how they prove it. None of it is a fact, nor a fold of facts. Times are
-- microseconds since 1970.
CREATE TABLE staff_users (
    user_id      uuid   NOT NULL PRIMARY KEY,
    login        text   COLLATE "C" NOT NULL UNIQUE,
    name         text   COLLATE "C" NOT NULL,
    password     text   COLLATE "C", -- Argon2id, as a PHC string; none before the first was chosen
    totp         bytea,           -- the secret of the second factor, sealed
    totp_step    bigint NOT NULL, -- the last one whose code was used
    recovery     bytea  NOT NULL, -- SHA-256 of each code that is left, 32 bytes after 32
    wrong_codes  bigint NOT NULL, -- since the last right one
    closed_until bigint NOT NULL, -- no code is taken before
    made_at      bigint NOT NULL,
    version      bigint NOT NULL
);

-- Who may do what in which branch.
CREATE TABLE staff_roles (
    branch_id uuid NOT NULL,
    user_id   uuid NOT NULL,
    role      text COLLATE "C" NOT NULL, -- owner, manager, front-desk, auditor
    PRIMARY KEY (branch_id, user_id)
);

CREATE INDEX staff_roles_by_user ON staff_roles (user_id);

-- Who is signed in: SHA-256 of a random id that only a browser knows.
CREATE TABLE staff_sessions (
    hash         bytea  NOT NULL PRIMARY KEY,
    session_id   uuid   NOT NULL, -- by which it is listed and ended
    user_id      uuid   NOT NULL,
    device       text   COLLATE "C" NOT NULL,
    signed_in_at bigint NOT NULL,
    seen_at      bigint NOT NULL
);

CREATE INDEX staff_sessions_by_user ON staff_sessions (user_id);

-- One-time links to choose a password with: SHA-256 of what stands in the link.
CREATE TABLE staff_invitations (
    user_id    uuid   NOT NULL PRIMARY KEY,
    hash       bytea  NOT NULL UNIQUE,
    expires_at bigint NOT NULL
);

-- What programs of a studio show: SHA-256 of it.
CREATE TABLE api_tokens (
    branch_id  uuid   NOT NULL,
    token_id   uuid   NOT NULL,
    hash       bytea  NOT NULL UNIQUE,
    name       text   COLLATE "C" NOT NULL,
    scope      text   COLLATE "C" NOT NULL, -- read, book, settings
    made_by    uuid,            -- nobody of staff, if by a command
    made_at    bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at    bigint,
    revoked_at bigint,
    PRIMARY KEY (branch_id, token_id)
);
