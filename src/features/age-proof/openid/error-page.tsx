import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { type Language, languageOf } from '../../../base/language.ts';
import type { Operator } from '../../../base/operator.ts';
import { brandAsset, STYLES } from '../../../infra/ui/assets.ts';

const text: Record<Language, { title: string; lead: string; crowded: string; detail: string }> = {
  ja: {
    title: 'このページは開けません',
    lead: 'アドレスが正しくないか、時間がたちました。元のアプリやサイトに戻って、もう一度はじめてください。',
    crowded:
      '短いあいだに同じところから何度も開かれました。10分ほど待って、元のアプリやサイトからもう一度はじめてください。',
    detail: '詳細（サービスの提供者向け）',
  },
  en: {
    title: 'This page cannot be opened',
    lead: 'The address is not right, or it took too long. Please go back to the app or site you came from and start again.',
    crowded:
      'It was opened too often from the same place. Please wait about ten minutes and start again from the app or site you came from.',
    detail: 'Details (for the service)',
  },
};

/**
 * What a person sees when a partner's request cannot be answered to the partner. It stands outside of our pages, so that
 * nothing a partner sends can use them.
 */
export function renderError(
  ctx: Pick<KoaContextWithOIDC, 'get' | 'type' | 'body'>,
  out: ErrorOut,
  operator: Operator,
  lead: 'lead' | 'crowded' = 'lead',
): void {
  const language = languageOf(ctx.get('accept-language') || null);
  const t = text[language];
  const page = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${t.title} | ${operator.name[language]}`}</title>
        <link rel="stylesheet" href={brandAsset(operator).path} />
        <link rel="stylesheet" href={STYLES.path} />
      </head>
      <body class="alone">
        <header class="top">
          <span class="brand">{operator.name[language]}</span>
        </header>
        <div class="frame">
          <main id="main">
            <h1>{t.title}</h1>
            <p class="lead">{t[lead]}</p>
            <p class="muted">
              {t.detail}: {out.error} {out.error_description}
            </p>
          </main>
        </div>
      </body>
    </html>
  );
  ctx.type = 'html';
  ctx.body = `<!doctype html>${page}`;
}
