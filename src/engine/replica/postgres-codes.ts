import { DatabaseError } from 'pg';

const CODES = {
  invalid_catalog_name: '3D000',
  duplicate_database: '42P04',
  unique_violation: '23505',
  lock_not_available: '55P03',
} as const;

/** Whether the server has answered with this condition, by the name that its manual gives it. */
export function hasCode(error: unknown, code: keyof typeof CODES): boolean {
  return error instanceof DatabaseError && error.code === CODES[code];
}
