-- Timetables that staff uploaded, until they are imported or a day has passed.
CREATE TABLE uploads (
    branch_id   uuid   NOT NULL,
    upload_id   uuid   NOT NULL,
    file        bytea  NOT NULL,
    capacity    bigint NOT NULL,
    first_week  bigint NOT NULL, -- days since the beginning of the calendar
    weeks       bigint NOT NULL,
    uploaded_at bigint NOT NULL,
    state       text   COLLATE "C" NOT NULL, -- preview, running, stopped, done
    changed_at  bigint NOT NULL,
    events      bigint NOT NULL, -- to be added, once it began
    PRIMARY KEY (branch_id, upload_id)
);
