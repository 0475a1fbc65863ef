-- Addresses that calendar apps subscribe to: by a hash for whoever shows one, and sealed, so that it can be shown again.
CREATE TABLE feeds (
    branch_id  uuid   NOT NULL,
    subject text   COLLATE "C" NOT NULL, -- client, team-member
    subject_id uuid   NOT NULL,
    hash       bytea  NOT NULL,
    sealed     bytea  NOT NULL,
    made_at    bigint NOT NULL,
    PRIMARY KEY (branch_id, subject, subject_id)
);

CREATE UNIQUE INDEX feeds_by_hash ON feeds (branch_id, hash);
