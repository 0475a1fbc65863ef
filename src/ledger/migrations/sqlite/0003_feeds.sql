-- Addresses that calendar apps subscribe to: by a hash for whoever shows one, and sealed, so that it can be shown again.
CREATE TABLE feeds (
    branch_id  blob    NOT NULL,
    subject    text    NOT NULL, -- client, team-member
    subject_id blob    NOT NULL,
    hash       blob    NOT NULL,
    sealed     blob    NOT NULL,
    made_at    integer NOT NULL,
    PRIMARY KEY (branch_id, subject, subject_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX feeds_by_hash ON feeds (branch_id, hash);
