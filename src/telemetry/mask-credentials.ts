const MASK = '[secret]';

/** What looks like a credential, whoever it belongs to. Each pattern is linear in the length of the text. */
const CREDENTIALS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // GitHub tokens of every kind; those of installations may hold a dotted JWT.
  [/(?<![A-Za-z0-9])(?:gh[a-z]_|github_pat_)[A-Za-z0-9_.-]{10,}/g, MASK],
  // Keys of providers whose form is known: AWS, Google, Slack, GitLab, npm, Stripe, OpenAI and Anthropic.
  [/(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}(?![A-Za-z0-9])/g, MASK],
  [/(?<![A-Za-z0-9])(?:AIza|xox[a-z]-|glpat-|npm_|[rs]k_live_|sk-)[\w-]{20,}/g, MASK],
  // JSON web tokens, with which the App authenticates.
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g, MASK],
  [
    /(authorization["'\\]*\s{0,5}[:=]\s{0,5}["'\\]*)(?:(?:bearer|token|basic)\s+)?[^\s"'\\,}]+/gi,
    `$1${MASK}`,
  ],
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:(?!-----END)[^"])*(?:-----END [A-Z ]{0,40}-----)?/g, MASK],
  // User name and password in a URL.
  [/(:\/\/[^\s:@/"']*:)[^\s@/"']+@/g, `$1${MASK}@`],
];

/** Masks what looks like a credential. The secrets we know are masked by their values; this is for all others. */
export function maskCredentials(text: string): string {
  let masked = text;
  for (const [pattern, replacement] of CREDENTIALS) {
    masked = masked.replace(pattern, replacement);
  }
  return masked;
}
