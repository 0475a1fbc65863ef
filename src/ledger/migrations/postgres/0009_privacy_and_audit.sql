-- Signed statements of where ledgers ended, so that a history that was rewritten is found.
CREATE TABLE checkpoints (
    branch_id  uuid   NOT NULL,
    position   bigint NOT NULL,
    statement  text   COLLATE "C" NOT NULL, -- what is signed: JSON
    public_key text   COLLATE "C" NOT NULL,
    signature  text   COLLATE "C" NOT NULL,
    PRIMARY KEY (branch_id, position)
);

-- What was refused lately, and why: no part of the ledger, bounded, and without personal data. Ids are in order of time.
CREATE TABLE refusals (
    branch_id  uuid   NOT NULL,
    refusal_id uuid   NOT NULL,
    at         bigint NOT NULL,
    actor      text   COLLATE "C" NOT NULL,
    request    text   COLLATE "C" NOT NULL,
    command    text   COLLATE "C" NOT NULL,
    code       text   COLLATE "C" NOT NULL,
    reasons    text   COLLATE "C" NOT NULL, -- JSON
    subject    text   COLLATE "C", -- cart, activity, appointment, link, client
    subject_id uuid,
    PRIMARY KEY (branch_id, refusal_id)
);
