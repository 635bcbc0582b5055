import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { FieldProblems } from './people-field.tsx';

interface LabelledProps {
  readonly label: string;
  readonly problems?: readonly string[];
  readonly children: (id: string, wrong: boolean) => ComponentChildren;
}

/** A field with its name above and what is wrong with it below. */
export function Labelled({ label, problems = [], children }: LabelledProps) {
  const id = useId();
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      {children(id, problems.length > 0)}
      <FieldProblems id={`${id}-wrong`} problems={problems} />
    </div>
  );
}
