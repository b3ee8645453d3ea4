-- The register, version 1. Rows are only ever added; the triggers below refuse everything else.

-- Whose register this is. One row.
CREATE TABLE register (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  issuer TEXT NOT NULL CHECK (issuer <> ''),
  -- HMAC-SHA-256 with the secret as its key: recognises the secret without telling it.
  secret_mark BLOB NOT NULL CHECK (length(secret_mark) = 32),
  -- Of a register that holds one part of a batch: the digest of the batch, and which part of how many.
  batch BLOB CHECK (length(batch) = 32),
  part INTEGER,
  parts INTEGER,
  CHECK ((batch IS NULL AND part IS NULL AND parts IS NULL)
      OR (batch IS NOT NULL AND part IS NOT NULL AND parts IS NOT NULL AND part BETWEEN 1 AND parts))
) STRICT;

-- Every document that was ever issued.
CREATE TABLE issue (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE CHECK (length(number) = 14),
  -- HMAC-SHA-256 of the participant's key: no name and no key is stored anywhere.
  participant BLOB NOT NULL CHECK (length(participant) = 32),
  assessment TEXT NOT NULL CHECK (assessment <> ''),
  version TEXT NOT NULL CHECK (version <> ''),
  definition BLOB NOT NULL CHECK (length(definition) = 32),
  data BLOB NOT NULL CHECK (length(data) = 32),
  file BLOB NOT NULL CHECK (length(file) = 32),
  kind TEXT NOT NULL CHECK (kind <> ''),
  language TEXT NOT NULL CHECK (language <> ''),
  -- Empty: there is one round. NULL would let two first editions stand side by side.
  round TEXT NOT NULL,
  edition INTEGER NOT NULL CHECK (edition >= 1),
  -- The day of issue, ISO 8601.
  issued TEXT NOT NULL,
  UNIQUE (participant, assessment, kind, language, round, edition)
) STRICT;

-- What happened to them, in the order of recording.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  issue INTEGER NOT NULL REFERENCES issue (id),
  kind TEXT NOT NULL
    CHECK (kind IN ('issued', 'reprinted', 'corrected', 'superseded', 'withdrawn', 'expired')),
  -- Milliseconds since 1970, UTC.
  moment INTEGER NOT NULL,
  -- 1: the clock stood before the moment of the event recorded last.
  clock_back INTEGER NOT NULL CHECK (clock_back IN (0, 1)),
  reason TEXT CHECK (reason <> ''),
  author TEXT CHECK (author <> ''),
  other INTEGER REFERENCES issue (id),
  file BLOB CHECK (length(file) = 32),
  -- SHA-256 of the hash before, and of everything in this row and in the issue it brings in.
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  CHECK (kind <> 'withdrawn' OR reason IS NOT NULL),
  CHECK ((other IS NOT NULL) = (kind IN ('corrected', 'superseded'))),
  CHECK (other <> issue),
  CHECK ((file IS NOT NULL) = (kind = 'reprinted'))
) STRICT;

CREATE INDEX event_of_issue ON event (issue);
CREATE INDEX event_in_time ON event (moment);
-- Only reprints happen more than once.
CREATE UNIQUE INDEX event_once ON event (issue, kind) WHERE kind <> 'reprinted';

CREATE TRIGGER register_no_update BEFORE UPDATE ON register
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER register_no_delete BEFORE DELETE ON register
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER issue_no_update BEFORE UPDATE ON issue
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER issue_no_delete BEFORE DELETE ON issue
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;

-- INSERT OR REPLACE deletes the old row without asking a DELETE trigger.
CREATE TRIGGER register_no_replace BEFORE INSERT ON register
WHEN EXISTS (SELECT 1 FROM register)
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER issue_no_replace BEFORE INSERT ON issue
WHEN EXISTS (SELECT 1 FROM issue WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM issue WHERE number = NEW.number)
  OR EXISTS (SELECT 1 FROM issue
              WHERE (participant, assessment, kind, language, round, edition)
                  = (NEW.participant, NEW.assessment, NEW.kind, NEW.language, NEW.round, NEW.edition))
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER event_no_replace BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM event WHERE issue = NEW.issue AND kind = NEW.kind AND kind <> 'reprinted')
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
