import type { Attempt } from '../../../attempt.ts';
import type { Check } from '../../../check.ts';
import { clauses } from '../../../clauses.ts';
import { openReady } from '../../../mcp-session.ts';
import type { Unchecked } from '../../../wire/message.ts';
import { showJson } from '../../../wire/show.ts';

const NAME = 'what-time-is-it';

export const promptFilled: Check<Attempt> = {
    id: 'prompt-filled',
    title: {
        en: 'The prompt `what-time-is-it` names the time zone asked for',
        fr: 'Le prompt `what-time-is-it` nomme le fuseau demandé'
    },
    sends: {
        en: 'POST prompts/list, then prompts/get of what-time-is-it with a time zone',
        fr: 'POST prompts/list, puis prompts/get de what-time-is-it avec un fuseau'
    },
    expects: {
        en: 'the prompt in the list with its argument timezone, and a message of the role "user" whose text names the zone',
        fr: 'le prompt dans la liste avec son argument timezone, et un message de rôle "user" dont le texte nomme le fuseau'
    },
    clause: clauses.prompts,
    next: {
        en: "Register it with registerPrompt('what-time-is-it', { argsSchema: { timezone: z.string() } }, …), and put timezone into the text.",
        fr: "Enregistrez-le avec registerPrompt('what-time-is-it', { argsSchema: { timezone: z.string() } }, …), et mettez timezone dans le texte."
    },
    async run(attempt) {
        const session = await openReady(attempt);
        const { prompts } = (await session.result('prompts/list', {})) ?? {};
        const prompt = Array.isArray(prompts) ? prompts.find((each: Unchecked) => each?.name === NAME) : undefined;
        const hasArgument = prompt?.arguments?.some?.((argument: Unchecked) => argument?.name === 'timezone');
        if (!hasArgument) throw attempt.failure({ received: showJson(prompt ?? { prompts }) });
        for (const timezone of ['Asia/Tokyo', `Europe/${attempt.random.word()}`]) {
            const result = await session.result('prompts/get', { name: NAME, arguments: { timezone } });
            const [message] = Array.isArray(result?.messages) ? result.messages : [];
            const isText = message?.role === 'user' && message.content?.type === 'text';
            if (!isText || !String(message.content.text).includes(timezone))
                throw attempt.failure({ received: showJson(result) });
        }
    }
};
