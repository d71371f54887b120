/** What an edited text was before. */
export type EditedFields = { readonly title?: { from: string }; readonly body?: { from: string } };
