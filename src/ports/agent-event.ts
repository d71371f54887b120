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
  /** It has a process of its own now, or another one. */
  | { readonly kind: 'process'; readonly pid: number }
  /** Somebody has looked after it; no sign of life of its own. */
  | {
      readonly kind: 'health';
      readonly status: 'running' | 'silent' | 'dead';
      /** Since it was last heard of, in milliseconds. */
      readonly ageMs: number;
      readonly pid: number | null;
      readonly cpuPercent: number | null;
      readonly memoryBytes: number | null;
      readonly ailments: readonly string[];
    }
  | { readonly kind: 'warning'; readonly message: string };
