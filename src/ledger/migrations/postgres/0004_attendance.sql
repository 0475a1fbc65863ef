-- Whether the client came: arrived, no-show, or nothing noted.
ALTER TABLE appointments ADD COLUMN attendance text;
