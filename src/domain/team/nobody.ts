/** Stands for a person where the team asks by itself. No account on GitHub has this id. */
export const NOBODY = 0;
