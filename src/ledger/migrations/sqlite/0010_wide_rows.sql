-- Tables WITHOUT ROWID keep whole rows in the inner pages of their trees too: with rows of some hundred bytes a page leads
-- to few others, and trees grow deep. Wide rows stand beside their key, in the order in which they came.

ALTER TABLE carts RENAME TO carts_before;
CREATE TABLE carts (
    branch_id blob    NOT NULL,
    cart_id   blob    NOT NULL,
    document  text    NOT NULL,
    version   integer NOT NULL,
    PRIMARY KEY (branch_id, cart_id)
) STRICT;
INSERT INTO carts SELECT branch_id, cart_id, document, version FROM carts_before;
DROP TABLE carts_before;

ALTER TABLE contacts RENAME TO contacts_before;
CREATE TABLE contacts (
    branch_id blob NOT NULL,
    cart_id   blob NOT NULL,
    client_id blob NOT NULL,
    sealed    blob NOT NULL,
    PRIMARY KEY (branch_id, cart_id)
) STRICT;
INSERT INTO contacts SELECT branch_id, cart_id, client_id, sealed FROM contacts_before;
DROP TABLE contacts_before;

ALTER TABLE commands RENAME TO commands_before;
CREATE TABLE commands (
    branch_id   blob    NOT NULL,
    scope       text    NOT NULL,
    key         text    NOT NULL,
    fingerprint blob    NOT NULL,
    first       integer NOT NULL,
    last        integer NOT NULL,
    answer      blob    NOT NULL,
    PRIMARY KEY (branch_id, scope, key)
) STRICT;
INSERT INTO commands
SELECT branch_id, scope, key, fingerprint, first, last, answer FROM commands_before;
DROP TABLE commands_before;

ALTER TABLE appointments RENAME TO appointments_before;
DROP INDEX appointments_by_start;
DROP INDEX appointments_by_client;
CREATE TABLE appointments (
    branch_id       blob    NOT NULL,
    appointment_id  blob    NOT NULL,
    status          text    NOT NULL, -- booked, cancelled
    cart_id         blob    NOT NULL,
    link_id         blob    NOT NULL,
    client_id       blob    NOT NULL,
    activity_id     blob    NOT NULL,
    service_id      blob    NOT NULL,
    team_member_id  blob    NOT NULL,
    starts_at       integer NOT NULL,
    duration        integer NOT NULL, -- minutes
    spots           integer NOT NULL,
    membership_id   blob,
    booked_at       integer NOT NULL,
    changed_at      integer NOT NULL,
    cancelled_by    text,
    moved_from      integer,
    team_member_was blob,
    revision        integer NOT NULL,
    version         integer NOT NULL,
    attendance      text,
    booked_by_staff integer NOT NULL DEFAULT 0,
    PRIMARY KEY (branch_id, appointment_id)
) STRICT;
INSERT INTO appointments
SELECT branch_id, appointment_id, status, cart_id, link_id, client_id, activity_id, service_id, team_member_id,
       starts_at, duration, spots, membership_id, booked_at, changed_at, cancelled_by, moved_from, team_member_was,
       revision, version, attendance, booked_by_staff
FROM appointments_before;
DROP TABLE appointments_before;
CREATE INDEX appointments_by_start ON appointments (branch_id, starts_at, appointment_id);
CREATE INDEX appointments_by_client ON appointments (branch_id, client_id, starts_at, appointment_id);
