/** How much a phrase says: it hardly means anything else; it often means this; it goes with it. */
export type Strength = 'clear' | 'likely' | 'hint';

/** Phrases of one kind by strength, as `parsePhrase` reads them. Each counts once for a title, and once for a text. */
export type Signals = Readonly<Record<Strength, readonly string[]>>;
