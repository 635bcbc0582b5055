/** Texts by key; `{name}` in a text is replaced by the parameter of that name. */
export type Catalogue = Readonly<Record<string, string>>;

type ParameterNames<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterNames<Rest>
  : never;

/** Exactly the parameters that the English text of a key names; none when it names none. */
export type Parameters<Text extends string> = [ParameterNames<Text>] extends [never]
  ? []
  : [parameters: Readonly<Record<ParameterNames<Text>, string | number>>];

export type Translate<C extends Catalogue> = <Key extends keyof C & string>(
  key: Key,
  ...parameters: Parameters<C[Key]>
) => string;

export interface Texts<C extends Catalogue> {
  readonly t: Translate<C>;
  /** BCP 47 tag of the texts, for dates and numbers. */
  readonly language: string;
}

/**
 * Texts in one language over the complete English ones: a key that the other language lacks is shown in English.
 */
export function createTexts<C extends Catalogue>(
  english: C,
  other?: { readonly language: string; readonly texts: Catalogue },
): Texts<C> {
  const t = (key: keyof C & string, parameters?: Readonly<Record<string, string | number>>): string => {
    const text = other?.texts[key] ?? english[key] ?? key;
    return parameters === undefined ? text : fill(text, parameters);
  };
  return { t, language: other?.language ?? 'en' };
}

function fill(text: string, parameters: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    return value === undefined ? whole : String(value);
  });
}

/** The names of the parameters in a text, sorted: a translation must name the same ones. */
export function parameterNames(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
}
