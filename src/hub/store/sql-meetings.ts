import type { LobbyState } from '../../domain/meeting/lobby-state.ts';
import type { Meeting } from '../../domain/meeting/model.ts';
import type { Row, Statement } from './database.ts';
import { isBusy, type KeptLobby, type MeetingStore, namedBy } from './meeting-store.ts';

type Run = (statements: readonly Statement[]) => Promise<readonly (readonly Row[])[]>;

const ADD = `INSERT INTO meetings (meeting_id, tid, organizer, command_id, start_ms, end_ms, revision, meeting)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb) ON CONFLICT (organizer, command_id) DO NOTHING`;
/** Only with a meeting that is there: of a repeated request it is another one. */
const NAME = `INSERT INTO meeting_people (meeting_id, who)
  SELECT $1, who FROM jsonb_array_elements_text($2::jsonb) AS who
  WHERE EXISTS (SELECT 1 FROM meetings WHERE meeting_id = $1 AND revision = $3)`;
const MADE = 'SELECT meeting FROM meetings WHERE organizer = $1 AND command_id = $2';
const CHANGE = `UPDATE meetings SET start_ms = $2, end_ms = $3, revision = $4, meeting = $5::jsonb
  WHERE meeting_id = $1 AND revision = $4 - 1 RETURNING meeting_id`;
/** Undone names of a meeting that was changed just now; of one that was not, its names stay. */
const UNNAME = `DELETE FROM meeting_people WHERE meeting_id = $1
  AND EXISTS (SELECT 1 FROM meetings WHERE meeting_id = $1 AND revision = $2 AND meeting = $3::jsonb)`;
const RENAME = `INSERT INTO meeting_people (meeting_id, who)
  SELECT $1, who FROM jsonb_array_elements_text($2::jsonb) AS who
  WHERE EXISTS (SELECT 1 FROM meetings WHERE meeting_id = $1 AND revision = $3 AND meeting = $4::jsonb)
  ON CONFLICT DO NOTHING`;
const ORDER = `start_ms, end_ms, meeting_id COLLATE "C"`;
const NAMING = `SELECT meeting FROM meetings WHERE start_ms < $3 AND end_ms > $2 AND meeting_id IN
  (SELECT meeting_id FROM meeting_people WHERE who IN (SELECT jsonb_array_elements_text($1::jsonb))) ORDER BY ${ORDER}`;
const UNFINISHED = `SELECT meeting FROM meetings WHERE tid = $1 AND end_ms > $2 ORDER BY ${ORDER}`;
const ADD_LINK = `INSERT INTO join_links (token_hash, meeting_id, at_ms, tid) SELECT $1, $2, $3, $5
  WHERE (SELECT count(*) FROM join_links WHERE meeting_id = $2) < $4 RETURNING token_hash`;
const ADD_LOBBY = `INSERT INTO lobbies (meeting_id, version, busy, state, tid) VALUES ($1, 1, $2::int = 1, $3::jsonb, $4)
  ON CONFLICT DO NOTHING RETURNING meeting_id`;
const KEEP_LOBBY = `UPDATE lobbies SET version = $4, busy = ($2::int = 1), state = $3::jsonb
  WHERE meeting_id = $1 AND version = $4 - 1 RETURNING meeting_id`;

/** Over for long enough, and nobody at the door. */
const GONE = `(SELECT meeting_id FROM meetings WHERE tid = $1 AND end_ms < $2
  AND meeting_id NOT IN (SELECT meeting_id FROM lobbies WHERE busy))`;
/** Of a meeting of the company's own calendar. */
const ELSEWHERE = 'meeting_id NOT IN (SELECT meeting_id FROM meetings WHERE tid = $1)';
const PRUNE = [
  `DELETE FROM join_links WHERE tid = $1 AND (meeting_id IN ${GONE} OR (at_ms < $2 AND ${ELSEWHERE}))`,
  `DELETE FROM lobbies WHERE tid = $1 AND NOT busy AND (meeting_id IN ${GONE} OR ${ELSEWHERE})`,
  `DELETE FROM meeting_people WHERE meeting_id IN ${GONE}`,
  `DELETE FROM meetings WHERE meeting_id IN ${GONE}`,
];

/** Meetings, links and doors as rows. */
export function createSqlMeetings(run: Run): MeetingStore {
  const rows = async (sql: string, params: Statement['params']): Promise<readonly Row[]> =>
    (await run([{ sql, params }]))[0] ?? [];
  /** Written by this module: their shape is trusted. */
  const meetings = async (sql: string, params: Statement['params']): Promise<readonly Meeting[]> =>
    (await rows(sql, params)).map((row) => row.meeting as Meeting);

  return {
    async add(meeting, commandId) {
      const { meetingId, tid, organizer, startMs, endMs, revision } = meeting;
      const names = JSON.stringify([...namedBy(meeting)]);
      const params = [meetingId, tid, organizer, commandId, startMs, endMs, revision, JSON.stringify(meeting)];
      await run([
        { sql: ADD, params },
        { sql: NAME, params: [meetingId, names, revision] },
      ]);
      return (await meetings(MADE, [organizer, commandId]))[0] ?? meeting;
    },
    async get(meetingId) {
      return (await meetings('SELECT meeting FROM meetings WHERE meeting_id = $1', [meetingId]))[0] ?? null;
    },
    async change(meeting) {
      const { meetingId, startMs, endMs, revision } = meeting;
      const text = JSON.stringify(meeting);
      const names = JSON.stringify([...namedBy(meeting)]);
      const [changed] = await run([
        { sql: CHANGE, params: [meetingId, startMs, endMs, revision, text] },
        { sql: UNNAME, params: [meetingId, revision, text] },
        { sql: RENAME, params: [meetingId, names, revision, text] },
      ]);
      return (changed ?? []).length > 0;
    },
    naming: (who, { fromMs, toMs }) => meetings(NAMING, [JSON.stringify(who), fromMs, toMs]),
    unfinished: (tid, nowMs) => meetings(UNFINISHED, [tid, nowMs]),
    async addLink(hash, { tid, meetingId, atMs }, most) {
      return (await rows(ADD_LINK, [hash, meetingId, atMs, most, tid])).length > 0;
    },
    async meetingOfLink(hash) {
      const [row] = await rows('SELECT tid, meeting_id FROM join_links WHERE token_hash = $1', [hash]);
      return row === undefined ? null : { tid: String(row.tid), meetingId: String(row.meeting_id) };
    },
    async lobby(meetingId) {
      const [row] = await rows('SELECT * FROM lobbies WHERE meeting_id = $1', [meetingId]);
      return row === undefined ? null : toLobby(row);
    },
    async busyLobbies() {
      return (await rows('SELECT * FROM lobbies WHERE busy ORDER BY meeting_id', [])).map(toLobby);
    },
    async keepLobby({ tid, state, version }) {
      const params = [state.meetingId, Number(isBusy(state)), JSON.stringify(state)];
      const kept = version === 1 ? rows(ADD_LOBBY, [...params, tid]) : rows(KEEP_LOBBY, [...params, version]);
      return (await kept).length > 0;
    },
    async prune(tid, beforeMs) {
      await run(PRUNE.map((sql) => ({ sql, params: [tid, beforeMs] })));
    },
  };
}

const toLobby = (row: Row): KeptLobby => ({
  tid: String(row.tid),
  state: row.state as LobbyState,
  version: Number(row.version),
});
