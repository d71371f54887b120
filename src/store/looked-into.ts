import { type RawBuilder, sql } from 'kysely';

/**
 * A column of `baton.runs` as JSON that SQL can look into. What agents and people wrote may hold the character U+0000 or
 * half of a surrogate pair, as where a text was cut. PostgreSQL stores both and then finds nothing in all of that JSON: the
 * statement fails, for every row. Here such a character is shown as another one.
 */
export function lookedInto(column: 'order' | 'progress'): RawBuilder<unknown> {
  return sql`regexp_replace(
    ${sql.ref(column)}::text, '\\\\u(0000|d[89a-f][0-9a-f]{2})', '\\\\ufffd', 'gi')::json`;
}
