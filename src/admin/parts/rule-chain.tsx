import type { AdminStep } from '../../client/admin-api/admin-client.ts';
import { useTexts } from '../admin-texts.ts';
import { stepText } from '../words.ts';
import { AdminIcon } from './admin-icon.tsx';

/** Rules in the order in which they were asked; the first that denies decides. */
export function RuleChain({ steps }: { readonly steps: readonly AdminStep[] }) {
  const texts = useTexts();
  const { t } = texts;
  const decisive = steps.findIndex(({ outcome }) => outcome === 'denies');
  return (
    <ol class="chain">
      {steps.map((step, index) => (
        <li key={index} class={`chain-step chain-${step.outcome}${index === decisive ? ' chain-decisive' : ''}`}>
          <AdminIcon name={step.outcome} />
          <div>
            <p>
              <span class="visually-hidden">{t(`try.${step.outcome}`)}: </span>
              {stepText(texts, step)}
            </p>
            <p class="quiet chain-details">
              <span>{step.company}</span>
              <code>{step.rule}</code>
              {index === decisive ? <span class="tag tag-decisive">{t('try.decided')}</span> : null}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
