-- Whether it was booked at the desk, not online.
ALTER TABLE appointments ADD COLUMN booked_by_staff bigint NOT NULL DEFAULT 0;
