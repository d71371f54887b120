/** The `application_name` of the test's own database sessions: they outlive a Baton that is killed. */
export const OBSERVER = 'crash test';
