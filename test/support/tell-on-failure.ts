import { afterAll, afterEach } from 'vitest';
import { dismissWitnesses, hearWitnesses } from './witnesses.ts';

// What fails on another machine, once, cannot be looked at again: the report has to say what led to it.
afterEach(({ task }) => {
  const story = hearWitnesses();
  for (const error of story === '' ? [] : (task.result?.errors ?? [])) {
    error.message = `${error.message}\n\nWhat happened last:\n${story}`;
  }
});

// Files may share a process, and with it who has seen what.
afterAll(dismissWitnesses);
