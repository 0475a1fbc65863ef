-- Signed statements of where ledgers ended, so that a history that was rewritten is found.
CREATE TABLE checkpoints (
    branch_id  blob    NOT NULL,
    position   integer NOT NULL,
    statement  text    NOT NULL, -- what is signed: JSON
    public_key text    NOT NULL,
    signature  text    NOT NULL,
    PRIMARY KEY (branch_id, position)
) STRICT, WITHOUT ROWID;

-- What was refused lately, and why: no part of the ledger, bounded, and without personal data. Ids are in order of time.
CREATE TABLE refusals (
    branch_id  blob    NOT NULL,
    refusal_id blob    NOT NULL,
    at         integer NOT NULL,
    actor      text    NOT NULL,
    request    text    NOT NULL,
    command    text    NOT NULL,
    code       text    NOT NULL,
    reasons    text    NOT NULL, -- JSON
    subject    text, -- cart, activity, appointment, link, client
    subject_id blob,
    PRIMARY KEY (branch_id, refusal_id)
) STRICT, WITHOUT ROWID;
