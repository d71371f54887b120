/** What each tool takes. Whoever sends it has checked it. */
export interface ToolInputs {
  readonly read: {
    readonly path: string;
    readonly offset?: number | undefined;
    readonly limit?: number | undefined;
  };
  readonly list: { readonly path?: string | undefined; readonly glob?: string | undefined };
  readonly search: {
    readonly pattern: string;
    readonly path?: string | undefined;
    readonly files?: string | undefined;
  };
  readonly edit: {
    readonly path: string;
    readonly old: string;
    readonly new: string;
    readonly all?: boolean | undefined;
  };
  readonly write: { readonly path: string; readonly content: string };
  readonly run: { readonly command: string; readonly seconds?: number | undefined };
}
export type ToolName = keyof ToolInputs;

/** One line to the tool host. */
export type ToolRequest = {
  [Name in ToolName]: { readonly id: number; readonly tool: Name; readonly input: ToolInputs[Name] };
}[ToolName];

/** One line back. */
export interface ToolAnswer {
  readonly id: number;
  /** Whether the tool did what was asked. That a command failed is an answer, not a failure of the tool. */
  readonly ok: boolean;
  readonly text: string;
}

/** How long a command may run, in seconds. */
export const DEFAULT_SECONDS = 120;
export const MOST_SECONDS = 1200;

/** Characters of one answer. */
export const MOST_TEXT = 30_000;
