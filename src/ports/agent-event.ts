/** What happens while an agent works. Texts are the model's and its tools' own: untrusted, and to be masked where shown. */
export type AgentEvent =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'tool.start';
      readonly call: string;
      readonly tool: string;
      /** What it is about, in short: a path, a pattern, the beginning of a command. */
      readonly about: string;
    }
  | {
      readonly kind: 'tool.end';
      readonly call: string;
      readonly tool: string;
      readonly ok: boolean;
      readonly ms: number;
    }
  /** What one answer of the model used. */
  | { readonly kind: 'usage'; readonly inputTokens: number | null; readonly outputTokens: number | null }
  /** The model is asked the same again. */
  | { readonly kind: 'retry'; readonly why: string; readonly waitMs: number }
  | { readonly kind: 'warning'; readonly message: string };
