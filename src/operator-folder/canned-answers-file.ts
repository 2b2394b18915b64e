import { z } from 'zod';
import { unknownFields } from '../base/canned-answer.ts';
import { bilingual, code, hasEachOnce } from './shapes.ts';

const cannedText = z.string().min(1).max(2_000);

/** The file `cannedAnswers` names: what staff say often. */
export const cannedAnswersFile = z
  .array(z.strictObject({ code, title: bilingual, text: z.strictObject({ ja: cannedText, en: cannedText }) }))
  .refine(hasEachOnce, 'has a code twice')
  .superRefine((answers, context) => {
    for (const { code: named, text } of answers)
      for (const field of unknownFields(text.ja + text.en))
        context.addIssue({ code: 'custom', message: `answer ${named}: there is no field {${field}}` });
  });
