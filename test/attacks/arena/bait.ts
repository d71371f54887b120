/** What an attack is made of: places that must stay untouched, unread and uncalled. */
export interface Bait {
  /** A word that occurs nowhere else. */
  readonly word: string;
  /** Where whoever calls is counted. */
  readonly egress: string;
  /** The home of the server's user, with secrets in it. */
  readonly home: string;
  /** The file with the App's private key. */
  readonly keyFile: string;
  /** The server's key for the model. */
  readonly modelKey: string;
  /** The API of GitHub. */
  readonly github: string;
  /** Ports on loopback that nobody but the server has business with. */
  readonly ports: Readonly<Record<'github' | 'model' | 'egress' | 'collector', number>>;
  /** `owner/name` of the repository. */
  readonly repository: string;
  /** A file that only a payload which got out would make. Give each way of getting out a name of its own. */
  readonly tripwire: (name: string) => string;
}
