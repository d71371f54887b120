/** What an edited field was before; only a pull request has a base. */
export type EditedFields = {
  readonly title?: { from: string };
  readonly body?: { from: string };
  readonly base?: { ref: { from: string }; sha: { from: string } };
};
