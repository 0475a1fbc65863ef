-- Timetables that staff uploaded, until they are imported or a day has passed.
CREATE TABLE uploads (
    branch_id   blob    NOT NULL,
    upload_id   blob    NOT NULL,
    file        blob    NOT NULL,
    capacity    integer NOT NULL,
    first_week  integer NOT NULL, -- days since the beginning of the calendar
    weeks       integer NOT NULL,
    uploaded_at integer NOT NULL,
    state       text    NOT NULL, -- preview, running, stopped, done
    changed_at  integer NOT NULL,
    events      integer NOT NULL, -- to be added, once it began
    PRIMARY KEY (branch_id, upload_id)
) STRICT, WITHOUT ROWID;
