import type { TryAnswer } from '../../client/admin-api/admin-client.ts';
import { useTexts } from '../admin-texts.ts';
import { AdminIcon } from '../parts/admin-icon.tsx';
import { RuleChain } from '../parts/rule-chain.tsx';
import { someoneText } from '../words.ts';

/** Yes or no, what the person is told, and why. */
export function Verdict({ verdict }: { readonly verdict: Extract<TryAnswer, { kind: 'verdict' }> }) {
  const texts = useTexts();
  const { t } = texts;
  const { allowed, code, steps } = verdict;
  const names = { from: someoneText(texts, verdict.from), to: someoneText(texts, verdict.to) };
  const other = steps.find(({ own, outcome }) => !own && outcome === 'denies');
  return (
    <section class={`card verdict ${allowed ? 'verdict-allows' : 'verdict-denies'}`}>
      <div class="verdict-head">
        <AdminIcon name={allowed ? 'allows' : 'denies'} size={32} />
        <div>
          <h2>{t(allowed ? 'try.allowed' : 'try.refused')}</h2>
          <p>{t(allowed ? 'try.allowedWhat' : 'try.refusedWhat', names)}</p>
        </div>
      </div>
      {code === null ? null : (
        <div class="told">
          <h3>{t('try.told', { from: names.from })}</h3>
          <blockquote>{t(`refusal.${code}`)}</blockquote>
          <p class="quiet">{t('try.code', { code })}</p>
        </div>
      )}
      <div class="verdict-rules">
        <h3>{t('try.rules')}</h3>
        <RuleChain steps={steps} />
        {other === undefined ? null : <p class="quiet">{t('try.otherCompany', { company: other.company })}</p>}
      </div>
    </section>
  );
}
