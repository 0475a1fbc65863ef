-- Whether it was booked at the desk, not online.
ALTER TABLE appointments ADD COLUMN booked_by_staff integer NOT NULL DEFAULT 0;
