import { describe, expect, test } from 'vitest';
import { createSignatureAlarm } from '../../../src/github/intake/create-signature-alarm.ts';
import { SILENT } from '../../support/examples.ts';

describe('src/github/intake/create-signature-alarm.ts', () => {
  test('is quiet for five minutes, and then tells how many there were', () => {
    const said: unknown[] = [];
    let minutes = 0;
    const alarm = createSignatureAlarm(
      { ...SILENT, warn: ({ refused }) => void said.push([minutes, refused]) },
      { now: () => minutes * 60_000 },
    );
    for (minutes of [0, 1, 4, 5, 9, 30]) {
      alarm();
    }
    expect(said).toEqual([
      [0, 1],
      [5, 3],
      [30, 2],
    ]);
  });
});
