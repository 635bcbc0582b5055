/** One step of the schema. Never changed once released: a new step follows instead. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
