/** A block found at the start of the lines: its HTML and how many lines it took. */
export type Block = { readonly html: string; readonly lines: number };

/** The lines inside a quote or a list item as HTML. */
export type RenderInside = (lines: readonly string[]) => string;
